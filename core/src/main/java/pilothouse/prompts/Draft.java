package pilothouse.prompts;

import java.nio.charset.StandardCharsets;
import java.util.List;
import pilothouse.access.MemberId;
import pilothouse.problems.ProblemException;

/// Text that is not saved yet, and the version it grew from.
///
/// @param basedOn  number of the version it grew from; 0 for a prompt's first
/// @param partials names that the text uses as `{{> name}}`; those that name a snippet are pinned at save
/// @param message  why, in a few words; may be empty
public record Draft(PromptId prompt, BranchName branch, int basedOn, String text, List<String> partials, String message,
        MemberId author) {
    /// @throws ProblemException if the text cannot be kept exactly
    public Draft {
        partials = List.copyOf(partials);
        if (text.length() > PromptVersion.MAX_CHARS)
            throw new ProblemException("The text has " + text.length() + " characters, the most is " + PromptVersion.MAX_CHARS,
                    "", "Split it into snippets");
        var utf8 = StandardCharsets.UTF_8.newEncoder();
        if (!utf8.canEncode(text) || !utf8.canEncode(message))
            throw new ProblemException("The text holds half of a character (a surrogate without its pair)", "",
                    "Delete the broken character; it cannot be saved as it is");
        if (text.indexOf(0) >= 0 || message.indexOf(0) >= 0)
            throw new ProblemException("The text holds the character U+0000, which a team's store cannot keep", "",
                    "Delete that character; it is not visible");
    }
}
