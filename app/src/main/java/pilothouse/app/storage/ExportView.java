package pilothouse.app.storage;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import pilothouse.app.controls.Field;
import pilothouse.app.shell.Dialog;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.PromptSelection;

/// Asks what is exported, and where to.
final class ExportView {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd-HHmm");

    private final TextField which = new TextField();
    private final PathField target = new PathField("To a zip file, or to a new folder if the name does not end with .zip", "export-to")
            .choosingNewFile().choosingFolder();

    private ExportView(PromptSelection selection) {
        which.setId("export-which");
        which.setText(selection.equals(PromptSelection.ALL) ? "" : selection.text());
        which.setPromptText("everything");
        target.set(Path.of(System.getProperty("user.home"), "pilothouse-" + selection.toString().replaceAll("/$", "").replace('/', '-') + "-"
                + LocalDateTime.now().format(STAMP) + ".zip"));
    }

    static Dialog dialog(PromptSelection selection, TransferViewModel model) {
        var view = new ExportView(selection);
        var field = new Field("A prompt, or a folder with a / at its end; empty for everything", view.which);
        view.which.textProperty().subscribe(typed -> field.setProblem(objection(typed).orElse("")));
        var ready = Bindings.createBooleanBinding(() -> objection(view.which.getText()).isEmpty() && view.target.given().getValue(),
                view.which.textProperty(), view.target.given());
        return new Dialog("Export prompts", "All versions and labels are written as files with a manifest; the snippets they use go along.",
                Optional.of(new VBox(12, field, view.target)), List.of(Dialog.Choice.cancel(), new Dialog.Choice("Export", Dialog.Kind.NEXT, ready,
                        () -> model.export(new PromptSelection(view.which.getText().strip()), view.target.path()))));
    }

    private static Optional<String> objection(String typed) {
        try {
            new PromptSelection(typed.strip());
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e.problem().what());
        }
    }
}
