package pilothouse.problems;

import java.util.Locale;

/// A number and its word, as people say it: `1 version`, `2,000 versions`.
public final class Count {
    private Count() {}

    /// @param one the word for one thing; more of them have an `s` at its end
    public static String of(long number, String one) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : one + "s");
    }
}
