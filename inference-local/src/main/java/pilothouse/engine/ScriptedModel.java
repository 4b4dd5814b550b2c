package pilothouse.engine;

import ai.djl.engine.EngineException;
import java.util.Arrays;
import java.util.stream.IntStream;
import pilothouse.engine.architectures.ModelShape;
import pilothouse.engine.torchscript.NativeMemory;
import pilothouse.engine.torchscript.TorchModule;
import pilothouse.engine.torchscript.TorchModule.Argument;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// A [LanguageModel] that runs as TorchScript. What is reserved of the cache counts as used at once, because it is cleared.
final class ScriptedModel implements LanguageModel {
    private final String architecture;
    private final Precision precision;
    private final ModelShape shape;
    private final long weightBytes;
    private final TorchModule module;
    private int slots;
    private int room; // tokens a slot
    private int blocks;
    private int touchedBlocks; // the others take no memory yet

    ScriptedModel(String architecture, Precision precision, ModelShape shape, long weightBytes, TorchModule module) {
        this.architecture = architecture;
        this.precision = precision;
        this.shape = shape;
        this.weightBytes = weightBytes;
        this.module = module;
    }

    @Override
    public ModelCard card() {
        return new ModelCard(architecture, precision.label(), shape.context(), shape.vocabulary(), weightBytes,
                shape.cacheBytesPerToken() * ((long) slots * room + (long) touchedBlocks * BLOCK));
    }

    @Override
    public void reserve(int slots, int tokens) {
        if (slots < 1 || tokens < 1 || tokens > shape.context())
            throw new IllegalArgumentException(slots + " slots of " + tokens + " tokens; the context is " + shape.context());
        this.slots = 0;
        allocate("reserve", slots, tokens);
    }

    @Override
    public void resize(int slots, int tokens) {
        if (slots < 1 || tokens < 1 || tokens > shape.context() || this.slots == 0)
            throw new IllegalArgumentException(this.slots + " slots to " + slots + " of " + tokens + " tokens; the context is " + shape.context());
        if (slots != this.slots || tokens != room) allocate("resize", slots, tokens);
    }

    private void allocate(String method, int slots, int tokens) {
        try {
            module.runForLong(method, new Argument.Whole(slots), new Argument.Whole(tokens));
        } catch (EngineException e) {
            if (this.slots > 0) module.runForLong("resize", new Argument.Whole(this.slots), new Argument.Whole(room)); // layers that had grown
            throw new ProblemException(new Problem("There is not enough memory for a cache of " + slots + " × "
                    + tokens + " tokens (" + (shape.cacheBytesPerToken() * slots * tokens >> 20) + " MB)", architecture,
                    "Load the model with a shorter context, or end other programs."), e);
        }
        this.slots = slots;
        room = tokens;
    }

    @Override
    public void copySlot(int source, int target, int tokens) {
        checkSlots(source, 1);
        checkSlots(target, 1);
        checkPositions(0, tokens);
        module.runForLong("copy_slot", new Argument.Whole(source), new Argument.Whole(target), new Argument.Whole(tokens));
    }

    @Override
    public void reserveBlocks(int count) {
        if (count < 0) throw new IllegalArgumentException(count + " blocks");
        blocks = 0;
        touchedBlocks = 0;
        module.runForLong("reserve_blocks", new Argument.Whole(count));
        blocks = count;
    }

    @Override
    public void keep(int slot, int position, int block, int count) {
        moveBlocks("keep", slot, position, block, count);
        touchedBlocks = Math.max(touchedBlocks, block + count);
    }

    @Override
    public void recall(int slot, int position, int block, int count) {
        moveBlocks("recall", slot, position, block, count);
    }

    private void moveBlocks(String method, int slot, int position, int block, int count) {
        checkSlots(slot, 1);
        checkPositions(position, position + count * BLOCK);
        if (block < 0 || count < 1 || block + count > blocks)
            throw new IllegalArgumentException("blocks " + block + " to " + (block + count - 1) + " of " + blocks);
        module.runForLong(method, new Argument.Whole(slot), new Argument.Whole(position), new Argument.Whole(block), new Argument.Whole(count));
    }

    @Override
    public float[] prefill(int slot, int position, int[] ids) {
        return append(slot, position, ids, 0);
    }

    @Override
    public float[] prefillAll(int slot, int position, int[] ids) {
        return append(slot, position, ids, 1);
    }

    private float[] append(int slot, int position, int[] ids, int all) {
        check(slot, 1, ids);
        checkPositions(position, position + ids.length);
        return module.runForFloats("prefill", wholes(ids), new Argument.Whole(position), new Argument.Whole(slot), new Argument.Whole(all));
    }

    @Override
    public float[] decode(int firstSlot, int[] ids, int[] positions) {
        check(firstSlot, ids.length, ids);
        if (positions.length != ids.length)
            throw new IllegalArgumentException(ids.length + " ids and " + positions.length + " positions");
        int reach = Arrays.stream(positions).max().getAsInt() + 1;
        checkPositions(Arrays.stream(positions).min().getAsInt(), reach);
        return module.runForFloats("decode", wholes(ids), wholes(positions), new Argument.Whole(firstSlot), new Argument.Whole(reach));
    }

    @Override
    public float[] mixed(int[] ids, int[] positions, int slot, int position, int[] chunk) {
        check(0, ids.length, ids);
        check(slot, 1, chunk);
        if (positions.length != ids.length || slot < ids.length)
            throw new IllegalArgumentException(ids.length + " ids, " + positions.length + " positions, a chunk for slot " + slot);
        int reach = Arrays.stream(positions).max().getAsInt() + 1;
        checkPositions(Math.min(position, Arrays.stream(positions).min().getAsInt()), Math.max(reach, position + chunk.length));
        int n = ids.length;
        var all = Arrays.copyOf(ids, n + chunk.length);
        System.arraycopy(chunk, 0, all, n, chunk.length);
        var places = IntStream.range(0, all.length).map(i -> i < n ? positions[i] : position + i - n).toArray();
        var slotOf = IntStream.range(0, all.length).map(i -> i < n ? i : slot).toArray();
        return module.runForFloats("mixed", wholes(all), wholes(places), wholes(slotOf), new Argument.Whole(n), new Argument.Whole(reach));
    }

    private void checkSlots(int slot, int count) {
        if (slot < 0 || slot + count > slots)
            throw new IllegalArgumentException("slots " + slot + " to " + (slot + count - 1) + " of " + slots);
    }

    private void checkPositions(int from, int until) {
        if (from < 0 || until <= from || until > room)
            throw new IllegalArgumentException("positions " + from + " to " + (until - 1) + " of " + room + " reserved");
    }

    private void check(int slot, int count, int[] ids) {
        checkSlots(slot, count);
        if (ids.length == 0) throw new IllegalArgumentException("no ids");
        for (int id : ids)
            if (id < 0 || id >= shape.vocabulary())
                throw new IllegalArgumentException("id " + id + " of a vocabulary of " + shape.vocabulary());
    }

    private static Argument wholes(int[] values) {
        return new Argument.Wholes(Arrays.stream(values).asLongStream().toArray());
    }

    @Override
    public void close() {
        module.close();
        NativeMemory.trim();
    }
}
