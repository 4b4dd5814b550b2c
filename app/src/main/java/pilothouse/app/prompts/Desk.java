package pilothouse.app.prompts;

import java.util.List;
import java.util.function.Supplier;
import pilothouse.access.MemberId;
import pilothouse.app.fx.Background;
import pilothouse.local.ModelEncoders;
import pilothouse.prompts.LabelRepository;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptRepository;
import pilothouse.prompts.PromptVersion;
import pilothouse.runs.RunRepository;
import pilothouse.runs.Runner;
import pilothouse.runtime.Target;
import pilothouse.templates.Partials;

/// What every open prompt works with.
record Desk(Background background, PromptRepository prompts, LabelRepository labels, Runner runner, RunRepository runs,
        ModelEncoders encoders, Supplier<Target> usualTarget, MemberId member) {
    /// A name for what has none yet: its snippets are those that are used everywhere.
    static final PromptName UNNAMED = new PromptName("untitled");

    /// The snippets that text of the prompt called `name` is rendered with while it is not saved. Blocks.
    Partials snippets(PromptName name, List<String> partials) {
        return partials.isEmpty() ? Partials.NONE : Partials.ofDocuments(prompts.snippets(name, partials));
    }

    /// The snippets that are pinned to a version. Blocks.
    Partials snippets(PromptVersion version) {
        return Partials.ofDocuments(prompts.snippets(version));
    }
}
