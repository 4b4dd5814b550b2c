package pilothouse.safety;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pilothouse.json.Json;
import pilothouse.secrets.Secret;

/// Finds literal secrets in text: an automaton over all of them at once, so that the cost of a
/// character does not grow with their number. Immutable; safe for use from any thread.
///
/// Each secret is looked for as it is and as JSON would write it between quotes, since a model
/// repeats it in a tool call's arguments in that form.
///
/// Source: Aho and Corasick, *Efficient string matching*, CACM 18(6), 1975, in its deterministic form.
public final class SecretRule {
    /// The state in which nothing has begun.
    static final int START = 0;

    private final Map<Character, Integer> letters = new LinkedHashMap<>(); // to columns of `next`
    private final List<int[]> next = new ArrayList<>();     // [state][letter] -> state
    private final List<Integer> depth = new ArrayList<>();  // characters that led to a state
    private final List<String> found = new ArrayList<>();   // the longest secret that ends here, or ""
    private final List<Integer> length = new ArrayList<>(); // and its length
    private final List<Integer> open = new ArrayList<>();   // characters that may still grow into a secret

    private SecretRule(Map<String, String> names) {
        names.keySet().forEach(text -> text.chars().forEach(c -> letters.putIfAbsent((char) c, letters.size())));
        state(0);
        names.forEach(this::add);
        link();
    }

    public static SecretRule of(Collection<Secret> secrets) {
        var names = new LinkedHashMap<String, String>();
        for (var secret : secrets) {
            names.putIfAbsent(secret.reveal(), secret.ref().name());
            var quoted = Json.write(secret.reveal());
            names.putIfAbsent(quoted.substring(1, quoted.length() - 1), secret.ref().name());
        }
        return new SecretRule(names);
    }

    /// `text` with every secret in it replaced by its mask. Overlapping secrets are masked as one.
    public String mask(String text) {
        var stream = new MaskedStream(this);
        stream.accept(text);
        stream.finish();
        return stream.take(text.length()).text();
    }

    /// How many masks [#mask] puts into `text`.
    public int count(String text) {
        var stream = new MaskedStream(this);
        stream.accept(text);
        stream.finish();
        return stream.regions();
    }

    /// What stands in the place of secrets of these names.
    static String maskOf(Collection<String> names) {
        return "[secret " + String.join(", ", names) + " withheld]";
    }

    int step(int state, char c) {
        var letter = letters.get(c);
        return letter == null ? START : next.get(state)[letter];
    }

    /// The name of the longest secret whose last character led to `state`; empty if none did.
    String found(int state) {
        return found.get(state);
    }

    /// The length of that secret.
    int length(int state) {
        return length.get(state);
    }

    /// How many of the last characters may be the beginning of a secret that is not complete yet.
    int open(int state) {
        return open.get(state);
    }

    private int state(int characters) {
        var row = new int[letters.size()];
        Arrays.fill(row, -1);
        next.add(row);
        depth.add(characters);
        found.add("");
        length.add(0);
        open.add(0);
        return next.size() - 1;
    }

    private void add(String text, String name) {
        int state = START;
        for (int i = 0; i < text.length(); i++) {
            int letter = letters.get(text.charAt(i));
            if (next.get(state)[letter] < 0) {
                int made = state(i + 1);
                next.get(state)[letter] = made;
            }
            state = next.get(state)[letter];
        }
        found.set(state, name);
        length.set(state, text.length());
    }

    /// Breadth first: what a state lacks it takes from the state of its longest proper suffix.
    private void link() {
        var suffix = new int[next.size()];
        var queue = new ArrayDeque<Integer>(List.of(START));
        while (!queue.isEmpty()) {
            int state = queue.poll();
            int shorter = suffix[state];
            boolean leaf = true;
            for (int letter = 0; letter < letters.size(); letter++) {
                int child = next.get(state)[letter];
                int instead = state == START ? START : next.get(shorter)[letter];
                if (child < 0) {
                    next.get(state)[letter] = instead;
                } else {
                    leaf = false;
                    suffix[child] = instead;
                    queue.add(child);
                }
            }
            if (found.get(state).isEmpty() && state != START) {
                found.set(state, found.get(shorter));
                length.set(state, length.get(shorter));
            }
            open.set(state, leaf ? open.get(shorter) : depth.get(state));
        }
    }
}
