package pilothouse.app.settings;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.layout.VBox;
import pilothouse.app.shell.Dialog;

/// Asks for the passphrase of the encrypted file of secrets.
public final class PassphraseView {
    private PassphraseView() {}

    /// @param again  the last one was wrong
    /// @param typed  gets what was typed, after `closed`; not called if it was given up
    /// @param closed when the question is gone, answered or not
    public static Dialog dialog(boolean again, Consumer<char[]> typed, Runnable closed) {
        var field = new PasswordField();
        field.setId("passphrase");
        field.setAccessibleText("Passphrase");
        field.sceneProperty().subscribe((before, now) -> {
            if (before != null && now == null) closed.run();
        });
        var label = new Label("Passphrase");
        label.setLabelFor(field);
        return new Dialog(again ? "This is not the passphrase" : "Open the file of secrets",
                "A key that is needed now lies in your encrypted file. Its passphrase is kept in memory until the program ends.",
                Optional.of(new VBox(6, label, field)), List.of(Dialog.Choice.cancel(),
                        new Dialog.Choice("Open", Dialog.Kind.NEXT, Bindings.isNotEmpty(field.textProperty()), () -> typed.accept(field.getText().toCharArray()))));
    }
}
