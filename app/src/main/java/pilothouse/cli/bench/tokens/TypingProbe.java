package pilothouse.cli.bench.tokens;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import pilothouse.checks.KnownModels;
import pilothouse.checks.PromptCheck;
import pilothouse.checks.PromptCheck.Length;
import pilothouse.local.PromptCounter;
import pilothouse.runtime.Target;
import pilothouse.templates.Partials;
import pilothouse.templates.Rendering;
import pilothouse.templates.diagnostics.Inspection;

/// What the editor does after a key press: read the text, check it, render it, count it for its target.
final class TypingProbe {
    private static final String HEAD = "---\nmodel: %s\nconfig: {temperature: 0.5, maxOutputTokens: 100}\ninput:\n  schema:\n    name: string\n  default: {name: Ada}\n---\n{{role \"system\"}}Be kind to {{name}}.{{role \"user\"}}\n";

    private final PromptCounter counter;
    private final PromptCheck check;
    private final Target target;
    private final StringBuilder text;
    private final SplittableRandom random = new SplittableRandom(11);

    /// Times in seconds.
    record Times(List<Double> whole, List<Double> counting) {}

    TypingProbe(PromptCounter counter, Target target, String body) {
        this.counter = counter;
        this.target = target;
        check = new PromptCheck(KnownModels.of(List.of(target)));
        text = new StringBuilder(HEAD.formatted(target)).append(body);
    }

    Times type(int keys) {
        var whole = new ArrayList<Double>();
        var counting = new ArrayList<Double>();
        int at = text.length() / 2;
        for (int i = 0; i < keys; i++) {
            if (i % 40 == 0) at = HEAD.length() + 100 + random.nextInt(text.length() - HEAD.length() - 200);
            if (random.nextInt(6) == 0) text.deleteCharAt(--at);
            else text.insert(at++, random.nextInt(6) == 0 ? ' ' : (char) ('a' + random.nextInt(26)));
            var now = text.toString();
            long start = System.nanoTime();
            var inspection = Inspection.of(new Inspection.Question(now, Map.of(), true, Partials.NONE, List::of));
            var messages = inspection.rendering().map(Rendering::messages).orElse(List.of());
            long read = System.nanoTime();
            var tokens = counter.count(messages, target);
            long counted = System.nanoTime();
            check.of(inspection, Optional.of(new Length(tokens.total(), 8192)));
            whole.add((System.nanoTime() - start) / 1e9);
            counting.add((counted - read) / 1e9);
        }
        return new Times(whole, counting);
    }
}
