package pilothouse.engine.grammar;

import java.util.Arrays;
import java.util.Set;
import pilothouse.engine.sampling.TokenRule;

/// Keeps one answer to its form. One thread.
public final class Guide implements TokenRule {
    private final TokenTrie trie;
    private final Set<Integer> stopIds;
    private final GrammarStates.State dead;
    private GrammarStates.State state;

    Guide(GrammarStates states, TokenTrie trie) {
        this.state = states.start();
        this.dead = states.dead();
        this.trie = trie;
        this.stopIds = trie.stopIds();
    }

    @Override
    public boolean allows(int id) {
        if (stopIds.contains(id)) return state.mayEnd();
        return leads(id) != dead;
    }

    private GrammarStates.State leads(int id) {
        if (id >= trie.size()) return dead; // rows of the head that no token belongs to
        var bytes = trie.bytes(id);
        if (bytes.length == 0) return dead;
        var next = state;
        for (byte b : bytes) {
            next = next.after(b & 0xFF);
            if (next == dead) return dead;
        }
        return next;
    }

    @Override
    public void mask(float[] logits) {
        var allowed = state.allowed();
        for (int from = allowed.nextClearBit(0); from < logits.length; ) {
            int until = allowed.nextSetBit(from);
            Arrays.fill(logits, from, until < 0 ? logits.length : until, Float.NEGATIVE_INFINITY);
            from = until < 0 ? logits.length : allowed.nextClearBit(until);
        }
    }

    /// A token of the answer, which must be allowed.
    public void accept(int id) {
        if (stopIds.contains(id)) return;
        var next = leads(id);
        if (next == dead) throw new IllegalArgumentException("token " + id + " is not allowed here");
        state = next;
    }

    /// Whether the answer is whole and nothing can follow.
    public boolean isComplete() {
        return state.mustEnd();
    }
}
