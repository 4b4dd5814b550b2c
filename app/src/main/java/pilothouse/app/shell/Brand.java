package pilothouse.app.shell;

import javafx.scene.AccessibleRole;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.StackPane;

/// The program's mark on the rail.
final class Brand extends StackPane {
    Brand() {
        getStyleClass().add("brand");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText("Pilothouse");
        var image = new ImageView(new Image(Brand.class.getResource("/pilothouse/app/icons/pilothouse-128.png").toExternalForm()));
        image.setFitWidth(36);
        image.setFitHeight(36);
        getChildren().add(image);
    }
}
