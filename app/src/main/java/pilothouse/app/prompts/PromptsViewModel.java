package pilothouse.app.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import pilothouse.access.Member;
import pilothouse.app.editor.UndoHistory;
import pilothouse.app.fx.Background;
import pilothouse.checks.KnownModels;
import pilothouse.local.ModelEncoders;
import pilothouse.problems.Problem;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.LabelRepository;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptId;
import pilothouse.prompts.PromptRepository;
import pilothouse.prompts.PromptVersion;
import pilothouse.prompts.values.ValueSetRepository;
import pilothouse.prompts.search.PromptSearch;
import pilothouse.prompts.search.SearchHit;
import pilothouse.runs.Run;
import pilothouse.runs.FeedbackRepository;
import pilothouse.runs.RunRepository;
import pilothouse.runs.Runner;
import pilothouse.runtime.Target;
import pilothouse.store.Changes;
import pilothouse.tokens.Price;

/// The prompts there are, and those that are open. FX thread only.
public final class PromptsViewModel {
    /// What a new prompt begins with: something that runs as it is.
    static final String BEGINNING = """
            ---
            config:
              temperature: 0.7
              maxOutputTokens: 200
            input:
              schema:
                topic: string
              default:
                topic: the sea
            ---
            {{role "system"}}
            Answer in two short sentences.
            {{role "user"}}
            Tell me something about {{topic}}.
            """;

    private final Desk desk;
    private final Supplier<List<Target>> targets;
    private final PromptFinder finder;
    private final ObservableList<Prompt> prompts = FXCollections.observableArrayList();
    private final FilteredList<Prompt> found = new FilteredList<>(prompts);
    private final StringProperty query = new SimpleStringProperty("");
    private final ObservableList<EditedPrompt> tabs = FXCollections.observableArrayList();
    private final ObjectProperty<Optional<EditedPrompt>> selected = new SimpleObjectProperty<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private volatile Function<Target, Optional<Price>> prices = _ -> Optional.empty();
    private volatile KnownModels knownModels = KnownModels.of(List.of());
    private final ObservableList<Target> targetsShown = FXCollections.observableArrayList();
    private final List<Runnable> draftListeners = new ArrayList<>();

    /// @param search      finds in texts, opened when it is first asked for
    /// @param targets     where a request can go, asked away from the FX thread
    /// @param usualTarget where a prompt goes that names no target
    public PromptsViewModel(Background background, PromptRepository prompts, LabelRepository labels, ValueSetRepository valueSets, Runner runner,
            RunRepository runs, FeedbackRepository feedback, ModelEncoders encoders, Supplier<PromptSearch> search, Supplier<List<Target>> targets, Supplier<Target> usualTarget,
            Member member) {
        desk = new Desk(background, prompts, labels, valueSets, runner, runs, feedback, encoders, usualTarget, () -> knownModels, member.id(), target -> prices.apply(target));
        this.targets = targets;
        finder = new PromptFinder(background, search);
        query.addListener((_, _, now) -> {
            found.setPredicate(matching(now));
            finder.look(now);
        });
        tabs.addListener((javafx.collections.ListChangeListener<EditedPrompt>) _ -> draftsChanged());
        refresh();
    }

    /// @param of what a target takes, if it is known; asked away from the FX thread
    public void showPrices(Function<Target, Optional<Price>> of) {
        prices = of;
    }

    /// Reads the list of prompts, the targets and what belongs to the selected tab again.
    public void refresh() {
        refreshList();
        desk.background().run(targets::get, now -> {
            if (!targetsShown.equals(now)) targetsShown.setAll(now);
            knownModels = KnownModels.of(now);
        }, this::show);
        selected.get().ifPresent(EditedPrompt::refresh);
    }

    void refreshList() {
        desk.background().run(desk.prompts()::list, now -> {
            problem.set(Optional.empty());
            if (!prompts.equals(now)) prompts.setAll(now);
        }, this::show);
    }

    /// Shows what others change, as it happens, until the subscription is closed.
    public Changes.Subscription follow(Changes changes) {
        return new PromptNews(this, desk.background(), changes);
    }

    private static java.util.function.Predicate<Prompt> matching(String query) {
        var words = query.strip().toLowerCase(Locale.ROOT).split("\\s+");
        return prompt -> List.of(words).stream().allMatch(prompt.name().path().toLowerCase(Locale.ROOT)::contains);
    }

    // ---- opening and closing

    /// Opens a prompt's newest version, or shows its tab.
    public void open(Prompt prompt) {
        var known = tabs.stream().filter(tab -> tab.prompt().get().map(Prompt::id).equals(Optional.of(prompt.id()))).findFirst();
        if (known.isPresent()) select(known.get());
        else read(() -> desk.prompts().head(prompt.id(), BranchName.MAIN), head -> add(tab -> tab.open(prompt, head)));
    }

    /// Opens a version in whose text something was found.
    public void open(SearchHit hit) {
        if (hit.current()) open(hit.prompt());
        else open(hit.prompt().name() + "@" + hit.version());
    }

    /// Opens what an address says: `NAME`, `NAME@VERSION` or `NAME@LABEL`.
    public void open(String reference) {
        read(() -> desk.prompts().find(reference), found -> {
            if (found.isEmpty()) show(new Problem("There is no prompt or version \"" + reference + "\"", "", "Choose one in the list"));
            else if (reference.contains("@")) show(found.get().prompt(), Optional.of(found.get().version()), found.get().version().text());
            else open(found.get().prompt());
        });
    }

    /// Opens what `{{> snippet}}` means in a tab's text.
    void openSnippet(EditedPrompt from, String snippet) {
        var name = from.prompt().get().map(Prompt::name).orElse(Desk.UNNAMED);
        read(() -> desk.prompts().snippet(name, snippet), found -> {
            if (found.isEmpty()) show(new Problem("There is no snippet \"" + snippet + "\"", "", "Correct the name, or save a prompt under it"));
            else if (snippet.contains("@")) show(found.get().prompt(), Optional.of(found.get().version()), found.get().version().text());
            else open(found.get().prompt());
        });
    }

    /// Opens an earlier run with its text, its values and its target.
    public void open(Run run) {
        read(() -> text(run), found -> {
            var tab = show(found.prompt, found.version, found.text);
            tab.valueSets().fillFrom(run.values());
            tab.chosenTarget().set(Optional.of(run.target()));
            tab.runs().show(run);
        });
    }

    private record Stored(Prompt prompt, Optional<PromptVersion> version, String text) {}

    private Stored text(Run run) {
        var id = run.origin().prompt().orElseThrow();
        var version = desk.prompts().version(id, run.origin().version());
        var prompt = desk.prompts().find(id).orElseThrow();
        var text = run.origin().draft().or(() -> version.map(PromptVersion::text)).orElse("");
        return new Stored(prompt, version, text);
    }

    /// In the selected tab if nothing there can be lost, else in one of its own.
    private EditedPrompt show(Prompt prompt, Optional<PromptVersion> version, String text) {
        var here = selected.get().filter(tab -> tab.prompt().get().map(Prompt::id).equals(Optional.of(prompt.id())))
                .filter(tab -> !tab.dirty().get() || tab.text().get().equals(text));
        if (here.isEmpty()) return add(tab -> tab.open(Optional.of(prompt), version, text));
        here.get().open(Optional.of(prompt), version, text);
        return here.get();
    }

    /// Opens a new prompt without a name.
    public void newPrompt() {
        add(tab -> tab.open(Optional.empty(), Optional.empty(), BEGINNING));
    }

    private EditedPrompt add(Consumer<EditedPrompt> open) {
        var tab = new EditedPrompt(desk);
        open.accept(tab);
        tab.text().addListener(_ -> draftsChanged());
        tab.basedOn().addListener(_ -> draftsChanged());
        tab.prompt().addListener(_ -> refresh());
        tabs.add(tab);
        select(tab);
        return tab;
    }

    public void select(EditedPrompt tab) {
        selected.set(Optional.of(tab));
    }

    /// Closes a tab, or asks in it if it holds changes.
    public void close(EditedPrompt tab) {
        if (tab.dirty().get()) {
            select(tab);
            tab.say(new EditedPrompt.Message.Closing());
        } else closeAnyway(tab);
    }

    /// Closes a tab; its changes are gone.
    public void closeAnyway(EditedPrompt tab) {
        tab.runs().stop();
        tab.batch().stop();
        var at = tabs.indexOf(tab);
        tabs.remove(tab);
        if (selected.get().equals(Optional.of(tab)))
            selected.set(tabs.isEmpty() ? Optional.empty() : Optional.of(tabs.get(Math.min(at, tabs.size() - 1))));
    }

    /// Closes the tabs of a prompt, or all, whatever they hold: it is to be erased.
    public void closeAnyway(Optional<PromptId> prompt) {
        List.copyOf(tabs).stream().filter(tab -> prompt.isEmpty() || tab.prompt().get().map(Prompt::id).equals(prompt)).forEach(this::closeAnyway);
    }

    /// Another state of the store took the place of this one: brings each tab to it. A text with changes stays, as a
    /// draft of what there is of its prompt now; one without shows the newest version.
    void reopen() {
        refresh();
        for (var tab : List.copyOf(tabs)) {
            var draft = tab.asDraft();
            var dirty = tab.dirty().get();
            draft.prompt().ifPresent(id -> read(() -> dirty ? restored(draft) : newest(id, draft), now -> {
                if (now.prompt.isEmpty() && !dirty) closeAnyway(tab);
                else tab.restore(now.prompt, now.prompt.flatMap(_ -> now.version), dirty ? tab.text().get() : now.text, tab.caret().get());
            }));
        }
    }

    private Restored newest(PromptId id, OpenDraft draft) {
        var head = desk.prompts().head(id, BranchName.MAIN);
        return new Restored(find(id), head, head.map(PromptVersion::text).orElse(""), draft.caret().orElse(0), draft.undo().orElse(UndoHistory.NONE));
    }

    // ---- drafts

    /// The open tabs and their texts, from left to right.
    public List<OpenDraft> openDrafts() {
        return tabs.stream().map(EditedPrompt::asDraft).toList();
    }

    /// Opens tabs as they were, and shows in each what its text changes on the version that it grew from. Those whose prompt is gone come back without a name: their text counts.
    public void restore(List<OpenDraft> drafts) {
        read(() -> drafts.stream().map(this::restored).toList(), all -> all.forEach(it -> {
            var tab = add(made -> {
                made.undo(() -> it.undo);
                made.restore(it.prompt, it.prompt.flatMap(_ -> it.version), it.text, it.caret);
            });
            if (tab.dirty().get() && it.prompt.isPresent()) it.version.ifPresent(tab::compareWithDraft);
        }));
    }

    private record Restored(Optional<Prompt> prompt, Optional<PromptVersion> version, String text, int caret, UndoHistory undo) {}

    private Restored restored(OpenDraft draft) {
        var version = draft.prompt().flatMap(id -> desk.prompts().version(id, draft.basedOn()));
        return new Restored(draft.prompt().flatMap(this::find), version, draft.text(), draft.caret().orElse(0), draft.undo().orElse(UndoHistory.NONE));
    }

    private Optional<Prompt> find(PromptId id) {
        return desk.prompts().find(id).filter(it -> !it.archived());
    }

    /// Calls `listener` whenever [#openDrafts] may give something else.
    public void onDraftsChanged(Runnable listener) {
        draftListeners.add(listener);
    }

    private void draftsChanged() {
        draftListeners.forEach(Runnable::run);
    }

    private <T> void read(Callable<T> work, Consumer<T> done) {
        desk.background().run(work, done, this::show);
    }

    private void show(Problem now) {
        problem.set(Optional.of(now));
    }

    // ---- what is seen

    /// The prompts that match the query, by name.
    public ObservableList<Prompt> found() {
        return found;
    }

    /// What the texts have of the query.
    public PromptFinder finder() {
        return finder;
    }

    /// All prompts, by name.
    public ObservableList<Prompt> prompts() {
        return prompts;
    }

    public StringProperty query() {
        return query;
    }

    public ObservableList<EditedPrompt> tabs() {
        return tabs;
    }

    public ObjectProperty<Optional<EditedPrompt>> selected() {
        return selected;
    }

    public ObservableList<Target> targets() {
        return targetsShown;
    }

    /// What went wrong with the list or with opening.
    public ReadOnlyObjectProperty<Optional<Problem>> problem() {
        return problem.getReadOnlyProperty();
    }

    public void dismiss() {
        problem.set(Optional.empty());
    }
}
