package pilothouse.app.answers;

import javafx.scene.control.Label;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import pilothouse.json.Json;
import tools.jackson.databind.JsonNode;

/// An answer as a tree. What its schema does not allow is marked where it stands.
public final class JsonPane extends VBox {
    private static final int MOST = 5_000;      // rows; nobody opens more
    private static final int LONGEST = 400;     // characters of a value

    private final Label said = new Label();
    private final TreeView<Row> tree = new TreeView<>();

    /// @param key     its name or number; empty for the whole
    /// @param value   in one line
    /// @param kind    of its value, for its colour
    /// @param problem what the schema does not allow; may be empty
    private record Row(String key, String value, String kind, String problem) {}

    public JsonPane() {
        getStyleClass().add("json-pane");
        said.getStyleClass().addAll("facts", "json-said");
        said.setId("json-said");
        said.setWrapText(true);
        said.setMinHeight(USE_PREF_SIZE);
        tree.setId("json-tree");
        tree.setAccessibleText("The answer as JSON");
        tree.setCellFactory(_ -> new Cell());
        tree.setFixedCellSize(24);
        VBox.setVgrow(tree, Priority.ALWAYS);
        getChildren().addAll(said, tree);
    }

    public void show(AnswerJson answer) {
        said.setText(answer.said());
        said.getStyleClass().removeAll("danger-text");
        if (answer.value().isEmpty() && !answer.said().startsWith("No answer") || !answer.violations().isEmpty()) said.getStyleClass().add("danger-text");
        tree.setVisible(answer.value().isPresent());
        tree.setRoot(answer.value().map(it -> new Builder(answer).item("", it, "")).orElse(null));
    }

    private static final class Builder {
        private final AnswerJson answer;
        private int rows;

        Builder(AnswerJson answer) {
            this.answer = answer;
        }

        TreeItem<Row> item(String key, JsonNode value, String pointer) {
            rows++;
            var item = new TreeItem<>(new Row(key, line(value), kind(value), String.join("; ", answer.at(pointer))));
            item.setExpanded(true);
            if (value.isObject()) value.propertyStream().forEach(it -> add(item, it.getKey(), it.getValue(), pointer + "/" + it.getKey().replace("~", "~0").replace("/", "~1")));
            for (int i = 0; value.isArray() && i < value.size(); i++) add(item, String.valueOf(i), value.get(i), pointer + "/" + i);
            return item;
        }

        private void add(TreeItem<Row> to, String key, JsonNode value, String pointer) {
            if (rows < MOST) to.getChildren().add(item(key, value, pointer));
        }

        private static String line(JsonNode value) {
            if (value.isObject()) return value.size() == 1 ? "{ 1 entry }" : "{ " + value.size() + " entries }";
            if (value.isArray()) return value.size() == 1 ? "[ 1 element ]" : "[ " + value.size() + " elements ]";
            var text = value.isString() ? Json.quoted(value.stringValue()) : value.toString();
            return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        }

        private static String kind(JsonNode value) {
            return value.isContainer() ? "container" : value.isString() ? "string" : "word";
        }
    }

    private static final class Cell extends TreeCell<Row> {
        @Override
        protected void updateItem(Row row, boolean empty) {
            super.updateItem(row, empty);
            setText(null);
            setGraphic(empty || row == null ? null : graphic(row));
            setAccessibleText(empty || row == null ? "" : row.key() + " " + row.value() + (row.problem().isEmpty() ? "" : ", " + row.problem()));
        }

        private static HBox graphic(Row row) {
            var box = new HBox();
            box.getStyleClass().add("json-row");
            if (!row.key().isEmpty()) box.getChildren().add(label(row.key(), "json-key"));
            box.getChildren().add(label(row.value(), "json-" + row.kind()));
            if (!row.problem().isEmpty()) {
                var problem = new Label(row.problem());
                problem.getStyleClass().addAll("danger-text", "json-problem");
                box.getChildren().add(problem);
            }
            return box;
        }

        private static Label label(String text, String style) {
            var label = new Label(text);
            if (style.equals("json-key")) label.setMinWidth(USE_PREF_SIZE);
            label.getStyleClass().addAll("mono", style);
            return label;
        }
    }
}
