package pilothouse.engine.grammar;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import java.util.stream.IntStream;
import pilothouse.tokens.Tokenizer;

/// All tokens that have bytes, as a tree of their bytes that is written out in the order of reading: what begins with a
/// byte that is not allowed is passed over as a whole. Immutable.
final class TokenTrie {
    private final Tokenizer tokenizer;
    private final byte[][] bytes;        // by id; empty for a control token
    private final int[] order;           // ids by their bytes
    private final BitSet writable = new BitSet(256);
    private byte[] labels;               // of each node, in the order of reading
    private short[] depths;              // 1 for the first byte
    private int[] skips;                 // the node after all that begins with this one
    private int[] firstTokens;           // place in `order` of the first token that ends here
    private int[] tokens;                // how many end here
    private int count;
    private int deepest;

    TokenTrie(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        bytes = IntStream.range(0, tokenizer.size()).mapToObj(tokenizer::bytes).toArray(byte[][]::new);
        order = IntStream.range(0, bytes.length).filter(id -> bytes[id].length > 0).boxed()
                .sorted((a, b) -> Arrays.compareUnsigned(bytes[a], bytes[b])).mapToInt(id -> id).toArray();
        for (int id : order) if (bytes[id].length == 1) writable.set(bytes[id][0] & 0xFF);
        write();
    }

    private void write() {
        int most = Arrays.stream(order).map(id -> bytes[id].length).sum();
        labels = new byte[most];
        depths = new short[most];
        skips = new int[most];
        firstTokens = new int[most];
        tokens = new int[most];
        deepest = Arrays.stream(order).map(id -> bytes[id].length).max().orElse(0);
        var open = new int[deepest + 1];
        int depth = 0;
        byte[] before = {};
        for (int i = 0; i < order.length; i++) {
            var token = bytes[order[i]];
            int common = Arrays.mismatch(before, token);
            if (common < 0) common = token.length;
            for (; depth > common; depth--) skips[open[depth]] = count;
            for (; depth < token.length; open[++depth] = count++) {
                labels[count] = token[depth];
                depths[count] = (short) (depth + 1);
            }
            if (tokens[open[depth]]++ == 0) firstTokens[open[depth]] = i;
            before = token;
        }
        for (; depth > 0; depth--) skips[open[depth]] = count;
    }

    /// Bytes that have a token of their own.
    BitSet writable() {
        return writable;
    }

    int size() {
        return bytes.length;
    }

    Set<Integer> stopIds() {
        return tokenizer.stopIds();
    }

    /// Empty for a control token.
    byte[] bytes(int id) {
        return bytes[id];
    }

    /// The tokens that lead from `state` to a state that can still be completed, and those that end the answer, if it may end.
    BitSet allowed(GrammarStates.State state, GrammarStates.State dead) {
        var allowed = new BitSet(bytes.length);
        var path = new GrammarStates.State[deepest + 1];
        path[0] = state;
        for (int node = 0; node < count; ) {
            int depth = depths[node];
            var next = path[depth - 1].after(labels[node] & 0xFF);
            if (next == dead) {
                node = skips[node];
                continue;
            }
            path[depth] = next;
            for (int i = 0; i < tokens[node]; i++) allowed.set(order[firstTokens[node] + i]);
            node++;
        }
        for (int id : stopIds()) allowed.set(id, state.mayEnd()); // even one that has bytes writes none
        return allowed;
    }
}
