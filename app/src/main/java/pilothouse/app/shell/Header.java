package pilothouse.app.shell;

import java.util.function.BiConsumer;
import javafx.beans.InvalidationListener;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Icons;
import pilothouse.app.controls.KeyBadge;

/// The line above the content: back, forward, where one is, its state, search, at most three buttons.
final class Header extends Region {
    private static final double WIDE = 330;
    private static final double NARROW = 280;
    private static final double GAP = 10;

    private final HBox left = new HBox();
    private final HBox crumbs = new HBox();
    private final HBox actions = new HBox();
    private final Button search;
    private final BiConsumer<String, String> open;
    private final InvalidationListener changed = _ -> show();
    private Page page;

    /// @param open told page id and place of a chosen crumb
    Header(Places places, Runnable back, Runnable forward, Runnable palette, BiConsumer<String, String> open) {
        this.open = open;
        getStyleClass().add("header");
        var backButton = Buttons.icon(Feather.CHEVRON_LEFT, "Back   Alt Left", back);
        backButton.disableProperty().bind(places.canBack().not());
        var forwardButton = Buttons.icon(Feather.CHEVRON_RIGHT, "Forward   Alt Right", forward);
        forwardButton.disableProperty().bind(places.canForward().not());
        crumbs.getStyleClass().add("crumbs");
        left.getStyleClass().add("crumbs");
        left.getChildren().addAll(backButton, forwardButton, crumbs);
        actions.getStyleClass().add("header-actions");
        search = searchButton(palette);
        getChildren().addAll(left, search, actions);
    }

    /// Shows the head of another page.
    void show(Page next) {
        if (page != null) {
            page.head().crumbs().removeListener(changed);
            page.head().actions().removeListener(changed);
            page.head().pill().removeListener(changed);
        }
        page = next;
        page.head().crumbs().addListener(changed);
        page.head().actions().addListener(changed);
        page.head().pill().addListener(changed);
        show();
    }

    private void show() {
        crumbs.getChildren().clear();
        var parts = page.head().crumbs();
        if (parts.isEmpty()) {
            crumbs.getChildren().add(here(page.title()));
        } else {
            crumbs.getChildren().add(link(page.title(), ""));
            for (int i = 0; i < parts.size(); i++) {
                var divider = new Label("/");
                divider.getStyleClass().add("crumb-divider");
                var part = parts.get(i);
                crumbs.getChildren().addAll(divider, i == parts.size() - 1 ? here(part.text()) : link(part.text(), part.place()));
            }
        }
        page.head().pill().get().ifPresent(pill -> {
            HBox.setMargin(pill, new javafx.geometry.Insets(0, 0, 0, 8));
            crumbs.getChildren().add(pill);
        });
        actions.getChildren().setAll(page.head().actions());
        requestLayout();
    }

    private Hyperlink link(String text, String place) {
        var link = new Hyperlink(text);
        link.getStyleClass().add("crumb");
        link.setOnAction(_ -> open.accept(page.id(), place));
        return link;
    }

    private static Label here(String text) {
        var label = new Label(text);
        label.getStyleClass().add("crumb-here");
        return label;
    }

    private static Button searchButton(Runnable palette) {
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var words = new Label("Search or run a command");
        words.getStyleClass().add("search-text");
        words.setMinWidth(0);
        var row = new HBox(Icons.of(Feather.SEARCH), words, space, new KeyBadge(KeyBindings.text(KeyBindings.keys("Ctrl K"))));
        row.getStyleClass().add("search-row");
        var button = Buttons.plain("", palette);
        button.setId("search");
        button.setGraphic(row);
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        button.getStyleClass().add("search-button");
        button.setAccessibleText("Search or run a command");
        row.prefWidthProperty().bind(button.widthProperty().subtract(22));
        button.setMinWidth(0);
        return button;
    }

    /// Search stands in the window's middle while there is room, else in the middle of the free space.
    @Override
    protected void layoutChildren() {
        var inset = getInsets();
        var height = getHeight();
        var right = snapSizeX(actions.prefWidth(-1));
        var end = getWidth() - inset.getRight() - right;
        var begin = inset.getLeft() + Math.min(snapSizeX(left.prefWidth(-1)), end - inset.getLeft() - GAP);
        layoutInArea(left, inset.getLeft(), 0, begin - inset.getLeft(), height, 0, javafx.geometry.HPos.LEFT, javafx.geometry.VPos.CENTER);
        layoutInArea(actions, end, 0, right, height, 0, javafx.geometry.HPos.RIGHT, javafx.geometry.VPos.CENTER);
        var free = end - begin - 2 * GAP;
        var width = free >= WIDE ? WIDE : Math.min(NARROW, free);
        var centred = (getWidth() - width) / 2;
        var x = centred >= begin + GAP && centred + width <= end - GAP ? centred : begin + GAP + (free - width) / 2;
        search.setVisible(width >= 60);
        search.resizeRelocate(snapPositionX(x), snapPositionY((height - 32) / 2), Math.max(0, width), 32);
    }
}
