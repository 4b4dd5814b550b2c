package pilothouse.engine.grammar;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// A regular expression over code points.
sealed interface Regex {
    record Chars(CharSet set) implements Regex {}

    record Sequence(List<Regex> parts) implements Regex {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    record Choice(List<Regex> branches) implements Regex {
        public Choice {
            branches = List.copyOf(branches);
        }
    }

    /// @param most −1 for no limit
    record Repeat(Regex of, int least, int most) implements Regex {}

    Regex EMPTY = new Sequence(List.of());
    /// Any text.
    Regex ANYTHING = new Repeat(new Chars(CharSet.ALL), 0, -1);

    static Regex literal(String text) {
        return new Sequence(text.codePoints().mapToObj((IntFunction<Regex>) point -> new Chars(CharSet.of(point, point)))
                .collect(Collectors.toList()));
    }

    static Regex sequence(Regex... parts) {
        return new Sequence(List.of(parts));
    }

    static Regex optional(Regex part) {
        return new Repeat(part, 0, 1);
    }
}
