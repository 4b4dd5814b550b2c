package pilothouse.prompts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import pilothouse.problems.ProblemException;

/// What a prompt is called: a path such as `support/reply`. A last part that begins with `_` is a
/// snippet's: `support/_signature` is used in `support/...` as `{{> signature}}`, `_signature` everywhere. Any other prompt is
/// used by its whole name: `{{> support/reply}}`.
///
/// @param path parts of letters, digits, `_`, `-` and `.`, joined by `/`; at most 200 characters
public record PromptName(@JsonValue String path) {
    private static final Pattern PATH = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}\\p{M}_.-]*(/[\\p{L}\\p{N}_][\\p{L}\\p{N}\\p{M}_.-]*)*");
    private static final int MAX_CHARS = 200;

    /// @throws ProblemException if it is no such path
    @JsonCreator
    public PromptName {
        if (path.length() > MAX_CHARS || !PATH.matcher(path).matches())
            throw new ProblemException("This is no name for a prompt", path,
                    "Use letters, digits, _ - and . in parts joined by /, such as support/reply; at most 200 characters");
    }

    public boolean isSnippet() {
        return path.startsWith("_", path.lastIndexOf('/') + 1);
    }

    /// The names that `{{> partial}}` may mean in this prompt, the nearest first.
    List<String> candidates(String partial) {
        var folder = path.substring(0, path.lastIndexOf('/') + 1);
        int last = partial.lastIndexOf('/') + 1;
        var snippet = partial.substring(0, last) + "_" + partial.substring(last);
        return Stream.of(folder + snippet, snippet, folder + partial, partial).distinct().filter(name -> !name.equals(path)).toList();
    }

    @Override
    public String toString() {
        return path;
    }
}
