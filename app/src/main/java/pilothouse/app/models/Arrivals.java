package pilothouse.app.models;

import java.nio.file.Path;
import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Card;
import pilothouse.app.controls.Failure;
import pilothouse.app.controls.Icons;
import pilothouse.local.ModelLibrary;

/// Files on their way into the library: how to keep them, how far copying is, what went wrong.
final class Arrivals {
    private final ModelsViewModel model;
    private final VBox rows = new VBox();
    private final Card card = new Card("New models", rows);

    Arrivals(ModelsViewModel model) {
        this.model = model;
        rows.getStyleClass().add("arrivals");
        card.setMinHeight(Region.USE_PREF_SIZE);
        InvalidationListener changed = _ -> show();
        model.chosen().addListener(changed);
        model.adding().addListener(changed);
        model.notAdded().addListener(changed);
        show();
    }

    Card view() {
        return card;
    }

    private void show() {
        rows.getChildren().clear();
        model.chosen().forEach(file -> rows.getChildren().add(chosen(file)));
        model.adding().forEach(adding -> rows.getChildren().add(adding(adding)));
        model.notAdded().forEach(failure -> rows.getChildren().add(new Failure(failure.problem(),
                Buttons.plain("Dismiss", () -> model.dismiss(failure)))));
        card.setVisible(!rows.getChildren().isEmpty());
        card.setManaged(card.isVisible());
    }

    private Node chosen(Path file) {
        var name = new Label(file.getFileName().toString(), Icons.of(Feather.FILE_PLUS));
        name.getStyleClass().add("medium");
        var where = new Label(file.getParent() == null ? "" : "in " + file.getParent());
        where.getStyleClass().add("facts");
        return row(name, where, space(), Buttons.plain("Copy into the workspace", () -> model.add(file, ModelLibrary.Keep.COPY)),
                Buttons.plain("Link to the file", () -> model.add(file, ModelLibrary.Keep.LINK)), Buttons.flat("Leave it", () -> model.leave(file)));
    }

    private Node adding(ModelsViewModel.Adding adding) {
        var name = new Label("Adding " + adding.name());
        name.getStyleClass().add("medium");
        var bar = new ProgressBar();
        bar.progressProperty().bind(adding.job().progress());
        bar.setAccessibleText("Adding " + adding.name());
        bar.setPrefWidth(240);
        var message = new Label();
        message.getStyleClass().add("facts");
        message.textProperty().bind(adding.job().message());
        return row(name, bar, message, space(), Buttons.plain("Cancel", adding.job()::cancel));
    }

    private static HBox row(Node... parts) {
        var row = new HBox(parts);
        row.getStyleClass().add("arrival");
        return row;
    }

    private static Region space() {
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        return space;
    }
}
