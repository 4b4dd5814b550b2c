package pilothouse.app.prompts;

import java.util.function.Consumer;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import pilothouse.prompts.search.MarkedLine;
import pilothouse.prompts.search.SearchHit;

/// Prompts by what their texts have of the words that are looked for: name, and the line with the words marked.
final class HitList extends VBox {
    private static final int BEFORE_MARK = 14;

    HitList(ObservableList<SearchHit> hits, Consumer<SearchHit> open) {
        var title = new Label("In the texts");
        title.getStyleClass().addAll("facts", "small", "hits-title");
        var list = new ListView<>(hits);
        list.setId("hits");
        list.setAccessibleText("Prompts with these words in their texts");
        list.setCellFactory(_ -> new Cell());
        list.setOnMouseClicked(_ -> openSelected(list, open));
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) openSelected(list, open);
        });
        list.setMinHeight(60);
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(title, list);
    }

    private static void openSelected(ListView<SearchHit> list, Consumer<SearchHit> open) {
        var hit = list.getSelectionModel().getSelectedItem();
        if (hit != null) open.accept(hit);
    }

    private static final class Cell extends ListCell<SearchHit> {
        @Override
        protected void updateItem(SearchHit hit, boolean empty) {
            super.updateItem(hit, empty);
            setText(null);
            setGraphic(empty || hit == null ? null : row(hit));
        }

        private Node row(SearchHit hit) {
            var name = new Label(hit.prompt().name().path());
            name.setMinWidth(0);
            name.getStyleClass().add("hit-name");
            var head = new HBox(name);
            if (!hit.current()) {
                var version = new Label("v" + hit.version());
                version.getStyleClass().addAll("facts", "small");
                version.setMinWidth(Region.USE_PREF_SIZE);
                head.getChildren().add(version);
            }
            head.getStyleClass().add("hit-head");
            var row = new VBox(head);
            hit.line().ifPresent(line -> row.getChildren().add(marked(line)));
            row.setMinWidth(0);
            row.setPrefWidth(1); // the column decides, a long line ends at its edge
            setAccessibleText(hit.prompt().name().path() + hit.line().map(line -> ", " + line.text()).orElse(""));
            return row;
        }

        private static Node marked(MarkedLine line) {
            var row = new HBox();
            row.getStyleClass().add("hit-line");
            int at = line.marks().isEmpty() ? 0 : Math.max(0, line.marks().getFirst().from() - BEFORE_MARK);
            if (at > 0) row.getChildren().add(piece("…", false));
            for (var mark : line.marks()) {
                if (mark.from() > at) row.getChildren().add(piece(line.text().substring(at, mark.from()), false));
                row.getChildren().add(piece(line.text().substring(mark.from(), mark.to()), true));
                at = mark.to();
            }
            var rest = piece(line.text().substring(at), false);
            rest.setMinWidth(0);
            row.getChildren().add(rest);
            return row;
        }

        private static Label piece(String text, boolean mark) {
            var label = new Label(text.replace('\t', ' '));
            label.setMinWidth(Region.USE_PREF_SIZE);
            label.getStyleClass().add(mark ? "hit-mark" : "hit-text");
            return label;
        }
    }
}
