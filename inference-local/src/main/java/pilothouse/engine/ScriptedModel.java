package pilothouse.engine;

import ai.djl.engine.EngineException;
import java.util.Arrays;
import pilothouse.engine.architectures.ModelShape;
import pilothouse.engine.torchscript.NativeMemory;
import pilothouse.engine.torchscript.TorchModule;
import pilothouse.engine.torchscript.TorchModule.Argument;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// A [LanguageModel] that runs as TorchScript. The cache begins small and grows by doubling up to what was reserved,
/// because its pages count as used as soon as they are cleared.
final class ScriptedModel implements LanguageModel {
    private static final int FIRST_TOKENS = 512;

    private final String architecture;
    private final Precision precision;
    private final ModelShape shape;
    private final long weightBytes;
    private final TorchModule module;
    private int slots;
    private int reserved;
    private int room; // tokens a slot that the cache holds now, at most `reserved`

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
                shape.cacheBytesPerToken() * slots * room);
    }

    @Override
    public void reserve(int slots, int tokens) {
        if (slots < 1 || tokens < 1 || tokens > shape.context())
            throw new IllegalArgumentException(slots + " slots of " + tokens + " tokens; the context is " + shape.context());
        this.slots = 0;
        this.reserved = 0;
        allocate("reserve", slots, Math.min(tokens, FIRST_TOKENS), new Argument.Whole(slots));
        this.slots = slots;
        this.reserved = tokens;
    }

    private void allocate(String method, int slots, int tokens, Argument... before) {
        var arguments = Arrays.copyOf(before, before.length + 1);
        arguments[before.length] = new Argument.Whole(tokens);
        try {
            module.runForLong(method, arguments);
        } catch (EngineException e) {
            throw new ProblemException(new Problem("There is not enough memory for a cache of " + slots + " × "
                    + tokens + " tokens (" + (shape.cacheBytesPerToken() * slots * tokens >> 20) + " MB)", architecture,
                    "Load the model with a shorter context, or end other programs."), e);
        }
        room = tokens;
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
        makeRoom(position, position + ids.length);
        return module.runForFloats("prefill", wholes(ids), new Argument.Whole(position), new Argument.Whole(slot), new Argument.Whole(all));
    }

    @Override
    public float[] decode(int firstSlot, int[] ids, int[] positions) {
        check(firstSlot, ids.length, ids);
        if (positions.length != ids.length)
            throw new IllegalArgumentException(ids.length + " ids and " + positions.length + " positions");
        int reach = Arrays.stream(positions).max().getAsInt() + 1;
        makeRoom(Arrays.stream(positions).min().getAsInt(), reach);
        return module.runForFloats("decode", wholes(ids), wholes(positions), new Argument.Whole(firstSlot), new Argument.Whole(reach));
    }

    private void check(int slot, int count, int[] ids) {
        if (slot < 0 || slot + count > slots)
            throw new IllegalArgumentException("slots " + slot + " to " + (slot + count - 1) + " of " + slots);
        if (ids.length == 0) throw new IllegalArgumentException("no ids");
        for (int id : ids)
            if (id < 0 || id >= shape.vocabulary())
                throw new IllegalArgumentException("id " + id + " of a vocabulary of " + shape.vocabulary());
    }

    private void makeRoom(int position, int reach) {
        if (position < 0 || reach > reserved)
            throw new IllegalArgumentException("positions " + position + " to " + (reach - 1) + " of " + reserved + " reserved");
        if (reach > room) allocate("grow", slots, Math.min(reserved, Math.max(reach, 2 * room)));
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
