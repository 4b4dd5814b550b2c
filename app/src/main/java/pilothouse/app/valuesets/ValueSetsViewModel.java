package pilothouse.app.valuesets;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.MapChangeListener;
import javafx.collections.ObservableList;
import javafx.collections.ObservableMap;
import pilothouse.app.controls.Notice;
import pilothouse.app.controls.Tone;
import pilothouse.app.fx.Background;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.PromptId;
import pilothouse.prompts.values.SetOutcome;
import pilothouse.prompts.values.ValueSet;
import pilothouse.prompts.values.ValueSetFile;
import pilothouse.prompts.values.ValueSetName;
import pilothouse.prompts.values.ValueSetRepository;
import pilothouse.templates.InputSchema;

/// The value sets of one open prompt, which of them its variables show, and whether they still do. FX thread only.
public final class ValueSetsViewModel {
    private static final int LINES_SHOWN = 50;

    private final Background background;
    private final ValueSetRepository repository;
    private final ObservableMap<String, Object> values;
    private final Supplier<Variables> variables;
    private final ObservableList<ValueSet> sets = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Optional<ValueSet>> chosen = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper dirty = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<Notice>> notice = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<PromptId>> prompt = new ReadOnlyObjectWrapper<>(Optional.empty());
    private boolean filling;

    /// What a prompt's text says of its variables.
    ///
    /// @param names of those that it declares or reads
    public record Variables(InputSchema schema, java.util.Set<String> names) {}

    /// @param values    what the variables are filled with now
    /// @param variables asked when a file is read
    public ValueSetsViewModel(Background background, ValueSetRepository repository, ObservableMap<String, Object> values, Supplier<Variables> variables) {
        this.background = background;
        this.repository = repository;
        this.values = values;
        this.variables = variables;
        values.addListener((MapChangeListener<String, Object>) _ -> compare());
    }

    private void compare() {
        if (!filling) dirty.set(chosen.get().filter(set -> !set.values().equals(values)).isPresent());
    }

    /// Reads the sets of that prompt. A tab that has no prompt yet has none.
    public void show(PromptId of) {
        prompt.set(Optional.of(of));
        refresh();
    }

    /// Reads them again, because someone changed them.
    public void refresh() {
        prompt.get().ifPresent(of -> read(() -> repository.of(of), this::list));
    }

    private void list(List<ValueSet> now) {
        var before = chosen.get();
        if (!sets.equals(now)) sets.setAll(now);
        before.ifPresent(set -> {
            var theirs = now.stream().filter(it -> it.id().equals(set.id())).findFirst();
            boolean untouched = !dirty.get();
            chosen.set(theirs);
            if (untouched) theirs.ifPresent(it -> fill(it.values()));
            compare();
        });
    }

    // ---- choosing

    /// Fills the variables from a set. What was typed is offered back.
    public void choose(ValueSet set) {
        if (chosen.get().map(ValueSet::id).equals(Optional.of(set.id())) && !dirty.get()) return;
        var typed = new LinkedHashMap<>(values);
        var from = chosen.get();
        boolean lost = from.isPresent() ? dirty.get() : !typed.isEmpty() && sets.stream().noneMatch(it -> it.values().equals(typed));
        chosen.set(Optional.of(set));
        fill(set.values());
        compare();
        if (lost) say(new Notice(Tone.WARNING, "What was typed was not in a set.", new Notice.Link("Bring it back", () -> {
            chosen.set(from.flatMap(it -> sets.stream().filter(other -> other.id().equals(it.id())).findFirst()));
            fill(typed);
            compare();
            dismiss();
        })));
        else dismiss();
    }

    /// Goes to the set that many places further, around the end.
    public void step(int by) {
        if (sets.isEmpty()) return;
        var at = chosen.get().map(set -> ids().indexOf(set.id())).orElse(by > 0 ? -1 : 0);
        choose(sets.get(Math.floorMod(at + by, sets.size())));
    }

    private List<UUID> ids() {
        return sets.stream().map(ValueSet::id).toList();
    }

    /// Fills the variables with values that came from elsewhere, and chooses the set that has them, if one does.
    public void fillFrom(Map<String, Object> given) {
        fill(given);
        sets.stream().filter(set -> set.values().equals(given)).findFirst().ifPresent(set -> chosen.set(Optional.of(set)));
        compare();
    }

    /// Takes back what was typed since the set was chosen.
    public void revert() {
        chosen.get().ifPresent(set -> fill(set.values()));
        compare();
    }

    private void fill(Map<String, Object> given) {
        filling = true;
        try {
            values.keySet().removeIf(name -> !given.containsKey(name));
            given.forEach((name, value) -> {
                if (!values.containsKey(name) || !Objects.equals(values.get(name), value)) values.put(name, value);
            });
        } finally {
            filling = false;
        }
    }

    // ---- changing

    /// Makes a set of what the variables are filled with now.
    public void saveAs(String name) {
        named(name, as -> {
            var now = new LinkedHashMap<>(values);
            prompt.get().ifPresent(of -> read(() -> repository.add(of, as, now), outcome -> saved(outcome, "Kept as ")));
        });
    }

    /// Gives the chosen set what the variables are filled with now.
    public void save() {
        chosen.get().ifPresent(set -> {
            var now = new LinkedHashMap<>(values);
            read(() -> repository.change(set, set.name(), now), outcome -> saved(outcome, "Saved "));
        });
    }

    public void rename(String name) {
        named(name, as -> chosen.get().ifPresent(set -> read(() -> repository.change(set, as, set.values()), outcome -> saved(outcome, "Renamed to "))));
    }

    /// Takes the chosen set away; the notice brings it back. The values stay in the fields.
    public void remove() {
        chosen.get().ifPresent(set -> read(() -> {
            repository.remove(set);
            return set;
        }, removed -> {
            chosen.set(Optional.empty());
            compare();
            say(new Notice(Tone.SUCCESS, "Deleted \"" + removed.name() + "\".", new Notice.Link("Undo", () -> restore(removed))));
            refresh();
        }));
    }

    private void restore(ValueSet removed) {
        read(() -> repository.restore(removed), outcome -> saved(outcome, "Brought back "));
    }

    /// A variable has another name in the text now. The sets belong to every version, so they follow if the user says so.
    public void renamed(String variable, String to) {
        var filling = sets.stream().filter(set -> set.values().containsKey(variable) && !set.values().containsKey(to)).count();
        if (filling > 0) say(new Notice(Tone.WARNING, counted((int) filling, "value set") + (filling == 1 ? " still fills " : " still fill ") + variable + ".",
                new Notice.Link("Rename it there too", () -> rename(variable, to))));
    }

    private void rename(String variable, String to) {
        prompt.get().ifPresent(of -> read(() -> repository.rename(of, variable, to), number -> {
            say(new Notice(Tone.SUCCESS, "Renamed in " + counted(number, "value set") + ".", new Notice.Link("Undo", () -> rename(to, variable))));
            refresh();
        }));
    }

    private void named(String name, Consumer<ValueSetName> then) {
        try {
            then.accept(new ValueSetName(name.strip()));
        } catch (ProblemException e) {
            fail(e.problem());
        }
    }

    private void saved(SetOutcome outcome, String done) {
        switch (outcome) {
            case SetOutcome.Saved(var set) -> now(set, done + "\"" + set.name() + "\".");
            case SetOutcome.Unchanged(var set) -> now(set, "Nothing changed in \"" + set.name() + "\".");
            case SetOutcome.NameTaken(var by) -> fail(new Problem("There is a set \"" + by.name() + "\" already", "value set " + by.name(), "Choose another name"));
            case SetOutcome.Overtaken(var theirs) -> overtaken(theirs);
        }
    }

    private void now(ValueSet set, String said) {
        chosen.set(Optional.of(set));
        compare();
        say(Notice.said(said));
        refresh();
    }

    /// The values in the fields stay; they count against what is in the store now.
    private void overtaken(Optional<ValueSet> theirs) {
        chosen.set(theirs);
        dirty.set(theirs.filter(set -> !set.values().equals(values)).isPresent());
        say(new Notice(Tone.WARNING, theirs.map(set -> set.savedBy() + " changed \"" + set.name() + "\" meanwhile. Save again to put yours in its place.")
                .orElse("Someone deleted this set meanwhile. The values are still in the fields: save them under a name.")));
        refresh();
    }

    // ---- importing

    /// Makes sets of the rows of a file; those of names that there are already get the row's values.
    public void importFrom(Path file) {
        if (prompt.get().isEmpty()) return;
        var of = prompt.get().get();
        var wanted = variables.get();
        background.run("Import value sets from " + file.getFileName(), _ -> {
            var content = ValueSetFile.read(file, wanted.schema(), wanted.names());
            return new Imported(content, repository.put(of, content.sets()));
        }, this::imported, this::fail);
    }

    private record Imported(ValueSetFile.Content content, ValueSetRepository.Put put) {}

    private void imported(Imported what) {
        var put = what.put;
        var refused = what.content.refused();
        var unknown = what.content.unknown();
        var text = new StringBuilder(counted(put.added(), "new set")).append(", ").append(put.changed()).append(" changed, ").append(put.same()).append(" as before.");
        if (!refused.isEmpty()) text.append(' ').append(counted(refused.size(), "row")).append(refused.size() == 1 ? " was not taken." : " were not taken.");
        if (!unknown.isEmpty()) text.append(" No variable is called ").append(String.join(", ", unknown)).append('.');
        var lines = refused.stream().limit(LINES_SHOWN).map(row -> "Line " + row.line() + ": " + row.reason()).collect(Collectors.joining("\n"));
        var rest = refused.size() > LINES_SHOWN ? "\nand " + (refused.size() - LINES_SHOWN) + " more" : "";
        say(new Notice(refused.isEmpty() && unknown.isEmpty() ? Tone.SUCCESS : Tone.WARNING, text.toString(), lines + rest, Optional.empty()));
        refresh();
    }

    private static String counted(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    // ---- what is seen

    private <T> void read(java.util.concurrent.Callable<T> work, Consumer<T> done) {
        background.run(work, done, this::fail);
    }

    private void fail(Problem problem) {
        say(Notice.of(problem));
    }

    private void say(Notice what) {
        notice.set(Optional.of(what));
    }

    public void dismiss() {
        notice.set(Optional.empty());
    }

    /// The sets of the prompt, by name.
    public ObservableList<ValueSet> sets() {
        return sets;
    }

    /// The set that the fields were filled from.
    public ReadOnlyObjectProperty<Optional<ValueSet>> chosen() {
        return chosen.getReadOnlyProperty();
    }

    /// Whether the fields differ from the chosen set.
    public ReadOnlyBooleanProperty dirty() {
        return dirty.getReadOnlyProperty();
    }

    /// What the user must know.
    public ReadOnlyObjectProperty<Optional<Notice>> notice() {
        return notice.getReadOnlyProperty();
    }

    /// Whose sets these are; empty while the prompt has no name, which has none.
    public ReadOnlyObjectProperty<Optional<PromptId>> prompt() {
        return prompt.getReadOnlyProperty();
    }
}
