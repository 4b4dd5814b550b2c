package pilothouse.app.controls;

import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The three columns of a screen: the sides keep their width, the middle takes the rest. Where the window is narrow
/// first the right column and then the left one becomes a strip of 30 with its name, which opens it again. Both can be
/// closed by hand.
public final class Columns extends Region {
    private static final double GAP = 10;
    private static final double STRIP = 30;
    private static final double RIGHT_BELOW = 1280 - 76;
    private static final double LEFT_BELOW = 1080 - 76;

    private final Optional<Side> left;
    private final Region middle;
    private final Optional<Side> right;

    /// @param left   absent if the screen has none
    /// @param middle what is worked on
    /// @param right  absent if the screen has none
    public Columns(Optional<Side> left, Region middle, Optional<Side> right) {
        this.left = left;
        this.middle = middle;
        this.right = right;
        getStyleClass().addAll("columns", "workspace");
        left.ifPresent(side -> add(side, Feather.CHEVRON_RIGHT));
        getChildren().add(middle);
        right.ifPresent(side -> add(side, Feather.CHEVRON_LEFT));
    }

    /// Opens or closes the left column; what the command of Ctrl B does.
    public void toggleLeft() {
        left.ifPresent(side -> toggle(side, LEFT_BELOW));
    }

    /// Opens or closes the right column; what the command of Ctrl Shift B does.
    public void toggleRight() {
        right.ifPresent(side -> toggle(side, RIGHT_BELOW));
    }

    private void add(Side side, Feather arrow) {
        side.build(arrow, () -> {
            side.closed.set(false);
            side.opened.set(true);
        });
        side.closed.addListener(_ -> requestLayout());
        side.opened.addListener(_ -> requestLayout());
        getChildren().addAll(side.content, side.strip);
    }

    private void toggle(Side side, double below) {
        var open = isOpen(side, below);
        side.closed.set(open);
        side.opened.set(!open);
    }

    private boolean isOpen(Side side, double below) {
        return !side.closed.get() && (getWidth() >= below || side.opened.get());
    }

    @Override
    protected void layoutChildren() {
        var inset = getInsets();
        var height = getHeight() - inset.getTop() - inset.getBottom();
        var begin = inset.getLeft();
        var end = getWidth() - inset.getRight();
        if (left.isPresent()) begin += place(left.get(), isOpen(left.get(), LEFT_BELOW), begin, inset.getTop(), height) + GAP;
        if (right.isPresent()) {
            var open = isOpen(right.get(), RIGHT_BELOW);
            var width = open ? right.get().width : STRIP;
            place(right.get(), open, end - width, inset.getTop(), height);
            end -= width + GAP;
        }
        middle.resizeRelocate(snapPositionX(begin), inset.getTop(), Math.max(0, snapSizeX(end - begin)), height);
    }

    private static double place(Side side, boolean open, double x, double y, double height) {
        side.content.setVisible(open);
        side.strip.setVisible(!open);
        var width = open ? side.width : STRIP;
        (open ? side.content : side.strip).resizeRelocate(x, y, width, height);
        return width;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 2 * STRIP + 200;
    }

    @Override
    protected double computeMinHeight(double width) {
        return 0;
    }

    /// A side column.
    public static final class Side {
        private final String name;
        private final Region content;
        private final double width;
        private final VBox strip = new VBox();
        private final BooleanProperty closed = new SimpleBooleanProperty();
        private final BooleanProperty opened = new SimpleBooleanProperty();

        /// @param name  what its strip says, such as `Variables`
        /// @param width 248 at the left, 324 to 356 at the right
        public Side(String name, Region content, double width) {
            this.name = name;
            this.content = content;
            this.width = width;
        }

        private void build(Feather arrow, Runnable open) {
            strip.getStyleClass().add("side-strip");
            var label = new Label(name);
            label.setRotate(90);
            label.setMinWidth(Region.USE_PREF_SIZE);
            strip.getChildren().addAll(Buttons.icon(arrow, "Open " + name, open), new javafx.scene.Group(label));
        }
    }
}
