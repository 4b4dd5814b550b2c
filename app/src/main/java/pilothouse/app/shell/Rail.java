package pilothouse.app.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import pilothouse.app.controls.Icons;

/// The places of the window, at the left. One stop of the Tab key; arrows move, Enter opens.
final class Rail extends VBox {
    private final Map<String, ToggleButton> items = new LinkedHashMap<>();
    private final Consumer<Page> chosen;

    /// @param chosen told the page that the user wants
    Rail(List<Page> pages, Consumer<Page> chosen) {
        this.chosen = chosen;
        getStyleClass().add("rail");
        setAccessibleText("Places");
        getChildren().addAll(brand(), gap());
        Page.Group last = null;
        for (var page : pages) {
            if (page.group() == Page.Group.BOTTOM && last != Page.Group.BOTTOM) getChildren().add(spring());
            else if (last != null && page.group() != last) getChildren().add(line());
            last = page.group();
            getChildren().add(item(page));
        }
        addEventFilter(KeyEvent.KEY_PRESSED, this::move);
    }

    /// Marks the page that is shown.
    void select(Page page) {
        items.forEach((id, item) -> {
            item.setSelected(id.equals(page.id()));
            item.setFocusTraversable(item.isSelected());
        });
    }

    /// The program's mark.
    private static Node brand() {
        var image = new ImageView(new Image(Rail.class.getResource("/pilothouse/app/icons/pilothouse-128.png").toExternalForm()));
        image.setFitWidth(36);
        image.setFitHeight(36);
        var brand = new StackPane(image);
        brand.getStyleClass().add("brand");
        brand.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        brand.setAccessibleText("Pilothouse");
        return brand;
    }

    private Node item(Page page) {
        var item = new ToggleButton(page.title(), Icons.of(page.icon()));
        item.setId("rail-" + page.id());
        item.getStyleClass().add("rail-item");
        item.setFocusTraversable(items.isEmpty());
        item.setOnAction(_ -> {
            item.setSelected(true);
            chosen.accept(page);
        });
        items.put(page.id(), item);
        if (items.size() <= 9) item.setTooltip(new Tooltip(page.title() + "   " + KeyBindings.text(KeyBindings.keys("Ctrl " + items.size()))));
        return new StackPane(item, badge(page, item));
    }

    private static Node badge(Page page, ToggleButton item) {
        var badge = new Label();
        badge.getStyleClass().add("badge");
        badge.setMouseTransparent(true);
        badge.textProperty().bind(page.head().badge().asString());
        badge.visibleProperty().bind(page.head().badge().greaterThan(0));
        StackPane.setAlignment(badge, Pos.TOP_CENTER);
        badge.setTranslateX(11);
        badge.setTranslateY(4);
        page.head().badge().subscribe(count ->
                item.setAccessibleText(count.intValue() > 0 ? page.title() + ", " + count + " need attention" : page.title()));
        return badge;
    }

    private void move(KeyEvent event) {
        var step = switch (event.getCode()) {
            case UP -> -1;
            case DOWN -> 1;
            default -> 0;
        };
        if (step == 0) return;
        event.consume();
        var all = List.copyOf(items.values());
        for (int i = 0; i < all.size(); i++)
            if (all.get(i).isFocused()) {
                all.get(Math.floorMod(i + step, all.size())).requestFocus();
                return;
            }
    }

    private static Region line() {
        var line = new Region();
        line.getStyleClass().add("hairline");
        VBox.setMargin(line, new javafx.geometry.Insets(5, 0, 5, 0));
        return line;
    }

    private static Region gap() {
        var gap = new Region();
        gap.setMinHeight(8);
        return gap;
    }

    private static Region spring() {
        var spring = new Region();
        VBox.setVgrow(spring, Priority.ALWAYS);
        return spring;
    }
}
