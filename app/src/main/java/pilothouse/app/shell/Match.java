package pilothouse.app.shell;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// How a text answers a query: it starts with it, a word of it does, it contains it, or at least its letters in order.
///
/// @param rank  0 is best
/// @param found positions of the letters that answer, ascending
record Match(int rank, List<Integer> found) {
    /// The match of `query` in `text`, without regard to case.
    static Optional<Match> of(String query, String text) {
        var wanted = query.strip().toLowerCase(Locale.ROOT);
        var given = text.toLowerCase(Locale.ROOT);
        if (wanted.isEmpty()) return Optional.of(new Match(0, List.of()));
        if (given.startsWith(wanted)) return Optional.of(run(0, 0, wanted));
        for (int i = given.indexOf(wanted); i >= 0; i = given.indexOf(wanted, i + 1))
            if (!Character.isLetterOrDigit(given.charAt(i - 1))) return Optional.of(run(1, i, wanted));
        var inside = given.indexOf(wanted);
        if (inside >= 0) return Optional.of(run(2, inside, wanted));
        return scattered(wanted, given);
    }

    /// Those of `things` that answer, best first, otherwise in their order.
    static <T> List<T> best(String query, List<T> things, Function<T, String> text) {
        record Ranked<T>(T thing, int rank) {}
        return things.stream().flatMap(it -> of(query, text.apply(it)).map(match -> new Ranked<>(it, match.rank())).stream())
                .sorted(Comparator.comparingInt(Ranked::rank)).map(Ranked::thing).toList();
    }

    private static Match run(int rank, int from, String wanted) {
        return new Match(rank, java.util.stream.IntStream.range(from, from + wanted.length()).boxed().toList());
    }

    private static Optional<Match> scattered(String wanted, String given) {
        var found = new java.util.ArrayList<Integer>();
        var from = 0;
        for (var letter : wanted.replace(" ", "").toCharArray()) {
            var at = given.indexOf(letter, from);
            if (at < 0) return Optional.empty();
            found.add(at);
            from = at + 1;
        }
        return Optional.of(new Match(3, List.copyOf(found)));
    }
}
