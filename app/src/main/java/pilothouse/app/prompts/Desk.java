package pilothouse.app.prompts;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import pilothouse.access.MemberId;
import pilothouse.app.fx.Background;
import pilothouse.checks.KnownModels;
import pilothouse.local.ModelEncoders;
import pilothouse.prompts.LabelRepository;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptRepository;
import pilothouse.prompts.PromptVersion;
import pilothouse.prompts.values.ValueSetRepository;
import pilothouse.runs.FeedbackRepository;
import pilothouse.runs.RunRepository;
import pilothouse.runs.Runner;
import pilothouse.runtime.Target;
import pilothouse.templates.Partials;
import pilothouse.tokens.Price;

/// What every open prompt works with.
record Desk(Background background, PromptRepository prompts, LabelRepository labels, ValueSetRepository valueSets, Runner runner, RunRepository runs,
        FeedbackRepository feedback, ModelEncoders encoders, Supplier<Target> usualTarget, Supplier<KnownModels> models, MemberId member,
        Function<Target, Optional<Price>> prices) {
    /// A name for what has none yet: its snippets are those that are used everywhere.
    static final PromptName UNNAMED = new PromptName("untitled");

    /// The snippets that text of the prompt called `name` is rendered with while it is not saved. Blocks.
    Partials snippets(PromptName name, List<String> partials) {
        return partials.isEmpty() ? Partials.NONE : Partials.ofDocuments(prompts.snippets(name, partials));
    }

    /// What a misspelt snippet could be called. Blocks.
    List<String> snippetNames() {
        return prompts.list().stream().map(prompt -> prompt.name().path()).map(path -> path.replaceFirst("(^|/)_([^/]*)$", "$1$2")).toList();
    }

    /// The names that a tag in the prompt called `name` can include, shortest form, snippets first. Blocks.
    List<String> snippetNames(PromptName name) {
        var folder = name.path().substring(0, name.path().lastIndexOf('/') + 1);
        return prompts.list().stream().map(Prompt::name).filter(it -> !it.equals(name))
                .sorted(Comparator.comparing((PromptName it) -> !it.isSnippet()).thenComparing(it -> written(it, folder)))
                .map(it -> written(it, folder)).distinct().toList();
    }

    /// As a tag in that folder writes it.
    private static String written(PromptName name, String folder) {
        return name.isSnippet() ? shortened(name.path().replaceFirst("(^|/)_([^/]*)$", "$1$2"), folder) : name.path();
    }

    private static String shortened(String path, String folder) {
        return path.lastIndexOf('/') + 1 == folder.length() && path.startsWith(folder) ? path.substring(folder.length()) : path;
    }

    /// The snippets that are pinned to a version. Blocks.
    Partials snippets(PromptVersion version) {
        return Partials.ofDocuments(prompts.snippets(version));
    }
}
