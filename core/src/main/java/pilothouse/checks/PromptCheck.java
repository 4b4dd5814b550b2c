package pilothouse.checks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import pilothouse.problems.ProblemException;
import pilothouse.runtime.Sampling;
import pilothouse.safety.SecretShape;
import pilothouse.templates.PromptDocument;
import pilothouse.templates.QuickFix;
import pilothouse.templates.Range;
import pilothouse.templates.diagnostics.Diagnostic;
import pilothouse.templates.diagnostics.Inspection;
import pilothouse.templates.diagnostics.TextPlaces;
import pilothouse.tokens.TokenBudget;
import pilothouse.tokens.TokenCount;

/// Everything that is wrong or doubtful in a prompt.
public final class PromptCheck {
    private final KnownModels models;

    public PromptCheck(KnownModels models) {
        this.models = models;
    }

    /// How long the prompt is, and what it has to fit into.
    public record Length(TokenCount prompt, int contextTokens) {}

    /// What the text tells by itself, and what depends on the models there are and on the prompt's length, in the order of the
    /// text.
    ///
    /// @param length empty if it is not known
    public List<Diagnostic> of(Inspection inspection, Optional<Length> length) {
        var found = new ArrayList<>(inspection.diagnostics());
        var places = inspection.places();
        inspection.document().ifPresent(document -> {
            found.addAll(ModelRule.check(document, places, models));
            var parameters = ParameterRule.check(document, places);
            found.addAll(parameters);
            if (parameters.stream().noneMatch(Diagnostic::isError)) length.flatMap(it -> tooLong(document, places, it)).ifPresent(found::add);
        });
        found.addAll(secrets(places));
        found.sort(Comparator.comparingInt(Diagnostic::start).thenComparing(Diagnostic::severity));
        return List.copyOf(found);
    }

    private static Optional<Diagnostic> tooLong(PromptDocument document, TextPlaces places, Length length) {
        var sampling = sampling(document);
        int answer = sampling.maxTokens().orElse(0);
        var name = document.config().containsKey("max_tokens") ? "max_tokens" : "maxOutputTokens";
        var place = document.place(List.of("config", name)).orElse(new Range(0, 0));
        return new TokenBudget(length.contextTokens(), answer).check(length.prompt()).map(problem -> places.error("too-long", place, problem.what(), problem.remedy(),
                fitting(document, name, length.contextTokens() - length.prompt().tokens())));
    }

    /// A shorter answer, if that is enough.
    private static Optional<QuickFix> fitting(PromptDocument document, String name, int left) {
        if (left < 1 || !document.config().containsKey(name)) return Optional.empty();
        try {
            return Optional.of(QuickFix.between("Set " + name + " to " + left, document.text(), document.with(List.of("config", name), left).text()));
        } catch (ProblemException _) { // written in a way that cannot be changed from outside
            return Optional.empty();
        }
    }

    private static Sampling sampling(PromptDocument document) {
        try {
            return Sampling.of(document.config());
        } catch (ProblemException _) { // two names of one parameter: its rule says so
            return Sampling.DEFAULTS;
        }
    }

    private static List<Diagnostic> secrets(TextPlaces places) {
        return SecretShape.in(places.text()).stream().map(key -> places.warning("secret", new Range(key.start(), key.end()),
                "This looks like a secret: " + key.maker() + ". It would be stored and sent with the prompt",
                "Take it out, and make it void if others may have seen it.", Optional.of(new QuickFix("Take it out", key.start(), key.end(), "")))).toList();
    }
}
