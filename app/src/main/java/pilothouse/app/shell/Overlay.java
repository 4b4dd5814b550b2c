package pilothouse.app.shell;

import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// The layer above everything: one box at a time on a scrim. Escape or a click outside closes it, the Tab key stays
/// inside, and the focus returns to where it was, or to what asked for it meanwhile.
final class Overlay extends StackPane {
    private final Region scrim = new Region();
    private Node before;
    private Node first;
    private Runnable closed = () -> {};

    Overlay() {
        scrim.getStyleClass().add("overlay-scrim");
        scrim.setOnMousePressed(_ -> close());
        setVisible(false);
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) close();
            event.consume(); // keys of the page below do not act while something lies above it
        });
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() != KeyCode.TAB) return;
            move(event.isShiftDown() ? -1 : 1);
            event.consume();
        });
        sceneProperty().addListener((_, _, scene) -> {
            if (scene != null) scene.focusOwnerProperty().addListener((_, _, owner) -> keepFocus(owner));
        });
    }

    /// Shows a box.
    ///
    /// @param top    its distance from the top edge; negative for the middle
    /// @param first  what gets the focus
    /// @param closed told when it goes, whatever the reason
    void show(Region box, double top, Node first, Runnable closed) {
        if (isVisible()) close();
        before = getScene() == null ? null : getScene().getFocusOwner();
        this.closed = closed;
        this.first = first;
        if (!box.getStyleClass().contains("overlay")) box.getStyleClass().add("overlay");
        box.setMaxHeight(Region.USE_PREF_SIZE);
        getChildren().setAll(scrim, box);
        setAlignment(box, top < 0 ? Pos.CENTER : Pos.TOP_CENTER);
        setMargin(box, new Insets(Math.max(12, top), 12, 12, 12));
        setVisible(true);
        applyCss();
        layout();
        first.requestFocus();
    }

    boolean isOpen() {
        return isVisible();
    }

    void close() {
        if (!isVisible()) return;
        setVisible(false);
        getChildren().clear();
        var told = closed;
        closed = () -> {};
        if (before != null && before.getScene() == getScene()) before.requestFocus();
        before = null;
        first = null;
        told.run();
    }

    private void move(int step) {
        var inside = Regions.focusable(this);
        if (!inside.isEmpty()) inside.get(Math.floorMod(inside.indexOf(getScene().getFocusOwner()) + step, inside.size())).requestFocus();
    }

    private void keepFocus(Node owner) {
        if (!isVisible() || owner == null || isInside(owner)) return;
        before = owner;
        first.requestFocus();
    }

    private boolean isInside(Node node) {
        for (Node at = node; at != null; at = at.getParent()) if (at == this) return true;
        return false;
    }
}
