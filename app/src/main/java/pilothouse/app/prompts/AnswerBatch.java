package pilothouse.app.prompts;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.collections.FXCollections;
import javafx.collections.MapChangeListener;
import javafx.collections.ObservableList;
import pilothouse.prompts.values.ValueSet;
import pilothouse.runs.Feedback;
import pilothouse.runs.RunId;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Target;

/// Several answers at once, to be seen side by side: of every value set, of several targets, of several seeds, or of all
/// that together. Each is a run like any other. FX thread only.
public final class AnswerBatch {
    /// The most answers of one batch.
    public static final int MOST = 500;
    /// How many a target is asked at once; the others wait.
    public static final int AT_ONCE = 4;
    /// The most answers to one set of values.
    public static final int MOST_EACH = 20;

    /// How many answers there are and how far they are.
    public record Count(int all, int over, int running, int failed) {
        static final Count NONE = new Count(0, 0, 0, 0);

        public boolean isRunning() {
            return over < all;
        }
    }

    private final Desk desk;
    private final EditedPrompt tab;
    private final BooleanProperty allSets = new SimpleBooleanProperty();
    private final IntegerProperty each = new SimpleIntegerProperty(1);
    private final ObservableList<Target> targets = FXCollections.observableArrayList();
    private final ObservableList<BatchAnswer> answers = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Count> count = new ReadOnlyObjectWrapper<>(Count.NONE);
    private boolean stepping;

    AnswerBatch(Desk desk, EditedPrompt tab) {
        this.desk = desk;
        this.tab = tab;
    }

    /// Whether every value set is asked, not only the values in the fields.
    public BooleanProperty allSets() {
        return allSets;
    }

    /// How many answers to the same, each with a seed of its own; 1 to [#MOST_EACH].
    public IntegerProperty each() {
        return each;
    }

    /// The targets that are asked; if empty, that of the prompt.
    public ObservableList<Target> targets() {
        return targets;
    }

    /// Asks a target too, or no more. Without any other, it is the one of the prompt, whichever that is.
    void ask(Target target, boolean asked) {
        var now = new LinkedHashSet<>(asked());
        if (asked) now.add(target);
        else now.remove(target);
        if (now.equals(Set.of(tab.target().get()))) now.clear();
        targets.setAll(now);
    }

    /// The targets that are asked now.
    List<Target> asked() {
        return targets.isEmpty() ? List.of(tab.target().get()) : List.copyOf(targets);
    }

    /// The answers of the last batch, in the order in which they were asked for.
    public ObservableList<BatchAnswer> answers() {
        return answers;
    }

    public ReadOnlyObjectProperty<Count> count() {
        return count.getReadOnlyProperty();
    }

    /// How many answers [#run] would ask for.
    public int size() {
        return (allSets.get() ? tab.valueSets().sets().size() : 1) * each.get() * asked().size();
    }

    /// Why they cannot be asked for now; empty if they can.
    public Optional<String> whyNot() {
        if (allSets.get() && tab.valueSets().sets().isEmpty()) return Optional.of("there is no value set yet");
        if (size() > MOST) return Optional.of(size() + " answers are too many, the most is " + MOST);
        return allSets.get() ? tab.reading().get().troubles().stream().filter(Trouble::blocking).filter(it -> !isOfAValue(it)).findFirst()
                .map(it -> it.problem().what()) : tab.whyNotRun();
    }

    /// A set may have what the fields lack; if it has not, its own answer says so.
    private boolean isOfAValue(Trouble trouble) {
        return trouble.found().rule().equals("missing-value") || tab.reading().get().fields().stream().anyMatch(field -> trouble.isAbout(field.name()));
    }

    // ---- running

    /// Asks every value set for its answer.
    public void runAllSets() {
        allSets.set(true);
        run();
    }

    /// Asks for all of them, in the place of the last batch.
    public void run() {
        if (whyNot().isPresent()) return;
        stop();
        var asked = new ArrayList<BatchAnswer>();
        var seeds = seeds();
        var sets = allSets.get() ? tab.valueSets().sets().stream().map(Optional::of).toList() : List.of(Optional.<ValueSet>empty());
        var where = asked();
        for (var set : sets)
            for (var seed : seeds)
                for (var target : where) asked.add(answer(set, seed, target, where.size() > 1));
        answers.setAll(asked);
        asked.forEach(this::follow);
        step();
    }

    /// The same for every set and target, so that only what is compared differs. Without any, the text's own counts, or
    /// chance.
    private List<OptionalLong> seeds() {
        var own = tab.reading().get().sampling().seed();
        if (each.get() == 1) return List.of(OptionalLong.empty());
        var seeds = new LinkedHashSet<OptionalLong>();
        own.ifPresent(seed -> seeds.add(OptionalLong.of(seed)));
        while (seeds.size() < each.get()) seeds.add(OptionalLong.of(ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE)));
        return List.copyOf(seeds);
    }

    private BatchAnswer answer(Optional<ValueSet> set, OptionalLong seed, Target target, boolean severalTargets) {
        var parts = new ArrayList<String>();
        set.ifPresent(it -> parts.add(it.name().text()));
        if (severalTargets) parts.add(target.toString());
        if (seed.isPresent()) parts.add("seed " + seed.getAsLong());
        if (!severalTargets) parts.add(target.toString());
        Map<String, Object> values = set.map(ValueSet::values).orElseGet(tab::givenValues);
        var sampling = seed.isPresent() ? Sampling.DEFAULTS.withSeed(seed.getAsLong()) : Sampling.DEFAULTS;
        var most = tab.reading().get().sampling().maxTokens();
        return new BatchAnswer(desk, parts.getFirst(), String.join(" · ", parts.subList(1, parts.size())), target, tab.asking(values, target, sampling),
                most.isPresent() ? OptionalLong.of(most.getAsInt()) : OptionalLong.empty());
    }

    private void follow(BatchAnswer answer) {
        answer.turn().addListener(_ -> step());
        answer.runs().progress().addListener((_, before, now) -> {
            if (before.isRunning() != now.isRunning()) step();
        });
        answer.runs().shown().addListener((_, _, run) -> run.ifPresent(_ -> tab.refreshRuns()));
        answer.runs().feedback().addListener((MapChangeListener<RunId, Feedback>) change -> {
            if (change.wasAdded()) tab.runs().feedback().put(change.getKey(), change.getValueAdded());
            else tab.runs().feedback().remove(change.getKey());
        });
    }

    /// Lets those begin that have room.
    private void step() {
        if (stepping) return; // one that begins says so while the others are still looked at
        stepping = true;
        try {
            for (var answer : answers)
                if (answer.turn().get() == BatchAnswer.Turn.QUEUED && running(answer.target()) < AT_ONCE) answer.begin();
        } finally {
            stepping = false;
        }
        count.set(new Count(answers.size(), number(BatchAnswer::isOver), number(BatchAnswer::isRunning),
                number(it -> it.runs().progress().get().state() == PromptRuns.State.FAILED)));
    }

    private long running(Target target) {
        return answers.stream().filter(it -> it.target().equals(target) && it.isRunning()).count();
    }

    private int number(java.util.function.Predicate<BatchAnswer> which) {
        return (int) answers.stream().filter(which).count();
    }

    /// Ends all that run, and lets none begin that waits.
    public void stop() {
        stepping = true;
        answers.forEach(it -> {
            if (!it.isOver()) it.stop();
        });
        stepping = false;
        step();
    }
}
