package pilothouse.app.editor;

import java.util.Optional;
import java.util.function.Supplier;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;

/// A layer over a page that holds one pane beside a place of an editor's text: below it where there is room, else above.
final class Floating extends Pane {
    private static final double GAP = 3;

    private final Node editor;
    private Subscription following = Subscription.EMPTY;
    private Optional<Region> shown = Optional.empty();
    private Supplier<Optional<Bounds>> place = Optional::empty;

    Floating(Node editor) {
        this.editor = editor;
        setPickOnBounds(false);
        setManaged(false);
    }

    /// @param place of the text, in the screen's coordinates; empty while it is scrolled away
    void show(Region pane, Supplier<Optional<Bounds>> place) {
        this.place = place;
        if (!shown.equals(Optional.of(pane))) {
            shown = Optional.of(pane);
            pane.setManaged(false);
            getChildren().setAll(pane);
            host().filter(it -> !it.getChildren().contains(this)).ifPresent(this::lieOver);
        }
        requestLayout();
    }

    /// The outermost that the editor stands in and that lets itself be covered.
    private Optional<StackPane> host() {
        for (Node at = editor.getParent(); at != null; at = at.getParent())
            if (at instanceof StackPane host && host.getStyleClass().contains(WritingAids.HOST)) return Optional.of(host);
        return Optional.empty();
    }

    private void lieOver(StackPane host) {
        host.getChildren().add(this);
        following = Subscription.combine(host.widthProperty().subscribe(_ -> fill(host)), host.heightProperty().subscribe(_ -> fill(host)));
    }

    private void fill(StackPane host) {
        resizeRelocate(0, 0, host.getWidth(), host.getHeight());
    }

    void hide(Region pane) {
        if (!shown.equals(Optional.of(pane))) return;
        shown = Optional.empty();
        getChildren().clear();
    }

    /// Goes away with the editor.
    void remove() {
        shown.ifPresent(this::hide);
        following.unsubscribe();
        following = Subscription.EMPTY;
        if (getParent() instanceof StackPane host) host.getChildren().remove(this);
    }

    boolean isShown(Region pane) {
        return shown.equals(Optional.of(pane));
    }

    @Override
    protected void layoutChildren() {
        shown.ifPresent(pane -> {
            var at = place.get().map(this::screenToLocal);
            pane.setVisible(at.isPresent());
            at.ifPresent(it -> put(pane, it));
        });
    }

    private void put(Region pane, Bounds at) {
        double width = Math.min(pane.prefWidth(-1), getWidth());
        double wanted = pane.prefHeight(width);
        double below = getHeight() - at.getMaxY() - GAP;
        double above = at.getMinY() - GAP;
        boolean down = below >= wanted || below >= above;
        double height = Math.min(wanted, Math.max(0, down ? below : above));
        double x = Math.clamp(at.getMinX(), 0, Math.max(0, getWidth() - width));
        pane.resizeRelocate(snapPositionX(x), snapPositionY(down ? at.getMaxY() + GAP : above - height), snapSizeX(width), snapSizeY(height));
    }
}
