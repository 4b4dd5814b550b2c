package pilothouse.cli.bench.store;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.problems.Problem;
import pilothouse.prompts.PromptId;
import pilothouse.runs.Answer;
import pilothouse.runs.Run;
import pilothouse.runs.RunId;
import pilothouse.runs.RunOrigin;
import pilothouse.runs.Span;
import pilothouse.runs.Timings;
import pilothouse.runs.Trace;
import pilothouse.runtime.FinishReason;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Target;
import pilothouse.runtime.Usage;
import pilothouse.store.UuidV7;

/// Runs as a gateway's traffic makes them: of some prompts and targets, one in a hundred failed.
final class RunLoad {
    private static final List<Target> TARGETS = IntStream.range(0, 5).mapToObj(i -> new Target("server" + i, "model")).toList();
    private static final int VERSIONS = 20;

    private final StoreText text;
    private final List<PromptId> prompts;
    private final UuidV7 ids = new UuidV7(InstantSource.system(), new SecureRandom());

    RunLoad(StoreText text, List<PromptId> prompts) {
        this.text = text;
        this.prompts = prompts;
    }

    PromptId prompt() {
        return prompts.get((int) Math.pow(prompts.size(), text.random().nextDouble()) - 1);
    }

    Target target() {
        return TARGETS.get(text.random().nextInt(TARGETS.size()));
    }

    /// The same run under an id of its own.
    static Run again(Run run) {
        return new Run(new RunId(UUID.randomUUID()), run.startedAt(), run.member(), run.origin(), run.values(), run.messages(), run.target(),
                run.sampling(), run.answer(), run.usage(), run.timings(), run.trace(), run.problem(), run.notStored());
    }

    Run run() {
        var problem = text.random().nextInt(100) == 0 ? Optional.of(new Problem("The server is busy", "server", "Try again later"))
                : Optional.<Problem>empty();
        var answer = new Answer(text.word() + " " + text.word() + " ".repeat(100), "", List.of(), List.of(),
                problem.isPresent() ? Optional.empty() : Optional.of(FinishReason.STOP), 0);
        var timings = new Timings(Optional.of(Duration.ofMillis(80)), Optional.of(Duration.ofMillis(20)),
                List.of(Duration.ofMillis(19), Duration.ofMillis(21)), Duration.ofMillis(400));
        return new Run(new RunId(ids.next()), Instant.now(), MeasuredStore.AUTHOR,
                new RunOrigin(Optional.of(prompt()), 1 + text.random().nextInt(VERSIONS), Optional.empty(), Optional.empty()),
                Map.of("topic", text.word()), List.of(Message.of(MessageRole.USER, text.word())), target(), Sampling.DEFAULTS, answer,
                Optional.of(new Usage(12, 20, 0, false)), timings, new Trace(List.of(new Span(Span.SEND, Duration.ZERO, Duration.ofMillis(400)))),
                problem, Optional.empty());
    }
}
