package pilothouse.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pilothouse.engine.cache.CacheBudget;
import pilothouse.engine.cache.CacheBudget.Size;
import pilothouse.engine.cache.PrefixBlocks;
import pilothouse.problems.Problem;

/// The sequences in work and their slots in the model's cache: those that decode in slots 0, 1 …, and in the slot behind
/// them the one whose prompt is being read. The scheduler's thread only, but for [#running] and [#use].
final class SlotBatch {
    private static final Logger LOG = LoggerFactory.getLogger(SlotBatch.class);
    /// Ids of a prompt that go into the model at once while nothing else runs: the longest wait for a cancel.
    static final int CHUNK = 256;
    /// Tokens of an answer for which there must be room when its sequence joins.
    private static final int AHEAD = 128;

    private final LanguageModel model;
    private final int vocabulary;
    private final int context;
    private final CacheBudget budget;
    private final PrefixBlocks prefixes;
    private final List<Sequence> decoding = new ArrayList<>();
    private Optional<Sequence> reading = Optional.empty();
    private int[] guesses = {}; // for the next step of one that decodes alone
    private Size size = Size.NONE;
    private volatile List<Sequence> all = List.of();

    SlotBatch(LanguageModel model, int contextTokens, CacheBudget budget) {
        this.model = model;
        this.vocabulary = model.card().vocabularySize();
        this.context = contextTokens;
        this.budget = budget;
        this.prefixes = new PrefixBlocks(LanguageModel.BLOCK, budget.blocks());
    }

    /// Ids of a prompt that go into the model beside `decoding` rows: a step then takes at most twice as long.
    /// Measured: docs/decisions/0014.
    static int chunkBeside(int decoding) {
        return 6 + 2 * decoding;
    }

    /// All sequences in work. Any thread.
    List<Sequence> running() {
        return all;
    }

    /// Share of the cache's budget in use, 0…1. Any thread.
    double use() {
        return Math.min(1, (double) all.stream().mapToLong(Sequence::position).sum() / Math.max(budget.tokens(), context));
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /// The one that is served last.
    Sequence last() {
        return all.stream().max(Sequence.ORDER).orElseThrow();
    }

    /// Who would have to leave so that `next` can join: the one whose prompt is being read, or, if slots or memory are
    /// short, the last one. Empty if it can join now.
    Optional<Sequence> inTheWayOf(Sequence next) {
        return reading.or(() -> budget.allows(sizeWith(next), context) ? Optional.empty() : Optional.of(last()));
    }

    private Size sizeWith(Sequence next) {
        int longest = all.stream().mapToInt(sequence -> sequence.soon(AHEAD)).max().orElse(1);
        return new Size(all.size() + 1, Math.min(context, Math.max(longest, next.soon(AHEAD))));
    }

    /// Gives it a slot and what is kept of its beginning. Nothing may be [#inTheWayOf] it.
    void join(Sequence next) {
        resize(sizeWith(next));
        int slot = decoding.size();
        int position = 0;
        if (next.sharesPrefixes()) {
            for (var run : prefixes.find(next.ids(), next.known() - 1)) {
                model.recall(slot, run.position(), run.block(), run.count());
                position += run.count() * LanguageModel.BLOCK;
            }
        }
        next.begin(position);
        reading = Optional.of(next);
        changed();
    }

    /// Takes its slot away, keeps what others can use of it.
    void leave(Sequence sequence) {
        if (reading.filter(sequence::equals).isPresent()) {
            keep(sequence, decoding.size());
            reading = Optional.empty();
        } else {
            int slot = decoding.indexOf(sequence);
            keep(sequence, slot);
            close(slot);
        }
        changed();
    }

    /// Fills a slot with the last one, so that they stay contiguous.
    private void close(int slot) {
        int last = decoding.size() - 1;
        if (slot < last) model.copySlot(last, slot, decoding.get(last).position());
        decoding.set(slot, decoding.get(last));
        decoding.removeLast();
        if (reading.isPresent() && reading.get().position() > 0) model.copySlot(last + 1, last, reading.get().position());
    }

    private void keep(Sequence sequence, int slot) {
        if (!sequence.sharesPrefixes() || sequence.isFailed()) return;
        for (var run : prefixes.add(sequence.ids(), sequence.position()))
            model.keep(slot, run.position(), run.block(), run.count());
    }

    /// After a failure: nobody is in work any more, and nothing that the cache holds is relied on.
    void clear() {
        decoding.clear();
        guesses = new int[0];
        reading = Optional.empty();
        prefixes.clear();
        size = Size.NONE;
        changed();
    }

    private void changed() {
        var now = new ArrayList<>(decoding);
        reading.ifPresent(now::add);
        all = List.copyOf(now);
    }

    /// Whether the budget allows the next step; if not, someone must leave.
    boolean hasRoom() {
        return budget.allows(sizeOfStep(), context);
    }

    /// Makes the room for the next step, which must be within the budget.
    ///
    /// @throws pilothouse.problems.ProblemException if the machine does not have the memory; then nothing has changed
    void grow() {
        guesses = decoding.size() == 1 && reading.isEmpty() ? decoding.getFirst().guess() : new int[0];
        resize(sizeOfStep());
    }

    /// The one that needs the most room at the next step.
    Sequence longest() {
        return all.stream().max(Comparator.comparingInt(this::afterStep)).orElseThrow();
    }

    private Size sizeOfStep() {
        return new Size(all.size(), all.stream().mapToInt(this::afterStep).max().orElse(1));
    }

    /// Its ids in the cache after the next step; all of them, if it decodes.
    private int afterStep(Sequence sequence) {
        return Math.min(sequence.known(), sequence.position() + chunk()) + guesses.length;
    }

    private int chunk() {
        return decoding.isEmpty() || reading.filter(Sequence::isInvariant).isPresent() ? CHUNK : chunkBeside(decoding.size());
    }

    private void resize(Size needed) {
        var larger = budget.grown(size, needed, context);
        if (larger.equals(size)) return;
        if (size.equals(Size.NONE)) model.reserve(larger.slots(), larger.tokens());
        else model.resize(larger.slots(), larger.tokens());
        size = larger;
    }

    /// Gives memory back; nobody may be in work. If that fails, the next one to join gets a new cache.
    void shrink() {
        var first = new Size(1, Math.min(context, CacheBudget.FIRST_TOKENS));
        if (size.equals(Size.NONE) || first.holds(size)) return;
        try {
            model.resize(first.slots(), first.tokens());
            size = first;
        } catch (RuntimeException | Error e) {
            LOG.warn("The cache of {} × {} tokens does not become smaller: {}", size.slots(), size.tokens(), Problem.of(e));
            size = Size.NONE;
        }
    }

    /// One token for each that decodes and a part of the prompt that is being read, in one pass over the weights. Then
    /// those that have ended leave. [#grow] comes first.
    void step() {
        if (guesses.length > 0) stepWithGuesses(decoding.getFirst());
        else if (all.stream().anyMatch(Sequence::isInvariant)) stepApart();
        else stepOfAll();
        guesses = new int[0];
        for (var sequence : List.copyOf(decoding.reversed())) if (sequence.isEnded()) leave(sequence);
    }

    /// Several ids of one sequence in one pass over the weights: its last one and what may follow.
    private void stepWithGuesses(Sequence sequence) {
        int position = sequence.position();
        var ids = IntStream.concat(IntStream.of(sequence.take(1)), IntStream.of(guesses)).toArray();
        var logits = model.prefillAll(0, position, ids);
        accepted(sequence, () -> sequence.accept(logits, guesses));
    }

    private void stepOfAll() {
        int rows = decoding.size();
        var positions = decoding.stream().mapToInt(Sequence::position).toArray();
        var ids = decoding.stream().mapToInt(sequence -> sequence.take(1)[0]).toArray();
        var logits = reading.map(sequence -> read(sequence, ids, positions)).orElseGet(() -> model.decode(0, ids, positions));
        for (int row = 0; row < rows; row++) accept(decoding.get(row), logits, row);
        reading.ifPresent(sequence -> hasRead(sequence, logits, rows));
    }

    /// Those whose numbers must not depend on who is beside them go one by one; the others as far as they stand together.
    private void stepApart() {
        int rows = decoding.size();
        for (int slot = 0, count = 1; slot < rows; slot += count) {
            count = 1;
            while (slot + count < rows && !decoding.get(slot).isInvariant() && !decoding.get(slot + count).isInvariant()) count++;
            var together = List.copyOf(decoding.subList(slot, slot + count));
            var positions = together.stream().mapToInt(Sequence::position).toArray();
            var logits = model.decode(slot, together.stream().mapToInt(sequence -> sequence.take(1)[0]).toArray(), positions);
            for (int row = 0; row < count; row++) accept(together.get(row), logits, row);
        }
        reading.ifPresent(sequence -> hasRead(sequence, readApart(sequence, rows), 0));
    }

    /// One that has begun again goes through the same calls as before: its answer by single steps.
    private float[] readApart(Sequence sequence, int slot) {
        int position = sequence.position();
        int prompt = sequence.promptTokens();
        if (!sequence.isInvariant()) return model.prefill(slot, position, sequence.take(chunk()));
        return position < prompt ? model.prefill(slot, position, sequence.take(Math.min(CHUNK, prompt - position)))
                : model.decode(slot, sequence.take(1), new int[] {position});
    }

    private float[] read(Sequence sequence, int[] ids, int[] positions) {
        int position = sequence.position();
        var part = sequence.take(chunk());
        return ids.length == 0 ? model.prefill(0, position, part) : model.mixed(ids, positions, ids.length, position, part);
    }

    /// Its slot is the one behind those that decode.
    ///
    /// Its blocks are kept part by part, so that no step has to copy a long prompt at once.
    private void hasRead(Sequence sequence, float[] logits, int row) {
        boolean all = sequence.isSeen();
        if (all) accept(sequence, logits, row);
        keep(sequence, decoding.size());
        if (!all) return;
        decoding.add(sequence);
        reading = Optional.empty();
    }

    private void accept(Sequence sequence, float[] logits, int row) {
        accepted(sequence, () -> sequence.accept(logits, row * vocabulary));
    }

    private static void accepted(Sequence sequence, Runnable accept) {
        try {
            accept.run();
        } catch (RuntimeException e) {
            sequence.fail(Problem.of(e)); // this request's failure only
        }
    }
}
