package pilothouse.app.storage;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Field;

/// A path that is typed, or chosen in the system's own dialog.
final class PathField extends VBox {
    private static final FileChooser.ExtensionFilter ZIP = new FileChooser.ExtensionFilter("Zip files", "*.zip");

    private final String name;
    private final TextField text = new TextField();
    private final HBox buttons = new HBox(8);
    private final ObservableValue<Boolean> given = text.textProperty().map(typed -> path(typed).isPresent());

    PathField(String name, String id) {
        super(6);
        this.name = name;
        text.setId(id);
        var field = new Field(name, text);
        HBox.setHgrow(field, Priority.ALWAYS);
        text.textProperty().subscribe(typed -> field.setProblem(typed.isBlank() || path(typed).isPresent() ? "" : "This is no whole path, such as "
                + new File(System.getProperty("user.home"), "prompts.zip")));
        getChildren().addAll(field, buttons);
    }

    PathField choosingFile() {
        return button("Choose a file…", () -> Optional.ofNullable(files().showOpenDialog(getScene().getWindow())));
    }

    PathField choosingNewFile() {
        return button("Choose a file…", () -> {
            var files = files();
            path(text.getText()).ifPresent(path -> files.setInitialFileName(path.getFileName().toString()));
            return Optional.ofNullable(files.showSaveDialog(getScene().getWindow()));
        });
    }

    PathField choosingFolder() {
        return button("Choose a folder…", () -> {
            var folders = new DirectoryChooser();
            folders.setTitle(name);
            around().ifPresent(folders::setInitialDirectory);
            return Optional.ofNullable(folders.showDialog(getScene().getWindow()));
        });
    }

    private FileChooser files() {
        var files = new FileChooser();
        files.setTitle(name);
        files.getExtensionFilters().addAll(ZIP, new FileChooser.ExtensionFilter("All files", "*"));
        around().ifPresent(files::setInitialDirectory);
        return files;
    }

    /// The folder of what is given.
    private Optional<File> around() {
        return path(text.getText()).map(Path::getParent).map(Path::toFile).filter(File::isDirectory);
    }

    private PathField button(String words, java.util.function.Supplier<Optional<File>> chooser) {
        buttons.getChildren().add(Buttons.plain(words, () -> chooser.get().ifPresent(file -> text.setText(file.toString()))));
        return this;
    }

    void set(Path path) {
        text.setText(path.toString());
    }

    /// @throws java.util.NoSuchElementException unless [#given]
    Path path() {
        return path(text.getText()).orElseThrow();
    }

    /// Whether it holds a whole path.
    ObservableValue<Boolean> given() {
        return given;
    }

    private static Optional<Path> path(String typed) {
        try {
            return Optional.of(Path.of(typed.strip())).filter(Path::isAbsolute);
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }
}
