package pilothouse.app.storage;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.layout.VBox;
import pilothouse.app.controls.Field;
import pilothouse.app.controls.NoticeBar;
import pilothouse.app.controls.Notice;
import pilothouse.app.controls.Segmented;
import pilothouse.app.shell.Dialog;
import pilothouse.workspace.Erasure;

/// Asks whose data is to be erased, shows what that is and where, wants a word typed, and shows what was done.
final class EraseView {
    private static final String WORD = "erase";
    private static final String ELSEWHERE = "Copies elsewhere are not reached: exports, backups in other folders, other people's workspaces.";

    private EraseView() {}

    /// @param asked  what is filled in at first
    /// @param ask shows the next dialog
    static Dialog dialog(ErasureViewModel.Whose asked, ErasureViewModel model, Consumer<Dialog> ask) {
        var kind = new Segmented<>("What to erase", List.of(true, false), person -> person ? "A person's data" : "A prompt's texts", asked.person());
        kind.setId("erase-kind");
        var name = new TextField(asked.name());
        name.setId("erase-name");
        var field = new Field("Name, as a history shows it", name);
        var texts = new CheckBox("Also the texts of the versions that this person saved");
        texts.setId("erase-texts");
        texts.setSelected(asked.texts());
        texts.visibleProperty().bind(kind.value());
        texts.managedProperty().bind(texts.visibleProperty());
        return new Dialog("Erase data", "First you see what it is and where it lies. Nothing is changed before you say so.",
                Optional.of(new VBox(12, kind, field, texts)), List.of(Dialog.Choice.cancel(),
                new Dialog.Choice("Show what would be erased", Dialog.Kind.NEXT, name.textProperty().map(typed -> !typed.isBlank()), () -> model.look(
                        new ErasureViewModel.Whose(name.getText().strip(), kind.value().get(), kind.value().get() && texts.isSelected()),
                        look -> ask.accept(confirm(look, model, ask))))));
    }

    private static Dialog confirm(ErasureViewModel.Look look, ErasureViewModel model, Consumer<Dialog> ask) {
        var word = new TextField();
        word.setId("erase-word");
        var content = content(table(look.report(), "Would be erased"), new Field("Type \"" + WORD + "\" to do it", word));
        return new Dialog("Erase " + look.whose().words() + " for good?", "It cannot be undone. Hashes, numbers and times stay, so that the chain can be checked. "
                + "It is also taken out of the drafts, the text index and all backups in the usual folder. "
                + (look.whose().person() ? "All open tabs are closed, and what is not saved in them is erased too. " : "Its open tabs are closed. ") + ELSEWHERE,
                Optional.of(content), List.of(Dialog.Choice.cancel(), new Dialog.Choice("Erase for good", Dialog.Kind.TAKES_AWAY,
                word.textProperty().map(typed -> typed.strip().equalsIgnoreCase(WORD)), () -> model.erase(look, report -> ask.accept(done(look, report))))));
    }

    private static Dialog done(ErasureViewModel.Look look, Erasure.Report report) {
        var content = content(table(report, "Erased"));
        report.left().forEach(problem -> content.getChildren().add(new NoticeBar(Notice.of(problem))));
        var title = report.left().isEmpty() ? "Erased " + look.whose().words() : "Not everything could be reached";
        return new Dialog(title, ELSEWHERE, Optional.of(content), List.of(new Dialog.Choice("Close", Dialog.Kind.SAFE, () -> {}),
                new Dialog.Choice("Copy the report", Dialog.Kind.SAFE, () -> copy(title, report))));
    }

    private static void copy(String title, Erasure.Report report) {
        var lines = Stream.concat(Stream.of(title), Stream.concat(report.lines().stream().map(line -> line.place() + "\t" + line.what() + "\t" + line.count()),
                report.left().stream().map(Object::toString)));
        Clipboard.getSystemClipboard().setContent(java.util.Map.of(DataFormat.PLAIN_TEXT, lines.collect(Collectors.joining("\n"))));
    }

    private static VBox content(Node... parts) {
        var content = new VBox(12, parts);
        content.getStyleClass().add(Dialog.WIDE);
        return content;
    }

    private static Node table(Erasure.Report report, String counted) {
        if (report.lines().stream().allMatch(line -> line.count() == 0)) {
            var nothing = new Label("Nothing of it was found.");
            nothing.setWrapText(true);
            return nothing;
        }
        return new Rows<>("erase-report", counted, report.lines().stream().filter(line -> line.count() > 0).toList())
                .texts("Where", 320, Erasure.Line::place).texts("What", 150, Erasure.Line::what).numbers(counted, 120, Erasure.Line::count).view();
    }
}
