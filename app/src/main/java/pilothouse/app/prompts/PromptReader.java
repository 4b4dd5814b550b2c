package pilothouse.app.prompts;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.runtime.Target;
import pilothouse.templates.PromptDocument;

/// Reads a text again and again while it is typed, away from the FX thread and one at a time: what changed meanwhile
/// is read next, what lies between is left out. So the newest text is always read last, and nothing piles up.
final class PromptReader {
    /// @param target the one chosen by hand
    record Question(Reading.Source source, Optional<Target> target) {}

    /// @param target where the prompt goes
    record Found(Reading reading, Target target, PromptTokens tokens) {}

    private final Desk desk;
    private final Supplier<Question> question;
    private final Consumer<Found> found;
    private final Consumer<Problem> failed;
    private boolean isReading;
    private boolean again;

    /// @param question asked on the FX thread; `found` or `failed` answer there
    PromptReader(Desk desk, Supplier<Question> question, Consumer<Found> found, Consumer<Problem> failed) {
        this.desk = desk;
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
        var reading = Reading.of(asked.source());
        var target = asked.target().or(() -> named(reading)).orElseGet(desk.usualTarget());
        return new Found(reading, target, PromptTokens.of(reading.messages(), target, desk.encoders()));
    }

    private static Optional<Target> named(Reading of) {
        try {
            return of.document().flatMap(PromptDocument::model).map(Target::parse);
        } catch (ProblemException _) { // a bare model's name says nothing of where: the usual target has to do
            return Optional.empty();
        }
    }
}
