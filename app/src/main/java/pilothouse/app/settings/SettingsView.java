package pilothouse.app.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import javafx.beans.property.IntegerProperty;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Card;
import pilothouse.app.controls.FactRows;
import pilothouse.app.controls.Failure;
import pilothouse.app.controls.Pill;
import pilothouse.app.controls.Segmented;
import pilothouse.app.controls.Tone;
import pilothouse.app.shell.Appearance;
import pilothouse.app.shell.Appearance.Theme;
import pilothouse.app.storage.StorageActions;
import pilothouse.app.storage.StorageCard;

/// Cards of settings. There is no button to save: every change acts and is saved at once.
final class SettingsView extends ScrollPane {
    private static final Map<Theme, String> THEMES = Map.of(Theme.DARK, "Dark", Theme.LIGHT, "Light", Theme.SYSTEM, "System");
    private static final double NARROWEST = 400;
    private static final double WIDEST = 460;

    private final SettingsViewModel model;

    SettingsView(SettingsViewModel model, StorageActions storage, SettingsPage.About about) {
        this.model = model;
        getStyleClass().add("settings");
        setFitToWidth(true);
        setFocusTraversable(false);
        var columns = new HBox(10);
        columns.getStyleClass().add("workspace");
        setContent(columns);
        var first = List.<Node>of(problem(), appearance(), prompts());
        var second = new ArrayList<Node>(List.of(engine(), runs()));
        second.add(new StorageCard(storage).card());
        var third = List.<Node>of(about(about));
        viewportBoundsProperty().map(bounds -> Math.clamp((int) (bounds.getWidth() / NARROWEST), 1, 3)).subscribe(count -> columns.getChildren()
                .setAll(count == null ? List.of() : switch (count) {
                    case 1 -> List.of(column(first, second, third));
                    case 2 -> List.of(column(first, third), column(second));
                    default -> List.of(column(first), column(second), column(third));
                }));
    }

    @SafeVarargs
    private static VBox column(List<Node>... cards) {
        var column = new VBox(10);
        for (var some : cards) column.getChildren().addAll(some);
        column.setMaxWidth(WIDEST);
        column.setPrefWidth(WIDEST);
        column.setMinWidth(0);
        HBox.setHgrow(column, Priority.ALWAYS);
        return column;
    }

    private Node problem() {
        var place = new StackPane();
        model.problem().subscribe(problem -> {
            place.getChildren().clear();
            problem.ifPresent(it -> place.getChildren().add(new Card("Not saved", new Failure(it))));
            place.setManaged(problem.isPresent());
        });
        return place;
    }

    private Card appearance() {
        var theme = new Segmented<>("Theme", List.of(Theme.DARK, Theme.LIGHT, Theme.SYSTEM), THEMES::get, model.theme().get());
        theme.setId("theme");
        theme.value().bindBidirectional(model.theme());
        var scale = slider("Size", Appearance.SMALLEST, Appearance.LARGEST, 10, model.scale(), percent -> percent + " %");
        scale.setId("scale");
        return card("Appearance", "at once, no restart",
                row("Theme", "System follows this machine's", theme),
                row("Size of everything", "Ctrl + and Ctrl −", scale));
    }

    private Card prompts() {
        var target = new ComboBox<>(model.targets());
        target.setId("target");
        target.setAccessibleText("Default target");
        target.valueProperty().bindBidirectional(model.target());
        target.setMinWidth(190);
        target.setMaxWidth(240);
        return card("Prompts", "", row("Default target", "for prompts that name none", target));
    }

    private Card engine() {
        var cores = Math.max(1, Runtime.getRuntime().availableProcessors());
        var threads = slider("Engine threads", 0, Math.max(cores, model.engineThreads().get()), 1, model.engineThreads(),
                count -> count == 0 ? "automatic" : Integer.toString(count));
        threads.setId("threads");
        var state = new Pill("", Tone.NEUTRAL);
        model.engineRuns().subscribe(runs -> state.set(runs ? "running" : "not running", runs ? Tone.SUCCESS : Tone.NEUTRAL));
        var restart = Buttons.plain("Restart the engine", model::restartEngine);
        restart.disableProperty().bind(model.engineRuns().not());
        var why = new Label();
        why.getStyleClass().addAll("facts");
        why.textProperty().bind(javafx.beans.binding.Bindings.createStringBinding(this::restartWords, model.engineRuns(), model.restartNeeded()));
        why.setWrapText(true);
        HBox.setHgrow(why, Priority.ALWAYS);
        return card("Local engine", "", row("Threads", cores + (cores == 1 ? " core" : " cores") + " here", threads), new HBox(10, why, restart)).beside(state);
    }

    private String restartWords() {
        if (!model.engineRuns().get()) return "It is not running: the next run starts it with these settings.";
        return model.restartNeeded().get() ? "It runs with the earlier settings until it is restarted. An answer in the making is stopped."
                : "It runs with these settings.";
    }

    private Card runs() {
        var days = kept("keep-runs", "Keep runs", SettingsViewModel.KEEP_DAYS, model.keepRunsDays(), it -> it == 0 ? "always" : it + " d");
        var most = kept("keep-most", "Keep at most", SettingsViewModel.KEEP_RUNS, model.keepRuns(),
                it -> it == 0 ? "any number" : String.format(java.util.Locale.ROOT, "%,d", it));
        return card("Runs", "", row("Keep prompts and answers", "older runs are deleted for good, figures of Live stay", days),
                row("Keep at most", "the newest runs; the others are deleted for good", most));
    }

    private static Segmented<Integer> kept(String id, String name, List<Integer> usual, IntegerProperty setting, Function<Integer, String> words) {
        var choices = new ArrayList<>(usual);
        if (!choices.contains(setting.get())) choices.addFirst(setting.get());
        var keep = new Segmented<>(name, choices, words, setting.get());
        keep.setId(id);
        setting.subscribe(now -> keep.value().set(now.intValue()));
        keep.value().subscribe(setting::set);
        return keep;
    }

    private static Card about(SettingsPage.About about) {
        var facts = new FactRows();
        facts.add("Pilothouse", about.version());
        facts.add("Java", Runtime.version().toString());
        facts.add("JavaFX", System.getProperty("javafx.runtime.version", "–"));
        facts.add("Workspace", about.workspace());
        facts.add("Settings", about.settingsFile());
        return card("About", "no account, no telemetry, no update check", facts);
    }

    private static Card card(String title, String facts, Node... content) {
        var card = Card.padded(title, content);
        card.facts().set(facts);
        return card;
    }

    private static HBox row(String name, String words, Node control) {
        var label = new Label(name);
        var hint = new Label(words);
        hint.getStyleClass().add("facts");
        hint.setWrapText(true);
        var left = new VBox(label, hint);
        left.setMinWidth(110);
        HBox.setHgrow(left, Priority.ALWAYS);
        var row = new HBox(left, control);
        row.getStyleClass().add("setting");
        return row;
    }

    private static HBox slider(String name, int least, int most, int step, IntegerProperty value, IntFunction<String> words) {
        var slider = new Slider(least, most, value.get());
        slider.setBlockIncrement(step);
        slider.setMajorTickUnit(step);
        slider.setMinorTickCount(0);
        slider.setSnapToTicks(true);
        slider.setMinWidth(110);
        slider.setPrefWidth(130);
        var text = new Label();
        text.getStyleClass().add("setting-value");
        value.subscribe(now -> {
            if (!slider.isValueChanging()) slider.setValue(now.intValue());
            text.setText(words.apply(now.intValue()));
            slider.setAccessibleText(name + ": " + text.getText());
        });
        Runnable take = () -> {
            var rounded = least + (int) Math.round((slider.getValue() - least) / step) * step;
            if (!slider.isValueChanging()) value.set(rounded); // a dragged window's size would run from the pointer
        };
        slider.valueProperty().addListener(_ -> take.run());
        slider.valueChangingProperty().addListener(_ -> take.run());
        var box = new HBox(8, slider, text);
        box.getStyleClass().add("setting-slider");
        return box;
    }
}
