package pilothouse.app.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import pilothouse.app.controls.Card;
import pilothouse.runtime.Target;
import pilothouse.templates.PromptDocument;

/// The parameters of the front matter as controls. A change edits the bytes of that value in the text and no other; an
/// empty field takes the entry away.
final class ParametersPanel extends VBox {
    /// What a number may be.
    ///
    /// @param usual what a server takes by itself
    private record Range(double least, double most, double usual) {
        String inWords() {
            return plain(least) + " to " + plain(most);
        }

        private static String plain(double value) {
            return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
        }
    }

    private final PromptsViewModel model;
    private final EditedPrompt tab;
    private final List<Runnable> shows = new ArrayList<>();
    private boolean showing;

    ParametersPanel(PromptsViewModel model, EditedPrompt tab) {
        this.model = model;
        this.tab = tab;
        var rows = new VBox(target(), ranged("temperature", new Range(0, 2, 1), "temperature"), ranged("top-p", new Range(0, 1, 1), "topP", "top_p"),
                ranged("min-p", new Range(0, 1, 0), "minP", "min_p"), whole("top-k", 0, "topK", "top_k"),
                ranged("repetition", new Range(0.05, 2, 1), "repetitionPenalty", "repetition_penalty"),
                ranged("presence", new Range(-2, 2, 0), "presencePenalty", "presence_penalty"),
                ranged("frequency", new Range(-2, 2, 0), "frequencyPenalty", "frequency_penalty"), whole("max tokens", 1, "maxOutputTokens", "max_tokens"), whole("seed", Long.MIN_VALUE, "seed"), stop());
        rows.getStyleClass().add("parameters");
        var card = new Card("Parameters", rows);
        card.facts().set("from the front matter");
        getChildren().add(card);
        tab.reading().subscribe(reading -> {
            rows.setDisable(reading.document().isEmpty());
            showAll();
        });
    }

    private void showAll() {
        showing = true;
        shows.forEach(Runnable::run);
        showing = false;
    }

    private Node target() {
        var box = new ComboBox<Target>(model.targets());
        box.setId("target");
        box.setAccessibleText("Target");
        box.setMaxWidth(Double.MAX_VALUE);
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(Target target) {
                return target == null ? "" : target.toString();
            }

            @Override
            public Target fromString(String text) {
                return Target.parse(text);
            }
        });
        box.setOnAction(_ -> {
            if (!showing) tab.chosenTarget().set(Optional.ofNullable(box.getValue()));
        });
        tab.target().subscribe(now -> {
            showing = true;
            box.setValue(now);
            showing = false;
        });
        return box;
    }

    // ---- rows

    private Node ranged(String name, Range range, String... keys) {
        var slider = new Slider(range.least, range.most, range.usual);
        slider.setAccessibleText(name);
        slider.setBlockIncrement(0.05);
        HBox.setHgrow(slider, Priority.ALWAYS);
        var field = new TextField();
        var problem = problem();
        field.setOnAction(_ -> number(field, problem, range, keys));
        field.focusedProperty().addListener((_, _, in) -> {
            if (!in) number(field, problem, range, keys);
        });
        slider.valueProperty().addListener((_, _, now) -> {
            if (showing || slider.isValueChanging()) return;
            set(keys, Optional.of(Math.round(now.doubleValue() * 100) / 100.0));
        });
        slider.valueChangingProperty().addListener((_, _, dragged) -> {
            if (!dragged) set(keys, Optional.of(Math.round(slider.getValue() * 100) / 100.0));
        });
        shows.add(() -> {
            var value = value(keys);
            slider.setValue(value.filter(Number.class::isInstance).map(it -> ((Number) it).doubleValue()).orElse(range.usual));
            show(field, problem, value.map(String::valueOf).orElse(""));
        });
        return row(name, keys[0], field, problem, slider);
    }

    private Node whole(String name, long least, String... keys) {
        var field = new TextField();
        var problem = problem();
        Runnable take = () -> whole(field, problem, least, keys);
        field.setOnAction(_ -> take.run());
        field.focusedProperty().addListener((_, _, in) -> {
            if (!in) take.run();
        });
        shows.add(() -> show(field, problem, value(keys).map(String::valueOf).orElse("")));
        return row(name, keys[0], field, problem, new Region());
    }

    private Node stop() {
        var area = new TextArea();
        area.setPrefRowCount(1);
        area.setPromptText("one text a line");
        var problem = problem();
        area.focusedProperty().addListener((_, _, in) -> {
            if (!in) set(new String[] {"stopSequences", "stop"}, Optional.of(lines(area.getText())).filter(it -> !it.isEmpty()).map(it -> it));
        });
        shows.add(() -> {
            var texts = tab.reading().get().sampling().stop();
            area.setPrefRowCount(Math.clamp(texts.size(), 1, 4));
            show(area, problem, String.join("\n", texts.stream().map(it -> it.replace("\n", "\\n")).toList()));
        });
        return row("stop", "stop", area, problem, new Region());
    }

    private static List<String> lines(String text) {
        return text.lines().filter(it -> !it.isEmpty()).map(it -> it.replace("\\n", "\n")).toList();
    }

    private Node row(String name, String id, TextInputControl input, Label problem, Region beside) {
        var label = new Label(name);
        label.getStyleClass().addAll("facts", "parameter-name");
        label.setLabelFor(input);
        if (!(input instanceof TextArea)) input.setPromptText("unset");
        input.setId("parameter-" + id);
        input.setAccessibleText(name);
        if (!(input instanceof TextArea)) input.getStyleClass().add("parameter-value");
        HBox.setHgrow(input instanceof TextArea ? input : beside, Priority.ALWAYS);
        var row = input instanceof TextArea ? new HBox(label, input) : new HBox(label, beside, input);
        row.getStyleClass().add("parameter");
        return new VBox(row, problem);
    }

    private static Label problem() {
        var problem = new Label();
        problem.getStyleClass().add("field-problem");
        problem.setVisible(false);
        problem.managedProperty().bind(problem.visibleProperty());
        return problem;
    }

    // ---- values

    private Optional<Object> value(String... keys) {
        return config(document -> Optional.ofNullable(document.config().get(key(document, keys))));
    }

    private <T> Optional<T> config(Function<PromptDocument, Optional<T>> read) {
        return tab.reading().get().document().flatMap(read);
    }

    /// The name that the document uses, else Dotprompt's.
    private static String key(PromptDocument document, String... keys) {
        return List.of(keys).stream().filter(document.config()::containsKey).findFirst().orElse(keys[0]);
    }

    private void number(TextField field, Label problem, Range range, String... keys) {
        take(field, problem, range.inWords(), text -> {
            double value = Double.parseDouble(text);
            return value >= range.least && value <= range.most ? Optional.of(value) : Optional.empty();
        }, keys);
    }

    private void whole(TextField field, Label problem, long least, String... keys) {
        take(field, problem, least == Long.MIN_VALUE ? "a whole number" : "a whole number, " + least + " or more", text -> {
            long value = Long.parseLong(text);
            return value >= least && (keys[0].equals("seed") || value <= Integer.MAX_VALUE) ? Optional.of(value) : Optional.empty();
        }, keys);
    }

    private void take(TextField field, Label problem, String range, Function<String, Optional<Object>> parse, String... keys) {
        var text = field.getText().strip();
        if (text.equals(value(keys).map(String::valueOf).orElse(""))) {
            say(field, problem, "");
            return;
        }
        try {
            var value = text.isEmpty() ? Optional.empty() : Optional.of(parse.apply(text).orElseThrow(NumberFormatException::new));
            say(field, problem, "");
            set(keys, value);
        } catch (NumberFormatException _) {
            say(field, problem, range);
        }
    }

    private void set(String[] keys, Optional<?> value) {
        if (showing) return;
        var now = value.map(it -> (Object) it);
        if (now.equals(value(keys))) return;
        config(document -> Optional.of(key(document, keys))).ifPresent(key -> tab.setParameter(List.of("config", key), now));
    }

    private static void show(TextInputControl input, Label problem, String text) {
        if (input.isFocused()) return;
        if (!input.getText().equals(text)) input.setText(text);
        say(input, problem, "");
    }

    private static void say(TextInputControl input, Label problem, String text) {
        problem.setText(text);
        problem.setVisible(!text.isEmpty());
        input.getStyleClass().remove("invalid");
        if (!text.isEmpty()) input.getStyleClass().add("invalid");
        input.setAccessibleHelp(text);
    }
}
