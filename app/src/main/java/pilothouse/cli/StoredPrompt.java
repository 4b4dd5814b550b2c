package pilothouse.cli;

import pilothouse.problems.ProblemException;
import pilothouse.prompts.Found;
import pilothouse.prompts.PromptRepository;
import pilothouse.runs.RunSource;
import pilothouse.templates.Partials;

/// Finds saved prompts by what people type.
public final class StoredPrompt {
    private StoredPrompt() {}

    /// @param reference `NAME`, `NAME@VERSION` or `NAME@LABEL`
    /// @throws ProblemException if there is none
    public static Found find(PromptRepository prompts, String reference) {
        return prompts.find(reference).orElseThrow(() -> new ProblemException("There is no prompt or version \"" + reference + "\"",
                "workspace", "`pilothouse prompts list` shows the prompts, `pilothouse prompts log NAME` their versions."));
    }

    /// What a run of that version is made of.
    public static RunSource source(PromptRepository prompts, Found found) {
        return new RunSource.SavedVersion(found.version(), snippets(prompts, found));
    }

    /// The bodies of the snippets that a version is rendered with.
    public static Partials snippets(PromptRepository prompts, Found found) {
        return Partials.ofDocuments(prompts.snippets(found.version()));
    }
}
