package pilothouse.engine.grammar;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import pilothouse.engine.grammar.Grammar.Bytes;
import pilothouse.engine.grammar.Grammar.Call;
import pilothouse.engine.grammar.Grammar.Nothing;
import pilothouse.problems.ProblemException;

/// The deterministic machine of a [Grammar], made state by state as answers reach them. A state is the set of places in
/// the grammar, each with the calls that it came through, where the answer so far may be. From every state there is a way
/// to the end. One thread at a time.
final class GrammarStates {
    /// After so many the known ones are forgotten; answers in the making keep theirs.
    private static final int MOST_STATES = 5_000;
    private static final int MOST_MASKS = 500;
    /// Of all states that are known: where the answer may be in many ways, the states are large.
    private static final int MOST_PLACES_KNOWN = 300_000;
    /// Places of one state: a form of more is too ambiguous.
    private static final int MOST_PLACES = 20_000;

    private final Grammar grammar;
    private final TokenTrie trie;
    private final Map<Reached, State> states = new HashMap<>();
    private final Map<FrameKey, Frame> frames = new HashMap<>();
    private final State dead = new State(Set.of(), false);
    private int masks;
    private int placesKnown;

    /// A call that has not come back; the same call is the same object.
    ///
    /// @param back   where it comes back
    /// @param before null for the outermost
    private record FrameKey(int back, Frame before) {}

    private static final class Frame {
        private final int back;
        private final Frame before;
        private final int depth;

        private Frame(int back, Frame before, int depth) {
            this.back = back;
            this.before = before;
            this.depth = depth;
        }
    }

    private static final Frame OUTERMOST = new Frame(-1, null, 0);

    private record Place(int node, Frame frame) {}

    private record Reached(Set<Place> places, boolean end) {}

    GrammarStates(Grammar grammar, TokenTrie trie) {
        this.grammar = grammar;
        this.trie = trie;
    }

    /// Where nothing leads on.
    State dead() {
        return dead;
    }

    State start() {
        var places = new Places();
        places.reach(grammar.start(), OUTERMOST);
        return state(places);
    }

    private State state(Places places) {
        if (states.size() == MOST_STATES || placesKnown > MOST_PLACES_KNOWN) {
            states.clear();
            frames.clear();
            masks = 0;
            placesKnown = 0;
        }
        return states.computeIfAbsent(new Reached(places.reached, places.end), reached -> {
            placesKnown += reached.places.size();
            return new State(reached.places, reached.end);
        });
    }

    /// Where one byte leads, with everything that needs none. By a list of its own, not by recursion: ways without bytes may
    /// be as long as the grammar.
    private final class Places {
        private final Set<Place> reached = new HashSet<>();
        private final Set<Place> seen = new HashSet<>();
        private final Deque<Place> unread = new ArrayDeque<>();
        private boolean end;

        void reach(int node, Frame frame) {
            see(node, frame);
            while (!unread.isEmpty()) read(unread.pop());
        }

        private void see(int node, Frame frame) {
            if (grammar.needs()[node] > Grammar.DEEPEST - frame.depth) return;
            var place = new Place(node, frame);
            if (!seen.add(place)) return;
            if (seen.size() > MOST_PLACES)
                throw new ProblemException("The form that is asked for can be read in too many ways at once", "",
                        "Make the alternatives of the schema differ early, or take one of them out.");
            unread.push(place);
        }

        private void read(Place place) {
            var frame = place.frame;
            if (grammar.ends()[place.node]) {
                if (frame == OUTERMOST) end = true;
                else see(frame.back, frame.before);
            }
            boolean writes = false;
            for (var edge : grammar.edges().get(place.node)) {
                switch (edge) {
                    case Bytes _ -> writes = true;
                    case Nothing(int to) -> see(to, frame);
                    case Call(int rule, int to) -> call(rule, to, frame);
                }
            }
            if (writes) reached.add(place);
        }

        private void call(int rule, int to, Frame frame) {
            if (frame.depth == Grammar.DEEPEST || grammar.needs()[to] > Grammar.DEEPEST - frame.depth) return;
            var inner = frames.computeIfAbsent(new FrameKey(to, frame), _ -> new Frame(to, frame, frame.depth + 1));
            see(grammar.starts(rule), inner);
        }
    }

    /// Where an answer may be.
    final class State {
        private final Place[] places;
        private final boolean end;
        private final State[] next = new State[256]; // null where not known yet
        private BitSet allowed;

        private State(Set<Place> places, boolean end) {
            this.places = places.toArray(Place[]::new);
            this.end = end;
        }

        /// [#dead] if no answer goes on with this byte, 0…255.
        State after(int b) {
            var known = next[b];
            return known != null ? known : (next[b] = step(b));
        }

        private State step(int b) {
            var to = new Places();
            for (var place : places)
                for (var edge : grammar.edges().get(place.node))
                    if (edge instanceof Bytes(int first, int last, int target) && first <= b && b <= last) to.reach(target, place.frame);
            return to.reached.isEmpty() && !to.end ? dead : state(to);
        }

        /// Whether the answer may end here.
        boolean mayEnd() {
            return end;
        }

        /// Whether it must.
        boolean mustEnd() {
            return places.length == 0;
        }

        /// The tokens that may come next; shared, not to be changed.
        BitSet allowed() {
            if (allowed == null) {
                if (masks++ == MOST_MASKS) forgetMasks();
                allowed = trie.allowed(this, dead);
            }
            return allowed;
        }

        @Override
        public String toString() {
            return Arrays.toString(places);
        }
    }

    private void forgetMasks() {
        states.values().forEach(state -> state.allowed = null);
        masks = 1;
    }
}
