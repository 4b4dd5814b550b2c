package pilothouse.engine.grammar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pilothouse.engine.grammar.Grammar.Bytes;
import pilothouse.engine.grammar.Grammar.Call;
import pilothouse.engine.grammar.Grammar.Edge;
import pilothouse.engine.grammar.Grammar.Nothing;
import pilothouse.engine.grammar.Grammar.Rule;
import pilothouse.problems.ProblemException;

/// Writes a [Grammar]. Everything is written between two nodes. One thread.
final class GrammarBuilder {
    private static final int MOST_NODES = 100_000;
    private static final int MOST_EDGES = 1_000_000;
    private static final CharSet ASCII = CharSet.of(0, 0x7F);

    private final List<List<Edge>> edges = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private final Map<CharSet, Integer> wide = new HashMap<>();
    private int edgeCount;

    /// @throws ProblemException if there are too many
    int node() {
        if (edges.size() == MOST_NODES) throw tooLarge();
        edges.add(new ArrayList<>(2));
        return edges.size() - 1;
    }

    /// A rule of which nothing is written yet.
    int rule() {
        rules.add(new Rule(node(), node()));
        return rules.size() - 1;
    }

    Rule of(int rule) {
        return rules.get(rule);
    }

    void nothing(int from, int to) {
        edge(from, new Nothing(to));
    }

    void bytes(int from, int first, int last, int to) {
        edge(from, new Bytes(first, last, to));
    }

    void call(int from, int rule, int to) {
        edge(from, new Call(rule, to));
    }

    private void edge(int from, Edge edge) {
        if (edgeCount++ == MOST_EDGES) throw tooLarge();
        edges.get(from).add(edge);
    }

    private static ProblemException tooLarge() {
        return new ProblemException("The form that is asked for is too large", "", "Ask for smaller counts or fewer alternatives.");
    }

    void text(int from, String text, int to) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        int node = from;
        for (int i = 0; i < bytes.length; i++) {
            int next = i == bytes.length - 1 ? to : node();
            bytes(node, bytes[i] & 0xFF, bytes[i] & 0xFF, next);
            node = next;
        }
        if (bytes.length == 0) nothing(from, to);
    }

    /// One code point, as UTF-8. Those of several bytes go through a rule of their own, shared by all who ask for the
    /// same: a long row of characters then has one node for each.
    void utf8(int from, CharSet set, int to) {
        set.and(ASCII).forEachRange((first, last) -> bytes(from, first, last, to));
        var others = set.minus(ASCII);
        if (others.isEmpty()) return;
        var known = wide.get(others);
        if (known == null) {
            known = rule();
            wide.put(others, known);
            var rule = of(known);
            others.forEachRange((first, last) -> range(first, last, rule.start(), rule.end()));
        }
        call(from, known, to);
    }

    /// Splits where the row of bytes would not be one range at each place. Source: the usual construction for UTF-8 machines.
    private void range(int first, int last, int from, int to) {
        for (int most : new int[] {0x7F, 0x7FF, 0xFFFF}) {
            if (first <= most && most < last) {
                range(first, most, from, to);
                range(most + 1, last, from, to);
                return;
            }
        }
        for (int rest = 1; rest < length(first); rest++) {
            int mask = (1 << 6 * rest) - 1;
            if ((first & ~mask) == (last & ~mask)) break;
            int cut = (first & mask) != 0 ? first | mask : (last & mask) != mask ? (last & ~mask) - 1 : -1;
            if (cut < 0) continue;
            range(first, cut, from, to);
            range(cut + 1, last, from, to);
            return;
        }
        var low = new String(Character.toChars(first)).getBytes(StandardCharsets.UTF_8);
        var high = new String(Character.toChars(last)).getBytes(StandardCharsets.UTF_8);
        int node = from;
        for (int i = 0; i < low.length; i++) {
            int next = i == low.length - 1 ? to : node();
            bytes(node, low[i] & 0xFF, high[i] & 0xFF, next);
            node = next;
        }
    }

    private static int length(int point) {
        return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }

    /// How a code point is written.
    @FunctionalInterface
    interface Spelling {
        void write(int from, CharSet set, int to);
    }

    void regex(int from, Regex regex, int to, Spelling spelling) {
        switch (regex) {
            case Regex.Chars(var set) -> spelling.write(from, set, to);
            case Regex.Choice(var branches) -> branches.forEach(branch -> regex(from, branch, to, spelling));
            case Regex.Sequence(var parts) -> {
                int node = from;
                for (var part : parts) {
                    int next = node();
                    regex(node, part, next, spelling);
                    node = next;
                }
                nothing(node, to);
            }
            case Regex.Repeat repeat -> repeat(from, repeat, to, spelling);
        }
    }

    private void repeat(int from, Regex.Repeat repeat, int to, Spelling spelling) {
        int node = node();
        nothing(from, node);
        for (int i = 0; i < repeat.least(); i++) node = once(node, repeat.of(), spelling);
        if (repeat.most() < 0) {
            int after = once(node, repeat.of(), spelling);
            nothing(after, node);
        }
        nothing(node, to);
        for (int i = repeat.least(); i < repeat.most(); i++) {
            node = once(node, repeat.of(), spelling);
            nothing(node, to);
        }
    }

    private int once(int from, Regex regex, Spelling spelling) {
        int next = node();
        regex(from, regex, next, spelling);
        return next;
    }

    /// @param first   rule
    /// @param writable bytes that the vocabulary has a token of its own for
    /// @throws ProblemException if nothing of this form can be written with them
    Grammar build(int first, BitSet writable) {
        var needs = needs(writable);
        int start = of(first).start();
        if (needs[start] > Grammar.DEEPEST)
            throw new ProblemException("No answer can have the form that is asked for", "", needs[start] == Grammar.NEVER
                    ? "It never ends, allows nothing, or needs characters that the model has no token for: change it."
                    : "It is nested too deeply: change it.");
        var ends = new boolean[edges.size()];
        rules.forEach(rule -> ends[rule.end()] = true);
        return new Grammar(List.copyOf(edges), ends, needs, start, List.copyOf(rules));
    }

    /// An edge whose need hangs on a node.
    private record Dependent(int from, Edge edge) {}

    /// From the ends backwards, until nothing changes: the least depth, over all ways, of the deepest call of a way.
    private int[] needs(BitSet writable) {
        var needs = new int[edges.size()];
        Arrays.fill(needs, Grammar.NEVER);
        var dependents = dependents();
        var changed = new ArrayDeque<Integer>();
        for (var rule : rules) {
            needs[rule.end()] = 0;
            changed.add(rule.end());
        }
        while (!changed.isEmpty())
            for (var dependent : dependents.get(changed.poll())) {
                int need = need(dependent.edge, needs, writable);
                if (need >= needs[dependent.from]) continue;
                needs[dependent.from] = need;
                changed.add(dependent.from);
            }
        return needs;
    }

    /// By node: the edges that lead to it, and the calls of a rule that begins there.
    private List<List<Dependent>> dependents() {
        var dependents = new ArrayList<List<Dependent>>();
        for (int node = 0; node < edges.size(); node++) dependents.add(new ArrayList<>(2));
        for (int node = 0; node < edges.size(); node++)
            for (var edge : edges.get(node)) {
                dependents.get(edge.to()).add(new Dependent(node, edge));
                if (edge instanceof Call(int rule, _)) dependents.get(of(rule).start()).add(new Dependent(node, edge));
            }
        return dependents;
    }

    private int need(Edge edge, int[] needs, BitSet writable) {
        int after = needs[edge.to()];
        if (after == Grammar.NEVER) return Grammar.NEVER;
        return switch (edge) {
            case Nothing _ -> after;
            case Bytes(int first, int last, _) -> {
                int one = writable.nextSetBit(first);
                yield one >= 0 && one <= last ? after : Grammar.NEVER;
            }
            case Call(int rule, _) -> {
                int inside = needs[of(rule).start()];
                yield inside == Grammar.NEVER ? Grammar.NEVER : Math.max(after, inside + 1);
            }
        };
    }
}
