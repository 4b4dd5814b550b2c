package pilothouse.app.prompts;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.KeyBadge;
import pilothouse.app.controls.Pill;
import pilothouse.app.controls.Tone;
import pilothouse.app.editor.LineEdit;
import pilothouse.app.editor.WritingAids;
import pilothouse.app.fx.Background;
import pilothouse.app.shell.Command;
import pilothouse.app.shell.Page;
import pilothouse.app.valuesets.ValueSetsBar;
import pilothouse.connectors.code.CodeLanguage;
import pilothouse.prompts.Prompt;

/// Write a prompt, try it, keep it.
public final class PromptsPage implements Page {
    private final Background background;
    private final PromptsViewModel model;
    private final List<TreeAction> treeActions;
    private final Head head = new Head();
    private final Button run = Buttons.plain("Run", this::runOrStop);
    private final Button save = Buttons.accent("Save", () -> editor(EditorPane::saveOrAsk));
    private final Label caret = new Label();
    private final Label counted = new Label();
    private javafx.util.Subscription following = () -> {};
    private Optional<PromptsView> view = Optional.empty();

    public PromptsPage(Background background, PromptsViewModel model) {
        this(background, model, List.of());
    }

    /// @param treeActions what the tree's menu offers for a prompt or a folder
    public PromptsPage(Background background, PromptsViewModel model, List<TreeAction> treeActions) {
        this.background = background;
        this.model = model;
        this.treeActions = List.copyOf(treeActions);
        run.setId("run");
        save.setId("save");
        model.selected().subscribe(this::follow);
    }

    // ---- head and status line

    private void follow(Optional<EditedPrompt> selected) {
        following.unsubscribe();
        following = () -> {};
        if (selected.isEmpty()) {
            head.crumbs().clear();
            head.pill().set(Optional.empty());
            head.actions().clear();
            head.status().clear();
            return;
        }
        var tab = selected.get();
        Runnable show = () -> show(tab);
        following = javafx.util.Subscription.combine(tab.prompt().subscribe(show), tab.dirty().subscribe(show), tab.basedOn().subscribe(show),
                tab.runs().progress().subscribe(_ -> showRun(tab)), tab.reading().subscribe(_ -> showRun(tab)),
                tab.tokens().subscribe(_ -> showCounted(tab)), entries(tab, show));
        head.actions().setAll(run, save);
        head.status().setAll(counted, caret, new Label("UTF-8"));
        show(tab);
        showCaret();
    }

    private static javafx.util.Subscription entries(EditedPrompt tab, Runnable show) {
        javafx.collections.ListChangeListener<PromptHistory.Entry> listener = _ -> show.run();
        tab.history().entries().addListener(listener);
        return () -> tab.history().entries().removeListener(listener);
    }

    private void show(EditedPrompt tab) {
        head.crumbs().setAll(crumbs(tab));
        var from = tab.basedOn().get();
        var pill = from == 0 ? new Pill("not saved yet", Tone.ACCENT)
                : tab.dirty().get() ? new Pill("draft from v" + from, Tone.ACCENT) : new Pill("v" + from, Tone.NEUTRAL);
        head.pill().set(Optional.of(pill));
        save.setText("Save v" + (tab.history().newest() + 1));
        save.setGraphic(new KeyBadge("Ctrl S"));
        save.setContentDisplay(javafx.scene.control.ContentDisplay.RIGHT);
        save.setDisable(!tab.dirty().get());
        showRun(tab);
    }

    private static List<Crumb> crumbs(EditedPrompt tab) {
        if (tab.prompt().get().isEmpty()) return List.of(new Crumb(tab.title(), ""));
        var path = tab.prompt().get().map(Prompt::name).orElseThrow().path();
        var crumbs = new java.util.ArrayList<Crumb>();
        for (int slash = path.indexOf('/'), from = 0; slash >= 0; from = slash + 1, slash = path.indexOf('/', from))
            crumbs.add(new Crumb(path.substring(from, slash), path.substring(0, slash + 1)));
        crumbs.add(new Crumb(tab.title(), path));
        return crumbs;
    }

    private void showRun(EditedPrompt tab) {
        var running = tab.runs().progress().get().isRunning();
        if (!run.getText().equals(running ? "Stop" : "Run") || run.getGraphic() == null) name(running); // not with every token
        var why = running ? Optional.<String>empty() : tab.whyNotRun();
        run.setDisable(why.isPresent());
        run.setAccessibleHelp(why.orElse(""));
    }

    private void name(boolean running) {
        run.setText(running ? "Stop" : "Run");
        var keys = new KeyBadge(running ? "Esc" : "Ctrl Enter");
        keys.getStyleClass().add("run-key");
        run.setGraphic(keys);
        run.setContentDisplay(javafx.scene.control.ContentDisplay.RIGHT);
    }

    private void showCounted(EditedPrompt tab) {
        var tokens = tab.tokens().get();
        counted.setText(tokens.total().estimated() ? tab.target().get() + ", tokens estimated" : tab.target().get() + ", tokens exact");
    }

    private void showCaret() {
        caret.textProperty().unbind();
        view.flatMap(PromptsView::editor).ifPresent(it -> {
            var area = it.editor().area();
            caret.textProperty().bind(area.caretPositionProperty().map(_ -> "Ln " + (area.getCurrentParagraph() + 1) + ", Col " + (area.getCaretColumn() + 1)));
        });
    }

    // ---- commands

    @Override
    public List<Command> commands() {
        return java.util.stream.Stream.of(pageCommands(), valueCommands(), batchCommands(), textCommands()).flatMap(List::stream).toList();
    }

    private List<Command> pageCommands() {
        return List.of(
                Command.of("prompts.run", "Run the prompt", Feather.PLAY, () -> tab(EditedPrompt::run)).on("Ctrl Enter").unless(this::whyNotRun),
                Command.of("prompts.reseed", "Run with a new seed", Feather.REFRESH_CW, () -> tab(EditedPrompt::runWithNewSeed)).on("Ctrl Shift Enter").unless(this::whyNotRun),
                Command.of("prompts.stop", "Stop the answer", Feather.SQUARE, () -> tab(PromptsPage::stop)).on("Esc")
                        .unless(() -> isRunning() && !isAidOpen() ? Optional.empty() : Optional.of("nothing is running")),
                Command.of("prompts.save", "Save version", Feather.SAVE, () -> editor(EditorPane::saveOrAsk)).on("Ctrl S").unless(this::whyNotSave),
                Command.of("prompts.compare", "Compare with the saved version", Feather.COLUMNS, this::compare).on("Ctrl D").unless(this::whyNotCompare),
                Command.of("prompts.new", "New prompt", Feather.PLUS, model::newPrompt).on("Ctrl N"),
                Command.of("prompts.close", "Close tab", Feather.X, () -> tab(model::close)).on("Ctrl W").unless(this::nothingOpen),
                Command.of("prompts.discard", "Discard the changes", Feather.ROTATE_CCW, () -> tab(EditedPrompt::discard)).unless(this::whyNotSave),
                Command.of("prompts.find", "Find a prompt", Feather.SEARCH, () -> view.ifPresent(PromptsView::focusFind)).on("Ctrl P"),
                Command.of("prompts.problem", "Go to the problem", Feather.ALERT_TRIANGLE, () -> editor(EditorPane::goToProblem)).on("F8").unless(this::nothingOpen),
                Command.of("prompts.fix", "Add the variable to the schema", Feather.TOOL, () -> editor(EditorPane::fix)).on("Alt Enter").unless(this::nothingOpen),
                Command.of("prompts.answer", "Fold the answer", Feather.CHEVRON_DOWN, () -> view.ifPresent(PromptsView::toggleAnswer)).on("Ctrl J"),
                Command.of("prompts.left", "Prompts and history", Feather.SIDEBAR, () -> view.ifPresent(it -> it.columns().toggleLeft())).on("Ctrl B"),
                Command.of("prompts.right", "Variables and parameters", Feather.SIDEBAR, () -> view.ifPresent(it -> it.columns().toggleRight())).on("Ctrl Shift B"));
    }

    private List<Command> valueCommands() {
        return List.of(
                values("prompts.values", "Choose a value set", Feather.LAYERS, ValueSetsBar::focusChooser).on("Alt V"),
                Command.of("prompts.next-values", "Next value set", Feather.LAYERS, () -> tab(it -> it.valueSets().step(1))).on("F4").unless(this::noValueSet),
                Command.of("prompts.previous-values", "Previous value set", Feather.LAYERS, () -> tab(it -> it.valueSets().step(-1))).on("Shift F4").unless(this::noValueSet),
                Command.of("prompts.save-values", "Save the values in the set", Feather.LAYERS, () -> tab(it -> it.valueSets().save())).unless(this::noChangedValues),
                values("prompts.keep-values", "Save the values as a set…", Feather.LAYERS, ValueSetsBar::askSaveAs),
                values("prompts.rename-values", "Rename the value set…", Feather.LAYERS, ValueSetsBar::askRename).unless(this::noChosenValues),
                Command.of("prompts.delete-values", "Delete the value set", Feather.LAYERS, () -> tab(it -> it.valueSets().remove())).unless(this::noChosenValues),
                values("prompts.import-values", "Import value sets from CSV or JSON…", Feather.LAYERS, ValueSetsBar::askFile));
    }

    private List<Command> batchCommands() {
        return List.of(
                Command.of("prompts.side-by-side", "Show several answers side by side", Feather.COLUMNS, () -> view.flatMap(PromptsView::answerCard).ifPresent(AnswerCard::compare)).on("Ctrl Shift E").unless(this::nothingOpen),
                Command.of("prompts.run-batch", "Run the answers side by side", Feather.PLAY, () -> tab(it -> it.batch().run())).on("Ctrl Alt Enter").unless(this::whyNoBatch),
                Command.of("prompts.run-sets", "Run all value sets", Feather.PLAY, () -> tab(it -> it.batch().runAllSets())).on("Ctrl Shift F4").unless(this::noValueSet),
                Command.of("prompts.editor", "Fold the editor", Feather.CHEVRON_UP, () -> view.ifPresent(PromptsView::toggleEditor)).on("Ctrl Shift J"));
    }

    private Optional<String> whyNoBatch() {
        return model.selected().get().map(it -> it.batch().whyNot()).orElseGet(this::nothingOpen);
    }

    private Command values(String id, String title, Feather icon, Consumer<ValueSetsBar> action) {
        return Command.of(id, title, icon, () -> view.flatMap(PromptsView::valueSets).ifPresent(action)).unless(this::notSavedYet);
    }

    private Optional<String> notSavedYet() {
        return model.selected().get().map(it -> it.prompt().get().isPresent() ? Optional.<String>empty() : Optional.of("the prompt is not saved yet")).orElseGet(this::nothingOpen);
    }

    private Optional<String> noValueSet() {
        return notSavedYet().or(() -> model.selected().get().filter(it -> it.valueSets().sets().isEmpty()).map(_ -> "there is no value set yet"));
    }

    private Optional<String> noChosenValues() {
        return notSavedYet().or(() -> model.selected().get().filter(it -> it.valueSets().chosen().get().isEmpty()).map(_ -> "no value set is chosen"));
    }

    private Optional<String> noChangedValues() {
        return noChosenValues().or(() -> model.selected().get().filter(it -> !it.valueSets().dirty().get()).map(_ -> "nothing changed"));
    }

    /// What changes the text; in a field beside it these keys mean what they always do.
    private List<Command> textCommands() {
        return List.of(
                text("prompts.search", "Find in the text", "Ctrl F", it -> it.find(false)),
                text("prompts.replace", "Find and replace in the text", "Ctrl H", it -> it.find(true)),
                text("prompts.next", "Next match", "F3", it -> it.findNext(1)),
                text("prompts.previous", "Previous match", "Shift F3", it -> it.findNext(-1)),
                lines("prompts.lines-up", "Move the lines up", "Ctrl Shift Up", it -> it.moved(LineEdit::up)),
                lines("prompts.lines-down", "Move the lines down", "Ctrl Shift Down", it -> it.moved(LineEdit::down)),
                lines("prompts.duplicate", "Duplicate the lines", "Ctrl Shift D", it -> it.lines(LineEdit::duplicate)),
                lines("prompts.delete-lines", "Delete the lines", "Ctrl Shift K", it -> it.lines(LineEdit::delete)),
                lines("prompts.comment", "Make the lines a comment, or text again", "Ctrl /", it -> it.lines(LineEdit::comment)),
                aid("prompts.complete", "Propose what can stand here", "Ctrl Space", WritingAids::complete),
                aid("prompts.tell", "Say what stands here", "Ctrl I", WritingAids::tellAtCaret),
                aid("prompts.goto", "Open the snippet", "F12", WritingAids::openAtCaret),
                aid("prompts.rename", "Rename the variable", "F2", WritingAids::renameAtCaret),
                text("prompts.wrap", "Wrap long lines or not", "Alt Z", EditorPane::toggleWrap));
    }

    private List<Command> copyCommands() {
        return java.util.Arrays.stream(CodeLanguage.values()).map(language -> Command.of("prompts.copy-" + language.title().toLowerCase(java.util.Locale.ROOT),
                "Copy the request as " + language.title(), Feather.COPY, () -> view.flatMap(PromptsView::answerCard).ifPresent(it -> it.copyRequest(language))).unless(this::nothingOpen)).toList();
    }

    private Command text(String id, String title, String keys, Consumer<EditorPane> action) {
        return Command.of(id, title, Feather.EDIT_3, () -> editor(action)).on(keys).unless(this::nothingOpen);
    }

    private Command aid(String id, String title, String keys, Consumer<WritingAids> action) {
        return text(id, title, keys, it -> action.accept(it.editor().aids()));
    }

    private Command lines(String id, String title, String keys, Consumer<EditorPane> action) {
        return text(id, title, keys, action).unless(() -> nothingOpen().or(this::typingElsewhere));
    }

    private Optional<String> typingElsewhere() {
        return view.filter(PromptsView::isFieldFocused).map(_ -> "the text has not the focus");
    }

    /// Then Esc closes that.
    private boolean isAidOpen() {
        return view.flatMap(PromptsView::editor).filter(it -> it.editor().aids().isOpen()).isPresent();
    }

    private boolean isRunning() {
        return model.selected().get().filter(it -> it.runs().progress().get().isRunning() || it.batch().count().get().isRunning()).isPresent();
    }

    private static void stop(EditedPrompt tab) {
        tab.runs().stop();
        tab.batch().stop();
    }

    private Optional<String> nothingOpen() {
        return model.selected().get().isPresent() ? Optional.empty() : Optional.of("no prompt is open");
    }

    private Optional<String> whyNotRun() {
        return model.selected().get().map(EditedPrompt::whyNotRun).orElseGet(this::nothingOpen);
    }

    private Optional<String> whyNotSave() {
        return model.selected().get().map(it -> it.dirty().get() ? Optional.<String>empty() : Optional.of("nothing changed")).orElseGet(this::nothingOpen);
    }

    private Optional<String> whyNotCompare() {
        return model.selected().get().map(it -> it.basedOn().get() > 0 ? Optional.<String>empty() : Optional.of("nothing is saved yet")).orElseGet(this::nothingOpen);
    }

    private void runOrStop() {
        tab(it -> {
            if (it.runs().progress().get().isRunning()) it.runs().stop();
            else it.run();
        });
    }

    private void compare() {
        tab(tab -> {
            if (tab.comparison().get().isPresent()) tab.closeComparison();
            else tab.compareWithSaved();
        });
    }

    private void tab(Consumer<EditedPrompt> action) {
        model.selected().get().ifPresent(action);
    }

    private void editor(Consumer<EditorPane> action) {
        view.flatMap(PromptsView::editor).ifPresent(action);
    }

    // ---- the page

    @Override
    public String id() {
        return "prompts";
    }

    @Override
    public String title() {
        return "Prompts";
    }

    @Override
    public Ikon icon() {
        return Feather.EDIT_2;
    }

    @Override
    public Group group() {
        return Group.WORK;
    }

    @Override
    public Head head() {
        return head;
    }

    @Override
    public Parent view() {
        if (view.isEmpty()) {
            view = Optional.of(new PromptsView(background, model, treeActions));
            model.selected().subscribe(_ -> showCaret());
        }
        return view.get();
    }

    /// The divider between editor and answer; there once [#view] was called.
    public Optional<SplitPane> split() {
        return view.map(PromptsView::split);
    }

    @Override
    public void shown(String place) {
        model.refresh();
        if (place.endsWith("/")) model.query().set(place);
        else if (!place.isEmpty()) model.open(place);
    }

    @Override
    public List<String> styleSheets() {
        return List.of("/pilothouse/app/prompts.css");
    }
}
