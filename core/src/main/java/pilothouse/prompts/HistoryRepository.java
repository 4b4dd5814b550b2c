package pilothouse.prompts;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import pilothouse.access.AuditJournal;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;
import pilothouse.store.Change;
import pilothouse.store.Progress;
import pilothouse.store.Store;
import pilothouse.store.Transaction;

/// Whole histories of prompts, read in one state and added in one transaction: what export and import are made of. All
/// methods block; safe for use from any thread.
public final class HistoryRepository {
    private static final String PINS = "select pins from prompt_version where prompt = ?";

    private final Store store;
    private final AuditJournal journal;
    private final List<LabelRule> rules;

    /// @param rules all must agree to each label's move
    public HistoryRepository(Store store, AuditJournal journal, List<LabelRule> rules) {
        this.store = store;
        this.journal = journal;
        this.rules = List.copyOf(rules);
    }

    /// Calls `each` with the histories of the selected prompts, archived ones too, and of the snippets that these are
    /// pinned to; by name, all of one state. On a thread of its own.
    ///
    /// @throws ProblemException if there are none
    public void each(PromptSelection selection, Consumer<PromptHistory> each) {
        store.read(tx -> {
            var all = tx.list(PromptRepository.PROMPT + "order by name", PromptRepository::prompt);
            var wanted = withSnippets(tx, all.stream().filter(prompt -> selection.includes(prompt.name())).map(Prompt::id).toList());
            if (wanted.isEmpty() && !selection.equals(PromptSelection.ALL))
                throw new ProblemException("There is no prompt of this name", selection.text(),
                        "`pilothouse prompts list` shows the prompts; a folder is named with a / at its end");
            for (var prompt : all) if (wanted.contains(prompt.id())) each.accept(history(tx, prompt));
            return null;
        });
    }

    /// What [#add] would do with `incoming` now.
    public List<HistoryPlan> plan(List<HistoryOutline> incoming) {
        return store.read(tx -> plan(tx, incoming));
    }

    /// Adds what is not here yet: all of it, or nothing.
    ///
    /// @param whole           gives the whole history of one of them when it is its turn, so that one is held at a time
    /// @param skipConflicting leaves out prompts that cannot be taken in, instead of refusing
    /// @return what was done
    /// @throws ProblemException if a prompt cannot be taken in, or is another one than its outline said
    public List<HistoryPlan> add(List<HistoryOutline> incoming, Function<HistoryOutline, PromptHistory> whole, boolean skipConflicting, Progress progress) {
        return store.write(tx -> {
            var plans = plan(tx, incoming);
            for (var plan : plans)
                if (!skipConflicting && plan.kind() == HistoryPlan.Kind.CONFLICTING)
                    throw new ProblemException("The prompt cannot be taken in: " + plan.conflicts().getFirst(), plan.name().path(),
                            "Nothing was changed. Rename the prompt here, or leave conflicting prompts out");
            for (int i = 0; i < plans.size(); i++) {
                progress.report((double) i / plans.size(), plans.get(i).name().path());
                if (plans.get(i).adds()) add(tx, plans.get(i), same(incoming.get(i), whole.apply(incoming.get(i))));
            }
            return plans;
        });
    }

    private static PromptHistory same(HistoryOutline outline, PromptHistory history) {
        if (history.outline().equals(outline)) return history;
        throw new ProblemException("What is to be taken in was changed meanwhile", outline.prompt().name().path(), "Nothing was changed here. Import it again");
    }

    private void add(Transaction tx, HistoryPlan plan, PromptHistory history) {
        var id = plan.prompt().toString();
        if (plan.kind() == HistoryPlan.Kind.NEW) journal.append(tx, PromptRepository.CREATE, history.prompt());
        tx.changed(new Change("prompt", id, 0));
        for (int number : plan.versions()) {
            journal.append(tx, PromptRepository.SAVE, history.versions().get(number - 1));
            tx.changed(new Change("version", id, number));
        }
        for (var move : plan.moves()) {
            journal.append(tx, LabelRepository.MOVE, move);
            tx.changed(new Change("label", id + "@" + move.label(), move.to()));
        }
    }

    private List<HistoryPlan> plan(Transaction tx, List<HistoryOutline> incoming) throws SQLException {
        var brought = new HashMap<PromptId, Integer>();
        incoming.forEach(history -> brought.put(history.prompt().id(), history.versions().size()));
        var names = new HashMap<PromptName, PromptId>();
        var plans = new ArrayList<HistoryPlan>();
        for (var history : incoming) {
            var twin = names.put(history.prompt().name(), history.prompt().id());
            var own = plan(tx, history, brought);
            plans.add(twin == null ? own : conflicting(own, "another prompt of the archive has the same name"));
        }
        return settled(incoming, plans);
    }

    /// Who pins a snippet that is not taken in cannot be taken in either.
    private static List<HistoryPlan> settled(List<HistoryOutline> incoming, List<HistoryPlan> plans) {
        for (boolean again = true; again; ) {
            again = false;
            var refused = new HashSet<PromptId>();
            plans.stream().filter(plan -> plan.kind() == HistoryPlan.Kind.CONFLICTING).forEach(plan -> refused.add(plan.prompt()));
            for (int i = 0; i < plans.size(); i++) {
                if (refused.contains(plans.get(i).prompt()) || plans.get(i).versions().isEmpty()) continue;
                var missing = pinned(incoming.get(i)).stream().filter(refused::contains).findFirst();
                if (missing.isEmpty()) continue;
                plans.set(i, conflicting(plans.get(i), "it uses a snippet that cannot be taken in"));
                again = true;
            }
        }
        return List.copyOf(plans);
    }

    private HistoryPlan plan(Transaction tx, HistoryOutline theirs, Map<PromptId, Integer> brought) throws SQLException {
        var prompt = theirs.prompt();
        var here = PromptRepository.prompt(tx, prompt.id());
        var conflicts = new ArrayList<String>();
        theirs.flaw().ifPresent(conflicts::add);
        if (here.isEmpty() && PromptRepository.prompt(tx, prompt.name()).isPresent()) conflicts.add("another prompt here has this name");
        var ours = here.isEmpty() ? new PromptHistory(prompt, List.of(), List.of()) : history(tx, here.get());
        int common = Math.min(ours.versions().size(), theirs.versions().size());
        for (int i = 0; i < common; i++)
            if (!ours.versions().get(i).hash().equals(theirs.versions().get(i).hash())) {
                conflicts.add("version " + (i + 1) + " here is another one");
                break;
            }
        var added = IntStream.rangeClosed(common + 1, theirs.versions().size()).boxed().toList();
        for (int number : added)
            for (var pin : theirs.versions().get(number - 1).pins())
                if (brought.getOrDefault(pin.snippet(), 0) < pin.version() && PromptRepository.version(tx, pin.snippet(), pin.version()).isEmpty())
                    conflicts.add("version " + number + " uses the snippet " + pin.name() + ", which is not here");
        var moves = moves(tx, ours, theirs, conflicts);
        var kind = !conflicts.isEmpty() ? HistoryPlan.Kind.CONFLICTING : here.isEmpty() ? HistoryPlan.Kind.NEW
                : added.isEmpty() && moves.isEmpty() ? HistoryPlan.Kind.SAME : HistoryPlan.Kind.GROWS;
        return new HistoryPlan(prompt.name(), prompt.id(), kind, added, common, moves, conflicts);
    }

    private List<LabelMove> moves(Transaction tx, PromptHistory ours, HistoryOutline theirs, List<String> conflicts) {
        var added = new ArrayList<LabelMove>();
        for (var label : PromptHistory.byLabel(theirs.moves()).entrySet()) {
            var here = PromptHistory.byLabel(ours.moves()).getOrDefault(label.getKey(), List.of());
            int common = Math.min(here.size(), label.getValue().size());
            if (!here.subList(0, common).equals(label.getValue().subList(0, common)))
                conflicts.add("the label " + label.getKey() + " was moved otherwise here");
            else added.addAll(label.getValue().subList(common, label.getValue().size()));
        }
        for (var move : added)
            rules.stream().flatMap(rule -> rule.objection(tx, move).stream()).findFirst()
                    .ifPresent(problem -> conflicts.add("the label " + move.label() + " may not move: " + problem.what()));
        return added;
    }

    private static HistoryPlan conflicting(HistoryPlan plan, String why) {
        var conflicts = new ArrayList<>(plan.conflicts());
        conflicts.add(why);
        return new HistoryPlan(plan.name(), plan.prompt(), HistoryPlan.Kind.CONFLICTING, plan.versions(), plan.same(), plan.moves(), conflicts);
    }

    private static Set<PromptId> pinned(HistoryOutline history) {
        var ids = new HashSet<PromptId>();
        history.versions().forEach(version -> version.pins().forEach(pin -> ids.add(pin.snippet())));
        return ids;
    }

    private static Set<PromptId> withSnippets(Transaction tx, List<PromptId> selected) throws SQLException {
        var all = new HashSet<>(selected);
        var open = new ArrayDeque<>(selected);
        for (var id = open.poll(); id != null; id = open.poll())
            for (var pins : tx.list(PINS, row -> Json.MAPPER.readValue(row.getString(1), Pin[].class), id.value()))
                Arrays.stream(pins).map(Pin::snippet).filter(all::add).forEach(open::add);
        return all;
    }

    private static PromptHistory history(Transaction tx, Prompt prompt) throws SQLException {
        var versions = tx.list(PromptRepository.VERSION + "where prompt = ? order by number", PromptRepository::version, prompt.id().value());
        var moves = tx.list(LabelRepository.MOVES + "where prompt = ? order by label, move", LabelRepository::move, prompt.id().value());
        return new PromptHistory(prompt, versions, moves);
    }
}
