package pilothouse.app.prompts;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableMap;
import pilothouse.app.answers.Exchange;
import pilothouse.app.editor.UndoHistory;
import pilothouse.app.valuesets.ValueSetsViewModel;
import pilothouse.local.ModelEncoders;
import pilothouse.local.PromptTokens;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.Draft;
import pilothouse.prompts.LabelName;
import pilothouse.prompts.LabelOutcome;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptVersion;
import pilothouse.prompts.SaveOutcome;
import pilothouse.runs.Run;
import pilothouse.runs.RunRequest;
import pilothouse.runs.RunSource;
import pilothouse.runtime.AnswerForm;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Target;
import pilothouse.store.Folders;
import pilothouse.templates.InputSchema;
import pilothouse.templates.PromptDocument;
import pilothouse.templates.assistance.VariableRename;
import pilothouse.tokens.TokenCount;

/// One open tab: a text, what it grew from, what its variables are filled with, where it is sent. FX thread only.
public final class EditedPrompt {
    /// What the user must know, here.
    public sealed interface Message {
        record Said(String text) implements Message {}

        record Failed(Problem problem) implements Message {}

        /// The text could not be saved.
        record Unsaved(Problem problem) implements Message {}

        /// Changes that the last window did not save are here again.
        record Restored(PromptVersion since) implements Message {}

        /// Someone saved first. The text here is kept; theirs is in the history.
        record Overtaken(PromptVersion theirs) implements Message {}

        /// The tab was to be closed with changes in it.
        record Closing() implements Message {}
    }

    private static final int ALTERNATIVES = 5;

    private final Desk desk;
    private final ReadOnlyObjectWrapper<Optional<Prompt>> prompt = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final StringProperty text = new SimpleStringProperty("");
    private final IntegerProperty caret = new SimpleIntegerProperty();
    private final ReadOnlyIntegerWrapper basedOn = new ReadOnlyIntegerWrapper();
    private final ReadOnlyBooleanWrapper dirty = new ReadOnlyBooleanWrapper();
    private final ObservableMap<String, Object> values = FXCollections.observableMap(new LinkedHashMap<>());
    private final ObjectProperty<Optional<Target>> chosenTarget = new SimpleObjectProperty<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Target> target;
    private final ReadOnlyObjectWrapper<Reading> reading = new ReadOnlyObjectWrapper<>(Reading.NOTHING);
    private final ReadOnlyObjectWrapper<PromptTokens> tokens = new ReadOnlyObjectWrapper<>(PromptTokens.NONE);
    private final ReadOnlyObjectWrapper<Map<String, TokenCount>> valueTokens = new ReadOnlyObjectWrapper<>(Map.of());
    private final BooleanProperty probabilities = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Optional<Message>> message = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Comparison>> comparison = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final PromptHistory history;
    private final PromptRuns runs;
    private final ValueSetsViewModel valueSets;
    private final AnswerBatch batch;
    private Optional<PromptVersion> base = Optional.empty();
    private final PromptReader reader;
    private Supplier<UndoHistory> undo = () -> UndoHistory.NONE;
    private final RenamedValues renamed = new RenamedValues(values);

    EditedPrompt(Desk desk) {
        this.desk = desk;
        history = new PromptHistory(desk);
        runs = new PromptRuns(desk);
        valueSets = new ValueSetsViewModel(desk.background(), desk.valueSets(), values, this::variables);
        batch = new AnswerBatch(desk, this);
        reader = new PromptReader(desk, this::question, this::found, this::fail);
        target = new ReadOnlyObjectWrapper<>(desk.usualTarget().get());
        text.addListener(_ -> {
            dirty.set(!text.get().equals(base.map(PromptVersion::text).orElse("")));
            reader.read();
        });
        values.addListener((javafx.collections.MapChangeListener<String, Object>) _ -> reader.read());
        chosenTarget.addListener(_ -> reader.read());
    }

    /// Shows a version, without changes.
    void open(Prompt of, Optional<PromptVersion> version) {
        prompt.set(Optional.of(of));
        base(version);
        text.set(version.map(PromptVersion::text).orElse(""));
        dirty.set(false);
        refresh();
    }

    /// Shows a text that grew from a version.
    void open(Optional<Prompt> of, Optional<PromptVersion> version, String draft) {
        prompt.set(of);
        base(version);
        text.set(draft);
        dirty.set(!draft.equals(version.map(PromptVersion::text).orElse("")));
        refresh();
    }

    /// Shows again what the last window had in this tab.
    void restore(Optional<Prompt> of, Optional<PromptVersion> version, String draft, int at) {
        caret.set(Math.clamp(at, 0, draft.length()));
        open(of, version, draft);
        version.filter(_ -> dirty.get()).ifPresent(it -> say(new Message.Restored(it)));
    }

    private void base(Optional<PromptVersion> version) {
        base = version;
        basedOn.set(version.map(PromptVersion::number).orElse(0));
    }

    /// Reads history and runs again.
    void refresh() {
        prompt.get().ifPresent(it -> {
            history.refresh(it.id());
            runs.refresh(it.id());
            valueSets.show(it.id());
        });
    }

    private ValueSetsViewModel.Variables variables() {
        var now = reading.get();
        return new ValueSetsViewModel.Variables(now.document().map(PromptDocument::inputSchema).orElse(new InputSchema(Map.of())),
                now.fields().stream().map(InputField::name).collect(java.util.stream.Collectors.toSet()));
    }

    /// Reads the history again, because someone changed it.
    void refreshHistory() {
        prompt.get().ifPresent(it -> history.refresh(it.id()));
    }

    private PromptReader.Question question() {
        var name = prompt.get().map(Prompt::name).orElse(Desk.UNNAMED);
        return new PromptReader.Question(new Reading.Source(text.get(), givenValues(), partials -> desk.snippets(name, partials), desk::snippetNames), chosenTarget.get());
    }

    private void found(PromptReader.Found found) {
        target.set(found.target());
        if (!found.reading().messages().isEmpty()) tokens.set(found.tokens()); // while the text is broken the last number stands
        valueTokens.set(found.values());
        reading.set(found.reading());
        renamed.follow(found.reading());
    }

    /// What can be undone in the text; the editor says so, and begins with it.
    UndoHistory undo() {
        return undo.get();
    }

    void undo(Supplier<UndoHistory> from) {
        undo = from;
    }

    /// Fills a variable with a file's text.
    void fill(String variable, Path file) {
        desk.background().run(() -> TextFile.read(file), content -> reading.get().document().ifPresent(it -> {
            values.put(variable, it.inputSchema().fromText(variable, content));
            say(new Message.Said(variable + " is the text of " + file.getFileName()));
        }), this::fail);
    }

    /// Gives a variable another name in the text and among the values.
    ///
    /// @throws ProblemException saying why not; then nothing changed
    void rename(String from, String to) {
        var change = VariableRename.of(text.get(), from, to);
        renamed.rename(from, to);
        text.set(change.apply(text.get()));
        if (!from.equals(to)) valueSets.renamed(from, to);
    }

    // ---- parameters, which are the front matter

    /// Changes one value of the front matter and no other byte; without a value takes the entry away.
    public void setParameter(List<String> path, Optional<Object> value) {
        edit(document -> value.map(it -> document.with(path, it)).orElseGet(() -> document.without(path)));
    }

    private void edit(UnaryOperator<PromptDocument> change) {
        try {
            text.set(change.apply(PromptDocument.parse(text.get())).text());
        } catch (ProblemException e) {
            message.set(Optional.of(new Message.Failed(e.problem())));
        }
    }

    // ---- saving

    /// Saves under a name for the first time.
    public void saveAs(PromptName name, String why) {
        desk.background().run(() -> desk.prompts().find(name).filter(it -> desk.prompts().log(it.id(), Integer.MAX_VALUE, 1).isEmpty()).orElseGet(() -> desk.prompts().create(name)), made -> {
            prompt.set(Optional.of(made));
            save(why);
        }, this::unsaved);
    }

    /// Puts the text into a file, for when the store takes none. It stays unsaved here.
    public void writeTo(Path file) {
        var bytes = text.get().getBytes(StandardCharsets.UTF_8);
        desk.background().run(() -> {
            Folders.replace(file, bytes);
            return file;
        }, written -> say(new Message.Said("The text is in " + written + "; here it is still not saved")), this::fail);
    }

    private void unsaved(Problem problem) {
        say(new Message.Unsaved(problem));
    }

    /// Makes the text a version.
    public void save(String why) {
        if (prompt.get().isEmpty()) throw new IllegalStateException("a prompt without a name is saved by saveAs");
        save(text.get(), why, this::saved);
    }

    private void save(String what, String why, Consumer<SaveOutcome> done) {
        var id = prompt.get().orElseThrow().id();
        var from = basedOn.get();
        desk.background().run(() -> desk.prompts().save(new Draft(id, BranchName.MAIN, from, what, partials(what), why, desk.member())), done, this::unsaved);
    }

    private static List<String> partials(String of) {
        try {
            return List.copyOf(PromptDocument.parse(of).template().partialNames());
        } catch (ProblemException _) { // broken text is kept too; what is wrong with it stands under the editor
            return List.of();
        }
    }

    private void saved(SaveOutcome outcome) {
        switch (outcome) {
            case SaveOutcome.Saved(var version) -> now(version, "Saved as version " + version.number());
            case SaveOutcome.Unchanged(var head) -> now(head, "Nothing changed since version " + head.number());
            case SaveOutcome.Overtaken(var theirs) -> {
                message.set(Optional.of(new Message.Overtaken(theirs)));
                refresh();
            }
        }
    }

    private void now(PromptVersion version, String said) {
        base(Optional.of(version));
        dirty.set(!text.get().equals(version.text())); // more may have been typed meanwhile
        message.set(Optional.of(new Message.Said(said)));
        refresh();
    }

    /// After it was overtaken: the next save comes after their version.
    public void continueOn(PromptVersion theirs) {
        base(Optional.of(theirs));
        dirty.set(!text.get().equals(theirs.text()));
        dismiss();
    }

    /// Saves the text of an old version as a new one. Only without changes, which it would replace.
    public void restore(PromptVersion old) {
        if (dirty.get()) {
            fail(new Problem("There are changes that are not saved", "version " + old.number(), "Save or discard them, then restore version " + old.number()));
            return;
        }
        save(old.text(), "Restored version " + old.number(), outcome -> {
            if (outcome instanceof SaveOutcome.Saved(var version)) {
                base(Optional.of(version));
                text.set(version.text());
            }
            saved(outcome);
        });
    }

    /// Takes the text of the version it grew from; the editor can undo that.
    public void discard() {
        text.set(base.map(PromptVersion::text).orElse(""));
        dismiss();
    }

    /// Puts a label on a version.
    public void label(LabelName label, int version) {
        history.label(prompt.get().orElseThrow().id(), label, version, outcome -> message.set(Optional.of(switch (outcome) {
            case LabelOutcome.Moved _ -> new Message.Said(label + " stands on version " + version);
            case LabelOutcome.Unmoved _ -> new Message.Said(label + " stood on version " + version + " already");
            case LabelOutcome.Refused(var reason) -> new Message.Failed(reason);
            case LabelOutcome.Overtaken overtaken -> new Message.Failed(overtaken.reason());
        })), this::fail);
    }

    // ---- comparing

    /// Shows what the text changes on the version that it grew from.
    public void compareWithSaved() {
        int from = basedOn.get();
        prompt.get().ifPresent(it -> desk.background().run(() -> desk.prompts().version(it.id(), from),
                found -> found.ifPresent(this::compareWithDraft), this::fail));
    }

    /// Shows what the text changes on a version.
    public void compareWithDraft(PromptVersion version) {
        compare("v" + version.number(), version.text(), dirty.get() ? "draft" : "v" + basedOn.get(), text.get());
    }

    /// Shows what changed from one version to another.
    public void compare(PromptVersion before, PromptVersion after) {
        compare("v" + before.number(), before.text(), "v" + after.number(), after.text());
    }

    private void compare(String beforeName, String before, String afterName, String after) {
        desk.background().compute(() -> Comparison.of(beforeName, before, afterName, after), found -> comparison.set(Optional.of(found)), this::fail);
    }

    public void closeComparison() {
        comparison.set(Optional.empty());
    }

    // ---- running

    /// Why it cannot be run now; empty if it can.
    public Optional<String> whyNotRun() {
        return reading.get().obstacle().map(trouble -> trouble.problem().what());
    }

    /// Sends what the text says now.
    public void run() {
        run(Sampling.DEFAULTS);
    }

    /// The same with another seed than the text names: how much the answer depends on chance.
    public void runWithNewSeed() {
        run(Sampling.DEFAULTS.withSeed(ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE)));
    }

    private void run(Sampling instead) {
        var most = reading.get().sampling().maxTokens();
        var asked = probabilities.get() && target.get().isLocal() ? instead.withTopLogprobs(ALTERNATIVES) : instead;
        runs.start(asking(values, target.get(), asked), most.isPresent() ? OptionalLong.of(most.getAsInt()) : OptionalLong.empty());
    }

    /// What is sent if the text that stands here now is run; made away from the FX thread.
    Callable<RunRequest> asking(Map<String, Object> with, Target where, Sampling instead) {
        var given = new LinkedHashMap<>(with);
        var what = text.get();
        var version = base.filter(it -> it.text().equals(what));
        var of = prompt.get();
        var from = basedOn.get();
        return () -> {
            var source = version.<RunSource>map(it -> new RunSource.SavedVersion(it, desk.snippets(it)))
                    .orElseGet(() -> new RunSource.Draft(of.map(Prompt::id), from, what,
                            desk.snippets(of.map(Prompt::name).orElse(Desk.UNNAMED), partials(what))));
            return new RunRequest(source, given, List.of(), where, instead, desk.member());
        };
    }

    /// Whether runs ask for the probabilities of their tokens, as far as the target gives them: the local engine does.
    public BooleanProperty probabilities() {
        return probabilities;
    }

    /// What was sent for the answer that is shown, or would be sent now; empty if the text cannot be.
    Optional<Exchange> exchange() {
        var run = runs.shown().get();
        if (run.isPresent()) return run.filter(it -> !it.messages().isEmpty()).map(it -> Exchange.of(it, textOf(it).flatMap(EditedPrompt::form)));
        var now = reading.get();
        if (now.messages().isEmpty()) return Optional.empty();
        return Optional.of(Exchange.of(target.get(), now.messages(), now.sampling(), form(now.text())));
    }

    private Optional<String> textOf(Run run) {
        return run.origin().draft().or(() -> base.filter(it -> it.number() == run.origin().version()).map(PromptVersion::text));
    }

    private static Optional<AnswerForm> form(String text) {
        try {
            var document = PromptDocument.parse(text);
            return AnswerForm.of(document.outputFormat(), document.outputSchema());
        } catch (ProblemException _) { // what is wrong stands under the editor
            return Optional.empty();
        }
    }

    /// What is given for the variables now, with its order, not to be changed.
    Map<String, Object> givenValues() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /// Reads the earlier runs again.
    void refreshRuns() {
        prompt.get().ifPresent(it -> runs.refresh(it.id()));
    }

    /// Several answers at once.
    public AnswerBatch batch() {
        return batch;
    }

    // ---- what is seen

    public ReadOnlyObjectProperty<Optional<Prompt>> prompt() {
        return prompt.getReadOnlyProperty();
    }

    /// The last part of its name.
    public String title() {
        return prompt.get().map(it -> it.name().path()).map(path -> path.substring(path.lastIndexOf('/') + 1)).orElse("untitled");
    }

    public StringProperty text() {
        return text;
    }

    public ReadOnlyIntegerProperty basedOn() {
        return basedOn.getReadOnlyProperty();
    }

    /// Whether the text differs from the version it grew from.
    public ReadOnlyBooleanProperty dirty() {
        return dirty.getReadOnlyProperty();
    }

    /// What is given for the variables; what is absent takes its default.
    public ObservableMap<String, Object> values() {
        return values;
    }

    /// A target chosen by hand, instead of the one that the text or the settings name.
    public ObjectProperty<Optional<Target>> chosenTarget() {
        return chosenTarget;
    }

    public ReadOnlyObjectProperty<Target> target() {
        return target.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Reading> reading() {
        return reading.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<PromptTokens> tokens() {
        return tokens.getReadOnlyProperty();
    }

    ModelEncoders encoders() {
        return desk.encoders();
    }

    /// The tokens of each value by itself.
    ReadOnlyObjectProperty<Map<String, TokenCount>> valueTokens() {
        return valueTokens.getReadOnlyProperty();
    }

    /// Makes the change that mends a trouble, if the text is still the one that it was found in.
    void fix(Trouble trouble) {
        if (text.get().equals(reading.get().text())) trouble.fix().ifPresent(it -> text.set(it.apply(text.get())));
    }

    public ReadOnlyObjectProperty<Optional<Message>> message() {
        return message.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Comparison>> comparison() {
        return comparison.getReadOnlyProperty();
    }

    public PromptHistory history() {
        return history;
    }

    public PromptRuns runs() {
        return runs;
    }

    Desk desk() {
        return desk;
    }

    /// What the variables are filled with, under names.
    public ValueSetsViewModel valueSets() {
        return valueSets;
    }

    void say(Message what) {
        message.set(Optional.of(what));
    }

    /// Where the caret stands: the editor writes it, and begins there.
    public IntegerProperty caret() {
        return caret;
    }

    public void dismiss() {
        message.set(Optional.empty());
    }

    OpenDraft asDraft() {
        return new OpenDraft(prompt.get().map(Prompt::id), title(), basedOn.get(), text.get(), OptionalInt.of(caret.get()), Optional.of(undo.get()));
    }

    private void fail(Problem problem) {
        say(new Message.Failed(problem));
    }
}
