package pilothouse.app.storage;

import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.text.Text;

/// A table of texts in a dialog; a cell that is too narrow shows the whole text to the pointer.
final class Rows<T> {
    private static final double HEAD = 34;
    private static final double ROW = 31;
    private static final int MOST = 8;
    private static final double MARGIN = 22;
    private static final double LINE = 17;
    private static final double CHARACTER = 7.5;

    private final TableView<T> table = new TableView<>();

    Rows(String id, String name, List<T> rows) {
        table.setId(id);
        table.setAccessibleText(name);
        table.setItems(FXCollections.observableArrayList(rows));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_NEXT_COLUMN);
        table.setPrefHeight(HEAD + ROW * Math.clamp(rows.size(), 1, MOST));
        table.setMinHeight(HEAD + ROW);
    }

    Rows<T> texts(String title, double width, Function<T, String> text) {
        table.getColumns().add(column(title, width, text));
        return this;
    }

    /// Texts that are shown whole, on several lines.
    Rows<T> sentences(String title, double width, Function<T, String> text) {
        var column = column(title, width, text);
        column.setCellFactory(_ -> new Sentence<>(text));
        table.getColumns().add(column);
        int more = table.getItems().stream().limit(MOST).mapToInt(row -> (int) (text.apply(row).length() * CHARACTER / width)).sum();
        table.setPrefHeight(table.getPrefHeight() + LINE * Math.min(more, MOST));
        return this;
    }

    Rows<T> numbers(String title, double width, Function<T, Long> number) {
        var column = column(title, width, row -> "%,d".formatted(number.apply(row)));
        column.getStyleClass().add("numbers");
        column.setMaxWidth(width);
        table.getColumns().add(column);
        return this;
    }

    TableView<T> view() {
        return table;
    }

    private TableColumn<T, T> column(String title, double width, Function<T, String> text) {
        var column = new TableColumn<T, T>(title);
        column.setCellValueFactory(it -> new ReadOnlyObjectWrapper<>(it.getValue()));
        column.setPrefWidth(width);
        column.setMinWidth(Math.min(width, 60));
        column.setSortable(false);
        column.setCellFactory(_ -> new TableCell<>() {
            @Override
            protected void updateItem(T row, boolean empty) {
                super.updateItem(row, empty);
                setText(empty ? "" : text.apply(row));
                setTooltip(empty || getText().isEmpty() ? null : new Tooltip(getText()));
            }
        });
        return column;
    }

    private static final class Sentence<T> extends TableCell<T, T> {
        private final Function<T, String> text;
        private final Text shown = new Text();

        Sentence(Function<T, String> text) {
            this.text = text;
            shown.getStyleClass().add("text");
            shown.fillProperty().bind(textFillProperty());
            shown.wrappingWidthProperty().bind(widthProperty().subtract(MARGIN));
        }

        @Override
        protected void updateItem(T row, boolean empty) {
            super.updateItem(row, empty);
            shown.setText(empty ? "" : text.apply(row));
            setGraphic(empty || shown.getText().isEmpty() ? null : shown);
        }
    }
}
