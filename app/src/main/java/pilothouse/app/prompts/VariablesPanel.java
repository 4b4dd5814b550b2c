package pilothouse.app.prompts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.collections.MapChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Card;
import pilothouse.app.controls.EmptyState;
import pilothouse.app.controls.Pill;
import pilothouse.app.controls.Tone;
import pilothouse.app.editor.FileDrop;
import pilothouse.app.valuesets.ValueSetsBar;

/// A field for each variable of the prompt, of the kind its schema says. A field that shows the default sends nothing.
final class VariablesPanel extends VBox {
    private final EditedPrompt tab;
    private final Card card = new Card("Variables");
    private final ValueSetsBar sets;
    private final Map<String, Row> rows = new HashMap<>();
    private List<InputField> fields = List.of();

    VariablesPanel(EditedPrompt tab) {
        this.tab = tab;
        sets = new ValueSetsBar(tab.valueSets());
        card.actions(runAll());
        getChildren().add(card);
        VBox.setVgrow(card, javafx.scene.layout.Priority.ALWAYS);
        tab.reading().subscribe(this::show);
        tab.values().addListener((MapChangeListener<String, Object>) change ->
                Optional.ofNullable(rows.get(change.getKey())).ifPresent(Row::show));
    }

    private Button runAll() {
        var run = Buttons.with(Buttons.flat("", tab.batch()::runAllSets), Feather.PLAY);
        run.setId("run-all-sets");
        run.getStyleClass().add("compact");
        run.setTooltip(new Tooltip("Run all value sets side by side"));
        run.visibleProperty().bind(Bindings.isNotEmpty(tab.valueSets().sets()));
        run.managedProperty().bind(run.visibleProperty());
        run.textProperty().bind(Bindings.size(tab.valueSets().sets()).asString("All %d"));
        run.accessibleTextProperty().bind(Bindings.size(tab.valueSets().sets()).asString("Run all value sets: %d"));
        return run;
    }

    private void show(Reading reading) {
        if (reading.document().isPresent() && !reading.fields().equals(fields)) build(reading.fields());
        if (fields.isEmpty() && card.getChildren().size() < 2) build(List.of());
        for (var row : rows.values()) row.problem(reading);
    }

    private void build(List<InputField> now) {
        fields = now;
        rows.clear();
        card.facts().set(now.isEmpty() ? "" : String.valueOf(now.size()));
        if (now.isEmpty()) {
            card.setContent(new EmptyState("No variables", "Write {{name}} in the text, and a field for it stands here."));
            return;
        }
        var box = new VBox();
        box.getStyleClass().add("variables");
        for (var field : now) {
            var row = new Row(field);
            rows.put(field.name(), row);
            box.getChildren().add(row);
        }
        var scroll = new ScrollPane(box);
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        VBox.setVgrow(scroll, javafx.scene.layout.Priority.ALWAYS);
        card.setContent(new VBox(sets, scroll));
    }

    ValueSetsBar sets() {
        return sets;
    }

    /// One variable.
    private final class Row extends VBox {
        private final InputField field;
        private final Pill usual = new Pill("default", Tone.NEUTRAL);
        private final Label problem = new Label();
        private final Region control;
        private boolean showing;

        Row(InputField field) {
            this.field = field;
            getStyleClass().add("variable");
            control = control();
            control.setId("variable-" + field.name());
            control.setAccessibleText(field.name() + ", " + field.kind().word());
            control.setMaxWidth(Double.MAX_VALUE);
            problem.getStyleClass().add("field-problem");
            problem.managedProperty().bind(problem.visibleProperty());
            getChildren().addAll(head(), control, problem);
            FileDrop.onto(this, (file, _) -> tab.fill(field.name(), file));
            show();
        }

        private HBox head() {
            var name = new Label(field.name());
            name.getStyleClass().add("variable-name");
            name.setLabelFor(control);
            var kind = new Label(field.kind().word());
            kind.getStyleClass().add("facts");
            var space = new Region();
            HBox.setHgrow(space, javafx.scene.layout.Priority.ALWAYS);
            var tokens = new Label();
            tokens.getStyleClass().add("facts");
            tokens.textProperty().bind(tab.valueTokens().map(counts -> Optional.ofNullable(counts.get(field.name())).map(count -> count.tokens() == 1 ? count + " token" : count + " tokens").orElse("")));
            var head = new HBox(name, kind, space, tokens, usual);
            if (!field.declared()) head.getChildren().add(2, new Pill("not in the schema", Tone.WARNING));
            if (!field.description().isEmpty()) name.setTooltip(new Tooltip(field.description()));
            head.getStyleClass().add("variable-head");
            return head;
        }

        private Region control() {
            return switch (field.kind()) {
                case SWITCH -> {
                    var box = new CheckBox("yes");
                    box.selectedProperty().addListener((_, _, now) -> give(Optional.of(now)));
                    yield box;
                }
                case CHOICE -> {
                    var choice = new ComboBox<String>();
                    choice.getItems().setAll(field.choices());
                    choice.valueProperty().addListener((_, _, now) -> Optional.ofNullable(now).ifPresent(this::type));
                    yield choice;
                }
                case NUMBER, WHOLE -> typed(new TextField());
                default -> {
                    var area = new TextArea();
                    area.setWrapText(true);
                    yield typed(area);
                }
            };
        }

        private TextInputControl typed(TextInputControl input) {
            if (!field.description().isEmpty()) input.setPromptText(field.description());
            input.textProperty().addListener((_, _, now) -> {
                if (input instanceof TextArea area) area.setPrefRowCount(rowsOf(now));
                type(now);
            });
            if (input instanceof TextArea area) area.setPrefRowCount(1);
            return input;
        }

        private static int rowsOf(String text) {
            return Math.clamp(text.chars().filter(it -> it == '\n').count() + 1 + text.length() / 40, 1, 6);
        }

        private void type(String text) {
            if (showing) return;
            if (text.isEmpty() && field.usual().isEmpty()) give(Optional.empty());
            else tab.reading().get().document().ifPresent(it -> give(Optional.of(it.inputSchema().fromText(field.name(), text))));
        }

        private void give(Optional<Object> value) {
            if (showing) return;
            if (value.isEmpty() || value.equals(field.usual())) tab.values().remove(field.name());
            else tab.values().put(field.name(), value.get());
            usual.setVisible(isUsual());
        }

        private boolean isUsual() {
            return !tab.values().containsKey(field.name()) && field.usual().isPresent();
        }

        /// Shows what is given, or the default.
        void show() {
            if (control.isFocused()) return; // what is being typed is not rewritten
            showing = true;
            var value = Optional.ofNullable(tab.values().get(field.name())).or(field::usual);
            switch (control) {
                case CheckBox box -> box.setSelected(value.filter(Boolean.TRUE::equals).isPresent());
                case ComboBox<?> choice -> choose(choice, value.map(InputField::shown));
                case TextInputControl input -> input.setText(value.map(InputField::shown).orElse(""));
                default -> throw new IllegalStateException("no field for " + field);
            }
            usual.setVisible(isUsual());
            showing = false;
        }

        private static <T> void choose(ComboBox<T> choice, Optional<String> value) {
            choice.getItems().stream().filter(it -> value.equals(Optional.of(String.valueOf(it)))).findFirst()
                    .ifPresentOrElse(choice::setValue, () -> choice.setValue(null));
        }

        /// Says what is wrong with the value.
        void problem(Reading reading) {
            var wrong = reading.troubles().stream().filter(it -> it.isAbout(field.name())).map(Trouble::problem).findFirst();
            problem.setText(wrong.map(it -> it.remedy().isEmpty() ? it.what() : it.remedy()).orElse(""));
            problem.setVisible(wrong.isPresent());
            control.getStyleClass().remove("invalid");
            if (wrong.isPresent()) control.getStyleClass().add("invalid");
        }
    }
}
