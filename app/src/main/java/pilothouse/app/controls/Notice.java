package pilothouse.app.controls;

import java.util.Optional;

/// One sentence for the user, with at most one thing to do about it. The shell shows it; a card may too.
///
/// @param text   one sentence in the user's words
/// @param detail what is one click away: the technical side; may be empty
/// @param link   what can be done about it
public record Notice(Tone tone, String text, String detail, Optional<Link> link) {
    public Notice(Tone tone, String text) {
        this(tone, text, "", Optional.empty());
    }

    public Notice(Tone tone, String text, Link link) {
        this(tone, text, "", Optional.of(link));
    }

    public static Notice said(String text) {
        return new Notice(Tone.SUCCESS, text);
    }

    /// A problem: what and remedy are the sentence, its place the detail.
    public static Notice of(pilothouse.problems.Problem problem) {
        var text = problem.remedy().isEmpty() ? problem.what() : problem.what() + ". " + problem.remedy();
        return new Notice(Tone.DANGER, text, problem.where(), Optional.empty());
    }

    /// A verb and what it does.
    public record Link(String text, Runnable action) {}
}
