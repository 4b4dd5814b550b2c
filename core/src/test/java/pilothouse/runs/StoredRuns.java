package pilothouse.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import pilothouse.access.MemberId;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.messages.Part;
import pilothouse.messages.ToolCall;
import pilothouse.problems.Problem;
import pilothouse.prompts.PromptId;
import pilothouse.prompts.VersionHash;
import pilothouse.runtime.FinishReason;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Target;
import pilothouse.runtime.TokenLogprob;
import pilothouse.runtime.Usage;

/// Runs for tests, with something in every field.
public final class StoredRuns {
    static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123456789Z");

    private StoredRuns() {}

    /// @param number told apart by it: id, start, answer
    public static Run run(int number, Optional<PromptId> prompt, String target) {
        var call = new ToolCall("c1", "look", "{\"q\":1");
        var messages = List.of(Message.of(MessageRole.SYSTEM, "Be brief."),
                Message.of(MessageRole.USER, List.of(new Part.Text("What is this? \uD83D\uDEA2\u0000"),
                        new Part.Media("data:image/png;base64,AA==", "image/png"), new Part.Pending(Map.of("purpose", "x")))),
                new Message(MessageRole.ASSISTANT, List.of(), List.of(call), "", Map.of("purpose", "history")));
        var sampling = new Sampling(OptionalDouble.of(0.7), OptionalDouble.empty(), OptionalInt.of(40), OptionalDouble.of(0.05),
                OptionalDouble.empty(), OptionalDouble.of(-1), OptionalDouble.empty(), OptionalLong.of(Long.MAX_VALUE),
                OptionalInt.of(64), List.of("END"), OptionalInt.of(2));
        var logprobs = List.of(new TokenLogprob("a", -0.25, List.of(new TokenLogprob("b", -1.5, List.of()))));
        var answer = new Answer("answer " + number, "why", List.of(call), logprobs, Optional.of(FinishReason.LENGTH), 1);
        var timings = new Timings(Optional.of(Duration.ofNanos(123_456_789)), Optional.empty(),
                List.of(Duration.ofNanos(1), Duration.ofMillis(20)), Duration.ofSeconds(3));
        return new Run(new RunId(new UUID(0x7000L | (long) number << 16, number)), NOON.plusSeconds(number), new MemberId("ada"),
                new RunOrigin(prompt, 2, Optional.of("Text {{x}}"), Optional.of(new VersionHash("ab".repeat(32)))),
                Map.of("x", List.of(1, "two", Map.of("three", 3.5))), messages, Target.parse(target), sampling, answer,
                Optional.of(new Usage(11, 5, 3, false)), timings,
                new Trace(List.of(new Span(Span.SEND, Duration.ZERO, Duration.ofNanos(7)))),
                number % 3 == 0 ? Optional.of(new Problem("It broke", "there", "Run it again.")) : Optional.empty(), Optional.empty());
    }
}
