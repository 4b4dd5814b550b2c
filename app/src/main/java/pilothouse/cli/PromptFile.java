package pilothouse.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
        return snippets(terminal, path);
    }

    /// `{{> name}}` is `_name.prompt` beside the file, else `name.prompt`; nothing outside of its folder is read.
    static Partials snippets(Terminal terminal, Path of) {
        return name -> candidates(of, name).stream().filter(Files::isRegularFile).findFirst().map(file -> read(terminal, file).document().body());
    }

    private static List<Path> candidates(Path of, String name) {
        var folder = of.toAbsolutePath().normalize().getParent();
        int last = name.lastIndexOf('/') + 1;
        return Stream.of(name.substring(0, last) + "_" + name.substring(last), name).map(it -> folder.resolve(it + ENDING).normalize())
                .filter(file -> file.startsWith(folder)).toList();
    }

    /// What a misspelt snippet of that file could be called.
    static List<String> snippetNames(Path of) {
        try (var files = Files.list(of.toAbsolutePath().normalize().getParent())) {
            return files.map(file -> file.getFileName().toString()).filter(it -> it.startsWith("_") && it.endsWith(ENDING))
                    .map(it -> it.substring(1, it.length() - ENDING.length())).toList();
        } catch (IOException _) { // then nothing is guessed
            return List.of();
        }
    }

    /// The same problem, with the file's name before its place.
    static ProblemException in(Path file, ProblemException e) {
        var problem = e.problem();
        return new ProblemException(new Problem(problem.what(), file + (problem.where().isEmpty() ? "" : ": " + problem.where()),
                problem.remedy()), e);
    }
}
