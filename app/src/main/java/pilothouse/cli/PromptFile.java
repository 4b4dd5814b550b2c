package pilothouse.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.templates.Partials;
import pilothouse.templates.PromptDocument;

/// A prompt document in a file; its snippets are the files `_name.prompt` beside it.
record PromptFile(Path path, PromptDocument document) {
    static final String ENDING = ".prompt";

    /// @throws ProblemException if it cannot be read or its front matter is broken
    static PromptFile read(Terminal terminal, Path path) {
        var file = terminal.resolve(path);
        var text = GivenValues.text(terminal, file);
        try {
            return new PromptFile(file, PromptDocument.parse(text));
        } catch (ProblemException e) {
            throw in(file, e);
        }
    }

    Partials snippets(Terminal terminal) {
        return name -> Optional.of(path.resolveSibling("_" + name + ENDING)).filter(Files::isRegularFile)
                .map(file -> read(terminal, file).document().body());
    }

    /// The same problem, with the file's name before its place.
    static ProblemException in(Path file, ProblemException e) {
        var problem = e.problem();
        return new ProblemException(new Problem(problem.what(), file + (problem.where().isEmpty() ? "" : ": " + problem.where()),
                problem.remedy()), e);
    }
}
