package pilothouse.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pilothouse.problems.ProblemException;
import pilothouse.runtime.Sampling;
import pilothouse.templates.PromptDocument;
import pilothouse.templates.QuickFix;
import pilothouse.templates.Range;
import pilothouse.templates.Spelling;
import pilothouse.templates.diagnostics.Diagnostic;
import pilothouse.templates.diagnostics.TextPlaces;

/// The parameters under `config`: each within its range, each known or at least no misspelling of a known one.
final class ParameterRule {
    /// The bounds, for fixes; what counts is what [Sampling] accepts.
    private static final Map<String, double[]> BOUNDS = Map.ofEntries(Map.entry("temperature", new double[] {0, 2}), Map.entry("topP", new double[] {0, 1}),
            Map.entry("top_p", new double[] {0, 1}), Map.entry("minP", new double[] {0, 1}), Map.entry("min_p", new double[] {0, 1}),
            Map.entry("topK", new double[] {0, Integer.MAX_VALUE}), Map.entry("top_k", new double[] {0, Integer.MAX_VALUE}),
            Map.entry("repetitionPenalty", new double[] {0.1, 10}), Map.entry("repetition_penalty", new double[] {0.1, 10}),
            Map.entry("presencePenalty", new double[] {-2, 2}), Map.entry("presence_penalty", new double[] {-2, 2}),
            Map.entry("frequencyPenalty", new double[] {-2, 2}), Map.entry("frequency_penalty", new double[] {-2, 2}),
            Map.entry("maxOutputTokens", new double[] {1, Integer.MAX_VALUE}), Map.entry("max_tokens", new double[] {1, Integer.MAX_VALUE}),
            Map.entry("topLogprobs", new double[] {0, 20}), Map.entry("top_logprobs", new double[] {0, 20}));
    private static final List<String> OTHERS = List.of("seed", "stopSequences", "stop");

    private ParameterRule() {}

    static List<Diagnostic> check(PromptDocument document, TextPlaces places) {
        var found = new ArrayList<Diagnostic>();
        document.config().forEach((name, value) -> {
            var path = List.of("config", name);
            var place = document.place(path).or(() -> document.placeOfKey(path)).orElse(new Range(0, 0));
            try {
                Sampling.of(java.util.Collections.singletonMap(name, value));
                misspelt(document, name, places).ifPresent(found::add);
            } catch (ProblemException e) {
                found.add(places.error("parameter", place, e.problem().what(), e.problem().remedy(), bounded(document, name, value)));
            }
        });
        return found;
    }

    private static Optional<Diagnostic> misspelt(PromptDocument document, String name, TextPlaces places) {
        if (BOUNDS.containsKey(name) || OTHERS.contains(name)) return Optional.empty();
        var known = new ArrayList<>(BOUNDS.keySet());
        known.addAll(OTHERS);
        return Spelling.nearest(name, known).flatMap(meant -> document.placeOfKey(List.of("config", name)).map(place -> places.warning("parameter", place,
                "Nothing reads the parameter \"" + name + "\"", "Is " + meant + " meant?",
                Optional.of(new QuickFix("Write " + meant, place.start(), place.end(), meant)))));
    }

    /// The nearest value that is allowed.
    private static Optional<QuickFix> bounded(PromptDocument document, String name, Object value) {
        if (!BOUNDS.containsKey(name)) return Optional.empty();
        var bounds = BOUNDS.get(name);
        try {
            double number = value instanceof Number given ? given.doubleValue() : Double.parseDouble(String.valueOf(value));
            boolean whole = bounds[1] > 10;
            double near = Math.clamp(whole ? Math.rint(number) : number, bounds[0], bounds[1]);
            Object text = near == Math.rint(near) ? (Object) (long) near : (Object) near;
            Sampling.of(Map.of(name, text));
            return Optional.of(QuickFix.between("Write " + text, document.text(), document.with(List.of("config", name), text).text()));
        } catch (NumberFormatException | ProblemException _) { // no number can be made of it: the sentence has to do
            return Optional.empty();
        }
    }
}
