package pilothouse.app.prompts;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import pilothouse.checks.PromptCheck;
import pilothouse.checks.PromptCheck.Length;
import pilothouse.local.PromptCounter;
import pilothouse.local.PromptTokens;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.runtime.Target;
import pilothouse.templates.PromptDocument;
import pilothouse.templates.diagnostics.Inspection;
import pilothouse.tokens.TokenCount;

/// Reads a text again and again while it is typed, away from the FX thread and one at a time: what changed meanwhile
/// is read next, what lies between is left out. So the newest text is always read last, and nothing piles up.
final class PromptReader {
    /// @param target the one chosen by hand
    record Question(Reading.Source source, Optional<Target> target) {}

    /// @param target where the prompt goes
    /// @param values the tokens of each value by itself
    record Found(Reading reading, Target target, PromptTokens tokens, Map<String, TokenCount> values) {}

    private final Desk desk;
    private final Supplier<Question> question;
    private final Consumer<Found> found;
    private final Consumer<Problem> failed;
    private final PromptCounter counter;
    private boolean isReading;
    private boolean again;

    /// @param question asked on the FX thread; `found` or `failed` answer there
    PromptReader(Desk desk, Supplier<Question> question, Consumer<Found> found, Consumer<Problem> failed) {
        this.desk = desk;
        counter = new PromptCounter(desk.encoders(), desk.prices());
        this.question = question;
        this.found = found;
        this.failed = failed;
    }

    void read() {
        again = isReading;
        if (isReading) return;
        isReading = true;
        var asked = question.get();
        desk.background().compute(() -> answer(asked), answer -> {
            found.accept(answer);
            next();
        }, problem -> {
            failed.accept(problem);
            next();
        });
    }

    private void next() {
        isReading = false;
        if (again) read();
    }

    private Found answer(Question asked) {
        var inspection = Reading.inspect(asked.source());
        var target = asked.target().or(() -> named(inspection)).orElseGet(desk.usualTarget());
        var tokens = counter.count(Reading.messages(inspection), target);
        var length = tokens.context().isEmpty() ? Optional.<Length>empty() : Optional.of(new Length(tokens.total(), tokens.context().getAsInt()));
        var reading = Reading.of(inspection, new PromptCheck(desk.models().get()).of(inspection, length));
        var values = inspection.document().map(it -> it.withDefaults(asked.source().values())).orElse(asked.source().values());
        return new Found(reading, target, tokens, counter.values(values, target));
    }

    private static Optional<Target> named(Inspection of) {
        try {
            return of.document().flatMap(PromptDocument::model).map(Target::parse);
        } catch (ProblemException _) { // a bare model's name says nothing of where: the usual target has to do
            return Optional.empty();
        }
    }
}
