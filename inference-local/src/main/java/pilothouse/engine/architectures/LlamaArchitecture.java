package pilothouse.engine.architectures;

import java.util.ArrayList;
import java.util.List;
import pilothouse.engine.torchscript.ScriptArchive;
import pilothouse.engine.weights.KernelPlan;
import pilothouse.engine.weights.Placement;
import pilothouse.engine.weights.Placement.Part;
import pilothouse.modelfiles.GgufFile;
import pilothouse.modelfiles.RowOrder;
import pilothouse.problems.ProblemException;

/// Llama, SmolLM2, Mistral and other files that call themselves `llama`: RMS norms, grouped-query attention with
/// rotary positions, gated SiLU.
public final class LlamaArchitecture implements Architecture {
    private static final int MOST = 1 << 20;

    @Override
    public String name() {
        return "llama";
    }

    @Override
    public ModelShape shape(GgufFile file) {
        refuseUnsupported(file);
        var keys = file.metadata();
        int hidden = keys.requireInt("llama.embedding_length", 32, MOST);
        int heads = keys.requireInt("llama.attention.head_count", 1, 4096);
        int headSize = keys.integer("llama.attention.key_length").isPresent()
                ? keys.requireInt("llama.attention.key_length", 2, MOST) : hidden / heads;
        int kvHeads = keys.integer("llama.attention.head_count_kv").isPresent()
                ? keys.requireInt("llama.attention.head_count_kv", 1, heads) : heads;
        if (heads % kvHeads != 0) throw unsupported(file, "llama.attention.head_count_kv", kvHeads + ", which does not divide " + heads);
        if (headSize % 2 != 0) throw unsupported(file, "llama.attention.key_length", headSize + ", which is odd");
        requireWholeHeads(file, "llama.rope.dimension_count", headSize);
        requireWholeHeads(file, "llama.attention.value_length", headSize);
        return new ModelShape(keys.requireInt("llama.block_count", 1, 1000), hidden,
                keys.requireInt("llama.feed_forward_length", 1, MOST), heads, kvHeads, headSize,
                Math.toIntExact(file.requireTensor("token_embd.weight").rows()),
                keys.requireInt("llama.context_length", 1, 1 << 24),
                keys.requireReal("llama.attention.layer_norm_rms_epsilon"),
                keys.real("llama.rope.freq_base").orElse(10_000), ropeFactor(file));
    }

    private static double ropeFactor(GgufFile file) {
        var keys = file.metadata();
        var kind = keys.string("llama.rope.scaling.type").orElse("none");
        return switch (kind) {
            case "none" -> 1;
            case "linear" -> keys.requireReal("llama.rope.scaling.factor");
            default -> throw unsupported(file, "llama.rope.scaling.type", kind);
        };
    }

    private static void refuseUnsupported(GgufFile file) {
        if (file.metadata().integer("llama.expert_count").orElse(0) > 0)
            throw unsupported(file, "llama.expert_count", file.metadata().integer("llama.expert_count").getAsLong() + " (a mixture of experts)");
        for (var tensor : List.of("rope_freqs.weight", "blk.0.attn_q.bias", "blk.0.attn_q_norm.weight", "blk.0.ffn_gate.bias"))
            if (file.tensor(tensor).isPresent())
                throw new ProblemException("The model uses tensor " + tensor + ", which is not supported yet",
                        file.path().toString(), "Choose another model.");
    }

    private static void requireWholeHeads(GgufFile file, String key, int headSize) {
        long size = file.metadata().integer(key).orElse(headSize);
        if (size != headSize) throw unsupported(file, key, size + " where the head size is " + headSize);
    }

    private static ProblemException unsupported(GgufFile file, String key, String value) {
        return new ProblemException("The model says " + key + " = " + value + ", which is not supported",
                file.path().toString(), "Choose another model.");
    }

    @Override
    public List<Placement> placements(ModelShape shape, GgufFile file) {
        int hidden = shape.hidden();
        int queries = shape.heads() * shape.headSize();
        int keys = shape.kvHeads() * shape.headSize();
        var all = new ArrayList<Placement>();
        all.add(Placement.table("embedding", "token_embd.weight", shape.vocabulary(), hidden));
        var head = file.tensor("output.weight").isPresent() ? "output.weight" : "token_embd.weight";
        all.add(Placement.matrix("head", part(head, shape.vocabulary(), hidden)));
        all.add(Placement.vector("norm", "output_norm.weight", hidden));
        for (int layer = 0; layer < shape.layers(); layer++) {
            var block = "blk." + layer + ".";
            all.add(Placement.vector("norm1", block + "attn_norm.weight", hidden));
            all.add(Placement.matrix("qkv", part(block + "attn_q.weight", queries, hidden),
                    part(block + "attn_k.weight", keys, hidden), part(block + "attn_v.weight", keys, hidden)));
            all.add(Placement.matrix("out", part(block + "attn_output.weight", hidden, queries)));
            all.add(Placement.vector("norm2", block + "ffn_norm.weight", hidden));
            all.add(Placement.matrix("gate_up", part(block + "ffn_gate.weight", shape.feedForward(), hidden),
                    part(block + "ffn_up.weight", shape.feedForward(), hidden)));
            all.add(Placement.matrix("down", part(block + "ffn_down.weight", hidden, shape.feedForward())));
        }
        return all;
    }

    private static Part part(String tensor, int rows, int columns) {
        return new Part(tensor, rows, columns, RowOrder.AS_STORED);
    }

    @Override
    public ScriptArchive script(ModelShape shape, KernelPlan plan) {
        return new LlamaScript(shape, plan).archive();
    }
}
