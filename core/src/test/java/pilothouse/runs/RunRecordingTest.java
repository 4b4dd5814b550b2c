package pilothouse.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import pilothouse.access.MemberId;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.messages.ToolCall;
import pilothouse.metrics.Metric;
import pilothouse.metrics.Sample;
import pilothouse.runtime.FinishReason;
import pilothouse.runtime.GenerationEvent;
import pilothouse.runtime.GenerationEvent.Finished;
import pilothouse.runtime.GenerationEvent.ReasoningDelta;
import pilothouse.runtime.GenerationEvent.TextDelta;
import pilothouse.runtime.GenerationEvent.ToolCalled;
import pilothouse.runtime.GenerationEvent.UsageReported;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Target;
import pilothouse.runtime.Usage;

class RunRecordingTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final List<Message> HELLO = List.of(Message.of(MessageRole.USER, "Hello"));

    private long millis = 5000; // the ticker's zero is nobody's business
    private final RunRecording recording = new RunRecording(new RunId(UUID.randomUUID()),
            new RunRequest(new RunSource.RawMessages(HELLO), Map.of(), List.of(), Target.parse("s/m"), Sampling.DEFAULTS,
                    new MemberId("ada")), () -> NOON, () -> millis * 1_000_000);

    @Test
    void givenAStream_itsTimesAreThoseOfItsContent() {
        after(3);
        recording.sending(HELLO, Sampling.DEFAULTS, () -> after(10));
        saw(90, new TextDelta("", 0, List.of()));  // an opening chunk is no first token
        saw(100, new TextDelta("a"));
        saw(20, new TextDelta("b"));
        saw(40, new TextDelta("cd", 2, List.of()));
        saw(7, new UsageReported(new Usage(11, 5, 0, false)));
        saw(3, new Finished(FinishReason.STOP));
        var run = recording.finish();

        assertThat(run.timings().ttft()).contains(Duration.ofMillis(200));
        assertThat(run.timings().gaps()).containsExactly(Duration.ofMillis(20), Duration.ofMillis(40));
        assertThat(run.timings().tpot()).contains(Duration.ofMillis(15)); // 60 ms over 5 − 1 tokens
        assertThat(run.timings().endToEnd()).isEqualTo(Duration.ofMillis(270));
        assertThat(run.timings().tokensPerSecond().orElseThrow()).isBetween(66.66, 66.67);
        assertThat(run.trace().spans()).containsExactly(
                new Span(Span.SEND, Duration.ofMillis(3), Duration.ofMillis(10)),
                new Span(Span.FIRST_TOKEN, Duration.ofMillis(13), Duration.ofMillis(190)),
                new Span(Span.GENERATION, Duration.ofMillis(203), Duration.ofMillis(70)));
        assertThat(run.usage()).contains(new Usage(11, 5, 0, false));
        assertThat(run.startedAt()).isEqualTo(NOON);
        assertThat(run.samples()).filteredOn(s -> s.series().metric().equals(Metric.ITL.name()))
                .extracting(Sample::at).containsExactly(NOON.plusMillis(223), NOON.plusMillis(263));
    }

    @Test
    void givenOnlyOneEvent_thereIsNoTimePerTokenWhateverTheServerCounts() {
        recording.sending(HELLO, Sampling.DEFAULTS, () -> after(10));
        saw(100, new TextDelta("a whole answer at once"));
        saw(0, new UsageReported(new Usage(11, 5, 0, false)));
        assertThat(recording.finish().timings().tpot()).isEmpty();
    }

    @Test
    void givenReasoningOrAToolCallFirst_thatIsTheFirstToken() {
        recording.sending(HELLO, Sampling.DEFAULTS, () -> after(10));
        saw(5, new ReasoningDelta("hm"));
        saw(5, new ToolCalled(new ToolCall("1", "f", "{}")));
        var run = recording.finish();
        assertThat(run.timings().ttft()).contains(Duration.ofMillis(15));
        assertThat(run.timings().gaps()).hasSize(1);
    }

    @Test
    void givenNoUsage_theTokensAreALowerBoundAndMarked() {
        recording.counted(9);
        recording.sending(HELLO, Sampling.DEFAULTS, () -> after(10));
        saw(5, new TextDelta("a", 2, List.of()));
        saw(6, new TextDelta("b"));
        var run = recording.finish();
        assertThat(run.usage()).contains(new Usage(9, 3, 0, true));
        assertThat(run.timings().tpot()).contains(Duration.ofMillis(3));
        assertThat(run.result()).isEqualTo("unfinished");
    }

    private void saw(long later, GenerationEvent event) {
        after(later);
        recording.saw(event);
    }

    private String after(long later) {
        millis += later;
        return "";
    }
}
