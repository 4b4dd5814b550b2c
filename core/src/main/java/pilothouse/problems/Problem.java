package pilothouse.problems;

import java.io.IOException;
import java.util.Objects;

/// What the user must know: what happened, where, and what to do about it.
///
/// @param what   one sentence in the user's words, without a full stop at its end being required
/// @param where  the file, prompt, field, line or server it happened at; empty if it has no place
/// @param remedy what the user can do now; empty if nothing
public record Problem(String what, String where, String remedy) {
    public Problem {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(remedy, "remedy");
    }

    /// The problem inside `failure`: its own if it is a [ProblemException], else one made from its
    /// kind and text, so that nothing is ever shown as a bare stack trace.
    public static Problem of(Throwable failure) {
        if (failure instanceof ProblemException known) return known.problem();
        if (failure instanceof java.io.UncheckedIOException io) return of(io.getCause());
        var text = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        if (failure instanceof IOException) return new Problem("Reading or writing failed: " + text, "", "");
        return new Problem("Unexpected failure: " + text, failure.getClass().getName(), "");
    }

    /// Whole text on one line: what, where, remedy.
    @Override
    public String toString() {
        var text = new StringBuilder(what);
        if (!where.isEmpty()) text.append(" (").append(where).append(')');
        if (!remedy.isEmpty()) text.append(". ").append(remedy);
        return text.toString();
    }
}
