package pilothouse.app;

import java.util.List;
import javafx.collections.FXCollections;
import javafx.scene.Parent;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.charts.Ink;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Card;
import pilothouse.app.controls.Dot;
import pilothouse.app.controls.EmptyState;
import pilothouse.app.controls.FactRows;
import pilothouse.app.controls.Failure;
import pilothouse.app.controls.Field;
import pilothouse.app.controls.KeyBadge;
import pilothouse.app.controls.Meter;
import pilothouse.app.controls.Notice;
import pilothouse.app.controls.NoticeBar;
import pilothouse.app.controls.Pill;
import pilothouse.app.controls.Segmented;
import pilothouse.app.controls.Tone;
import pilothouse.problems.Problem;

/// Every control.
final class GalleryParts {
    private GalleryParts() {}

    static Parent parts() {
        var left = new VBox(10, new Card("Experiments", new EmptyState("No experiment yet", "Compare two versions on a data set and get a verdict with its interval.",
                Buttons.accent("Compare two versions", () -> {}), Buttons.flat("Open a sample", () -> {}))), failure(), notices(), pills());
        var middle = new VBox(10, buttons(), fields(), facts());
        var right = new VBox(10, list(), table());
        var columns = new HBox(10, grow(left), grow(middle), grow(right));
        columns.getStyleClass().add("workspace");
        return columns;
    }

    private static Card failure() {
        var card = new Card("Answer", new Failure(new Problem("triage-vllm did not answer within 30 s.", "POST /v1/chat/completions, 0 bytes",
                "It accepted the request and sent no token. 6 requests wait there; openai-main is free."),
                Buttons.with(Buttons.plain("Run again", () -> {}), Feather.REFRESH_CW), Buttons.plain("Run on openai-main", () -> {})));
        return card.beside(new Pill("failed", Tone.DANGER, Feather.X));
    }

    private static VBox notices() {
        return new VBox(8, new NoticeBar(new Notice(Tone.ACCENT, "mara saved policy-excerpt v7.", new Notice.Link("Compare", () -> {}))),
                new NoticeBar(new Notice(Tone.SUCCESS, "Saved as v15. 6 checks run.", new Notice.Link("Undo", () -> {}))),
                new NoticeBar(new Notice(Tone.WARNING, "TTFT p95 is 412 ms, above 400 ms.", new Notice.Link("Acknowledge", () -> {}))),
                new NoticeBar(new Notice(Tone.DANGER, "The disk is full. Nothing is lost.", new Notice.Link("Save elsewhere", () -> {}))).dismissible(() -> {}));
    }

    private static HBox pills() {
        return new HBox(8, new Pill("draft", Tone.ACCENT), new Pill("production", Tone.SUCCESS), new Pill("canary 25 %", Tone.WARNING),
                new Pill("rolled back", Tone.DANGER), new Pill("stale", Tone.NEUTRAL), new Pill("json-strict", Tone.PURPLE), new KeyBadge("Ctrl K"));
    }

    private static Card buttons() {
        var save = Buttons.accent("Save v15", () -> {});
        save.setGraphic(new KeyBadge("Ctrl S"));
        save.setContentDisplay(javafx.scene.control.ContentDisplay.RIGHT);
        var off = Buttons.accent("Save v15", () -> {});
        off.setDisable(true);
        var compact = Buttons.plain("Load", () -> {});
        compact.getStyleClass().add("compact");
        return Card.padded("Buttons", new HBox(8, save, Buttons.plain("Compare", () -> {}), Buttons.flat("Cancel", () -> {}), Buttons.danger("Delete", () -> {}),
                Buttons.icon(Feather.PLUS, "Add", () -> {})), new HBox(8, off, compact, Buttons.link("Unload", () -> {})),
                new Segmented<>("Range", List.of("15 min", "1 h", "6 h"), it -> it, "1 h"));
    }

    private static Card fields() {
        var bad = new Field("temperature", new TextField("2.4"));
        bad.setProblem("0 to 2");
        var box = new ComboBox<>(FXCollections.observableArrayList("triage-vllm", "openai-main"));
        box.getSelectionModel().selectFirst();
        box.setAccessibleText("Target");
        var empty = new TextField();
        empty.setPromptText("Find in 214 prompts");
        empty.setAccessibleText("Find");
        var slider = new javafx.scene.control.Slider(0, 1, 0.3);
        slider.setAccessibleText("top-p");
        var check = new javafx.scene.control.CheckBox("Wrap long lines");
        check.setSelected(true);
        var toggle = new atlantafx.base.controls.ToggleSwitch("Less motion");
        toggle.setSelected(true);
        toggle.setAccessibleText("Less motion");
        return Card.padded("Fields", new Field("product", new TextField("Northwind Outdoor")), bad, empty, box, slider, check, toggle);
    }

    private static Card facts() {
        var rows = new FactRows();
        rows.add("Runs on", "CPU, no CUDA device was found");
        rows.add("Precision", "int4, chosen from memory and file");
        var meter = new Meter();
        meter.show(List.of(new Meter.Part("Qwen2.5-1.5B", 0.17, Ink.P95), new Meter.Part("SmolLM2-135M", 0.04, Ink.TOKENS), new Meter.Part("KV cache", 0.11, Ink.P99)));
        meter.setMaxWidth(Double.MAX_VALUE);
        var bar = new ProgressBar(0.6);
        bar.setMaxWidth(Double.MAX_VALUE);
        return Card.padded("Engine", rows, meter, bar).beside(new Pill("running", Tone.SUCCESS));
    }

    private static Card list() {
        var list = new ListView<>(FXCollections.observableArrayList("docs", "support", "support-triage", "refund-reply", "escalation-note"));
        list.setCellFactory(_ -> new javafx.scene.control.ListCell<>() {
            @Override
            protected void updateItem(String item, boolean empty) {
                super.updateItem(item, empty);
                setText(item);
                setGraphic(item == null ? null : new Dot(item.contains("-") ? Tone.SUCCESS : Tone.WARNING));
            }
        });
        list.getSelectionModel().select(2);
        list.setPrefHeight(190);
        list.setAccessibleText("Prompts");
        var card = new Card("Prompts", list).actions(Buttons.icon(Feather.FILTER, "Filter", () -> {}), Buttons.icon(Feather.PLUS, "New prompt", () -> {}));
        card.facts().set("214");
        return card;
    }

    private static Card table() {
        var models = List.of(List.of("SmolLM2-135M-Instruct", "int4", "110"), List.of("Qwen2.5-1.5B-Instruct", "Q4_K_M", "18.4"),
                List.of("gemma-3-1b-it", "Q4_0", "24.9"));
        var table = new TableView<>(FXCollections.observableArrayList(models));
        var names = List.of("Model", "Precision", "tok/s here");
        for (int i = 0; i < 3; i++) {
            var column = new TableColumn<List<String>, String>(names.get(i));
            var at = i;
            column.setCellValueFactory(row -> new javafx.beans.property.SimpleStringProperty(row.getValue().get(at)));
            if (i == 2) column.getStyleClass().add("numbers");
            table.getColumns().add(column);
        }
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getSelectionModel().select(0);
        table.setPrefHeight(190);
        table.setAccessibleText("Models");
        return new Card("Library", table);
    }

    private static <T extends Region> T grow(T node) {
        HBox.setHgrow(node, Priority.ALWAYS);
        node.setPrefWidth(100);
        node.setMinWidth(0);
        return node;
    }
}
