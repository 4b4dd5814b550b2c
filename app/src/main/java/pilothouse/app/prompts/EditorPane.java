package pilothouse.app.prompts;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Icons;
import pilothouse.app.controls.Notice;
import pilothouse.app.controls.NoticeBar;
import pilothouse.app.controls.Tone;
import pilothouse.app.editor.FindBar;
import pilothouse.app.editor.LineEdit;
import pilothouse.app.fx.Background;
import pilothouse.app.prompts.EditedPrompt.Message;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.PromptName;

/// The inside of one tab: what must be known, the editor or the comparison, the nearest problem, the row for saving,
/// the tokens.
final class EditorPane extends VBox {
    private final PromptsViewModel model;
    private final EditedPrompt tab;
    private final PromptEditor editor;
    private final FindBar finding;
    private final VBox notice = new VBox();
    private final StackPane middle = new StackPane();
    private final ProblemsList problems;
    private final TextField name = new TextField();
    private final TextField why = new TextField();
    private final HBox saveRow;
    private boolean focusWanted;

    EditorPane(Background background, PromptsViewModel model, EditedPrompt tab) {
        this.model = model;
        this.tab = tab;
        editor = new PromptEditor(background, tab, new PromptAssistance(model, tab));
        finding = new FindBar(background, editor.area());
        editor.area().addEventFilter(KeyEvent.KEY_PRESSED, this::indent);
        saveRow = saveRow();
        problems = new ProblemsList(tab, editor, () -> editor.area().getCurrentParagraph() + 1);
        notice.getStyleClass().add("editor-notice");
        VBox.setVgrow(middle, Priority.ALWAYS);
        middle.setMinHeight(0);
        getChildren().addAll(notice, finding, middle, problems, saveRow, new TokenStrip(tab));
        getStyleClass().add("editor-pane");
        sceneProperty().subscribe(scene -> {
            if (scene != null && focusWanted) focusText();
        });
        tab.message().subscribe(this::show);
        tab.comparison().subscribe(this::compare);
    }

    PromptEditor editor() {
        return editor;
    }

    /// For when the tab is closed: the editor's timers end.
    void dispose() {
        editor.dispose();
    }

    // ---- saving

    private HBox saveRow() {
        name.setPromptText("name, such as support/reply");
        name.setAccessibleText("Name of the prompt");
        name.setId("save-name");
        name.managedProperty().bind(name.visibleProperty());
        why.setPromptText("What changed, in a few words (may stay empty)");
        why.setAccessibleText("Message of the version");
        why.setId("save-message");
        HBox.setHgrow(why, Priority.ALWAYS);
        name.setOnAction(_ -> save());
        why.setOnAction(_ -> save());
        var save = Buttons.plain("Save", this::save);
        save.setId("save-now");
        save.textProperty().bind(tab.basedOn().asString().map(_ -> "Save v" + next()));
        var row = new HBox(name, why, save, Buttons.icon(Feather.X, "Close without saving", this::closeSave));
        row.getStyleClass().add("save-row");
        row.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() != KeyCode.ESCAPE) return;
            closeSave();
            event.consume();
        });
        row.setVisible(false);
        row.managedProperty().bind(row.visibleProperty());
        return row;
    }

    /// The number that the next version gets.
    int next() {
        return tab.history().newest() + 1;
    }

    /// Opens the row for saving; saves when it is open.
    void saveOrAsk() {
        if (saveRow.isVisible()) {
            save();
            return;
        }
        tab.closeComparison();
        name.setVisible(tab.prompt().get().isEmpty());
        saveRow.setVisible(true);
        (name.isVisible() ? name : why).requestFocus();
    }

    /// Ready to type, as soon as it is shown. In a new prompt the example is marked, so that what is typed takes its
    /// place.
    void focusText() {
        focusWanted = getScene() == null;
        if (focusWanted) return;
        var area = editor.area();
        area.requestFocus();
        if (!area.getText().equals(PromptsViewModel.BEGINNING)) return;
        area.selectRange(PromptsViewModel.BEGINNING.lastIndexOf('\n', PromptsViewModel.BEGINNING.length() - 2) + 1, PromptsViewModel.BEGINNING.length() - 1);
        area.requestFollowCaret();
    }

    private void closeSave() {
        saveRow.setVisible(false);
        editor.area().requestFocus();
    }

    private void save() {
        try {
            if (tab.prompt().get().isPresent()) tab.save(why.getText().strip());
            else tab.saveAs(new PromptName(name.getText().strip()), why.getText().strip());
            why.clear();
            closeSave();
        } catch (ProblemException e) {
            tab.say(new Message.Failed(e.problem()));
            name.requestFocus();
        }
    }

    private void saveAsFile() {
        var chooser = new FileChooser();
        chooser.setTitle("Save the text as a file");
        chooser.setInitialFileName(tab.title().replace('/', '-') + ".prompt");
        var file = chooser.showSaveDialog(getScene().getWindow());
        if (file != null) tab.writeTo(file.toPath());
    }

    // ---- what must be known

    private void show(Optional<Message> message) {
        notice.getChildren().setAll(message.map(this::bar).stream().toList());
        notice.setManaged(message.isPresent());
    }

    private Node bar(Message message) {
        return switch (message) {
            case Message.Said(var text) -> new NoticeBar(Notice.said(text)).dismissible(tab::dismiss);
            case Message.Failed(var what) -> new NoticeBar(Notice.of(what)).dismissible(tab::dismiss);
            case Message.Unsaved(var what) -> {
                var bar = new NoticeBar(Notice.of(what));
                bar.getChildren().add(Buttons.link("Save the text as a file…", this::saveAsFile));
                yield bar.dismissible(tab::dismiss);
            }
            case Message.Restored(var since) -> {
                var bar = new NoticeBar(new Notice(Tone.WARNING, "Your changes since version " + since.number() + " are here again. They are not saved."));
                bar.getChildren().add(Buttons.link("Compare with v" + since.number(), () -> tab.compareWithDraft(since)));
                yield bar.dismissible(tab::dismiss);
            }
            case Message.Overtaken(var theirs) -> {
                var text = theirs.author() + " saved version " + theirs.number() + " meanwhile. Your text is kept here.";
                var bar = new NoticeBar(new Notice(Tone.WARNING, text));
                bar.getChildren().addAll(Buttons.link("Compare with v" + theirs.number(), () -> tab.compareWithDraft(theirs)),
                        Buttons.link("Go on from v" + theirs.number(), () -> tab.continueOn(theirs)));
                yield bar.dismissible(tab::dismiss);
            }
            case Message.Closing() -> {
                var bar = new NoticeBar(new Notice(Tone.WARNING, "This tab holds changes that are not saved."));
                bar.getChildren().addAll(Buttons.link("Save", this::saveOrAsk), Buttons.link("Discard and close", () -> model.closeAnyway(tab)));
                yield bar.dismissible(tab::dismiss);
            }
        };
    }

    private void compare(Optional<Comparison> comparison) {
        if (comparison.isEmpty()) {
            middle.getChildren().setAll(editor);
            return;
        }
        var view = new DiffView(tab, comparison.get());
        middle.getChildren().setAll(view);
        view.focus();
    }

    // ---- editing lines, finding

    /// Tab moves the lines of a selection that has several; a tab within one line is text.
    private void indent(KeyEvent event) {
        if (event.getCode() != KeyCode.TAB || event.isShortcutDown() || event.isAltDown()) return;
        if (!event.isShiftDown() && editor.area().getSelectedText().indexOf('\n') < 0) return;
        lines(event.isShiftDown() ? LineEdit::outdent : LineEdit::indent);
        event.consume();
    }

    /// A change to the lines that are selected.
    @FunctionalInterface
    interface LineChange {
        LineEdit of(String text, int anchor, int caret);
    }

    /// Changes the lines that the selection touches, as one step of undo.
    void lines(LineChange change) {
        moved((text, anchor, caret) -> Optional.of(change.of(text, anchor, caret)));
    }

    /// A change that there may be no room for.
    @FunctionalInterface
    interface LineMove {
        Optional<LineEdit> of(String text, int anchor, int caret);
    }

    /// Moves the lines that the selection touches.
    void moved(LineMove move) {
        var area = editor.area();
        move.of(area.getText(), area.getAnchor(), area.getCaretPosition()).ifPresent(edit -> {
            area.replaceText(edit.from(), edit.to(), edit.replacement());
            area.selectRange(edit.anchor(), edit.caret());
            area.requestFollowCaret();
        });
    }

    /// Opens the search in the text.
    void find(boolean replacing) {
        tab.closeComparison();
        finding.open(replacing);
    }

    void findNext(int by) {
        finding.step(by);
    }

    /// Breaks long lines at the edge, or lets them run on.
    void toggleWrap() {
        editor.area().setWrapText(!editor.area().isWrapText());
    }

    // ---- problems

    /// Puts the caret where the next problem is.
    void goToProblem() {
        problems.goToNext();
    }

    /// Mends the problem at the caret, else the first.
    void fix() {
        problems.fix();
    }
}
