package pilothouse.app.editor;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import pilothouse.templates.assistance.Proposal;

/// Proposals, one chosen, and beside them what the chosen one stands for. Never takes the focus: keys stay with the editor.
final class CompletionList extends HBox {
    private static final double ROW = 26;
    private static final int ROWS = 8;
    private static final int PAGE = 7;

    private final ListView<Proposal> list = new ListView<>();
    private final Label preview = new Label();
    private final Consumer<Proposal> chosen;

    /// @param selected told of the proposal that the arrows stand on
    /// @param chosen   told of the one that was clicked
    CompletionList(Consumer<Proposal> selected, Consumer<Proposal> chosen) {
        this.chosen = chosen;
        getStyleClass().addAll("floating", "completion");
        list.setId("completion");
        list.setAccessibleText("What can stand here");
        list.setFixedCellSize(ROW);
        list.setFocusTraversable(false);
        list.setCellFactory(_ -> new Row());
        list.getSelectionModel().selectedItemProperty().addListener((_, _, now) -> Optional.ofNullable(now).ifPresent(it -> {
            setPreview("");
            selected.accept(it);
        }));
        preview.setId("completion-preview");
        preview.getStyleClass().add("completion-preview");
        preview.setWrapText(true);
        preview.managedProperty().bind(preview.visibleProperty());
        HBox.setHgrow(list, Priority.ALWAYS);
        getChildren().addAll(list, preview);
        setPreview("");
    }

    void set(List<Proposal> proposals) {
        var before = chosen();
        if (!proposals.equals(List.copyOf(list.getItems()))) list.getItems().setAll(proposals);
        list.getSelectionModel().select(before.map(proposals::indexOf).filter(at -> at > 0).orElse(0));
        list.scrollTo(Math.max(0, list.getSelectionModel().getSelectedIndex() - PAGE));
        double height = Math.min(ROWS, proposals.size()) * ROW + 8;
        list.setPrefHeight(height);
        list.setMinHeight(0);
        list.setMaxHeight(height);
    }

    Optional<Proposal> chosen() {
        return Optional.ofNullable(list.getSelectionModel().getSelectedItem());
    }

    void forget() {
        list.getItems().clear();
    }

    /// Beyond the last comes the first.
    void move(int by) {
        int size = list.getItems().size();
        int at = list.getSelectionModel().getSelectedIndex() + by;
        int next = Math.abs(by) == 1 ? Math.floorMod(at, size) : Math.clamp(at, 0, size - 1);
        list.getSelectionModel().select(next);
        list.scrollTo(Math.max(0, next - PAGE));
    }

    void page(int direction) {
        move(direction * PAGE);
    }

    void setPreview(String text) {
        preview.setText(text);
        preview.setVisible(!text.isEmpty());
        requestLayout();
    }

    private final class Row extends ListCell<Proposal> {
        Row() {
            setOnMouseClicked(_ -> Optional.ofNullable(getItem()).ifPresent(chosen));
        }

        @Override
        protected void updateItem(Proposal proposal, boolean empty) {
            super.updateItem(proposal, empty);
            setText(null);
            setGraphic(empty || proposal == null ? null : row(proposal));
            setAccessibleText(empty || proposal == null ? "" : proposal.name() + ", " + word(proposal) + (proposal.about().isEmpty() ? "" : ", " + proposal.about()));
        }

        private HBox row(Proposal proposal) {
            var name = new Label(proposal.name());
            name.getStyleClass().addAll("mono", "proposal-name", "proposal-" + word(proposal));
            name.setMinWidth(USE_PREF_SIZE);
            var space = new Region();
            HBox.setHgrow(space, Priority.ALWAYS);
            var about = new Label(proposal.about().isEmpty() ? word(proposal) : proposal.about());
            about.getStyleClass().add("facts");
            about.setMinWidth(0);
            var row = new HBox(name, space, about);
            row.getStyleClass().add("proposal");
            row.setMinWidth(0);
            row.setPrefWidth(1);
            return row;
        }

        private static String word(Proposal proposal) {
            return switch (proposal.kind()) {
                case VARIABLE -> "variable";
                case HELPER -> "helper";
                case BLOCK -> "block";
                case SNIPPET -> "snippet";
                case KEY -> "key";
                case MODEL -> "model";
                case VALUE -> "value";
            };
        }
    }
}
