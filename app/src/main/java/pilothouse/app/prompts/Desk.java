package pilothouse.app.prompts;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
import pilothouse.templates.PromptDocument;

/// What every open prompt works with.
record Desk(Background background, PromptRepository prompts, LabelRepository labels, Runner runner, RunRepository runs,
        ModelEncoders encoders, Supplier<Target> usualTarget, MemberId member) {
    /// A name for what has none yet: its snippets are those that are used everywhere.
    static final PromptName UNNAMED = new PromptName("untitled");

    /// The snippets that text of the prompt called `name` is rendered with while it is not saved. Blocks.
    Partials snippets(PromptName name, List<String> partials) {
        return partials.isEmpty() ? Partials.NONE : bodies(prompts.snippets(name, partials));
    }

    /// The snippets that are pinned to a version. Blocks.
    Partials snippets(PromptVersion version) {
        return bodies(prompts.snippets(version));
    }

    private static Partials bodies(Map<String, String> documents) {
        return Partials.of(documents.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> PromptDocument.parse(entry.getValue()).body())));
    }
}
