package pilothouse.engine.grammar;

import java.util.List;

/// A network over bytes. Each rule is a part of it with one way in and one way out; a call goes through another rule and
/// comes back. Immutable.
///
/// @param edges of each node
/// @param ends  whether a node is the way out of its rule
/// @param needs how many calls deep one must be able to go from a node to its rule's end, writing only bytes that the
///              vocabulary has a token of its own for; [#NEVER] where there is no such way
/// @param start the way into the first rule
record Grammar(List<List<Edge>> edges, boolean[] ends, int[] needs, int start, List<Rule> rules) {
    static final int NEVER = Integer.MAX_VALUE;
    /// Calls inside calls: well below the nesting that readers of JSON allow.
    static final int DEEPEST = 100;

    sealed interface Edge {
        int to();
    }

    /// @param first least byte, 0…255
    /// @param last  greatest byte
    record Bytes(int first, int last, int to) implements Edge {}

    record Nothing(int to) implements Edge {}

    /// @param rule number
    /// @param to   where it comes back
    record Call(int rule, int to) implements Edge {}

    record Rule(int start, int end) {}

    int starts(int rule) {
        return rules.get(rule).start();
    }
}
