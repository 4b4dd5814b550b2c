package pilothouse.runs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import pilothouse.messages.Message;
import pilothouse.messages.ToolCall;
import pilothouse.problems.Problem;
import pilothouse.runtime.FinishReason;
import pilothouse.runtime.GenerationEvent;
import pilothouse.runtime.GenerationEvent.Finished;
import pilothouse.runtime.GenerationEvent.ReasoningDelta;
import pilothouse.runtime.GenerationEvent.TextDelta;
import pilothouse.runtime.GenerationEvent.ToolCalled;
import pilothouse.runtime.GenerationEvent.UsageReported;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.TokenLogprob;
import pilothouse.runtime.Usage;

/// Clocks one run while it goes on. Each event is seen twice: as it came ([#saw]), for its time, and
/// as it was shown ([#shown]), for its content. For one thread.
final class RunRecording {
    private final RunId id;
    private final RunRequest request;
    private final LongSupplier nanos;
    private final Instant startedAt;
    private final long started;
    private final List<Span> spans = new ArrayList<>();
    private final List<Duration> gaps = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final List<ToolCall> toolCalls = new ArrayList<>();
    private final List<TokenLogprob> logprobs = new ArrayList<>();
    private List<Message> messages = List.of();
    private Sampling sampling;
    private OptionalInt promptTokens = OptionalInt.empty();
    private Optional<Usage> usage = Optional.empty();
    private Optional<FinishReason> finish = Optional.empty();
    private Optional<Problem> problem = Optional.empty();
    private boolean sent;
    private long sentAt;
    private int events;
    private long first;
    private long last;
    private int tokens;
    private int withheld;

    /// @param clock says when it was
    /// @param nanos says how long it took; only goes forward
    RunRecording(RunId id, RunRequest request, InstantSource clock, LongSupplier nanos) {
        this.id = id;
        this.request = request;
        this.nanos = nanos;
        sampling = request.sampling();
        startedAt = clock.instant();
        started = nanos.getAsLong();
        sentAt = started;
    }

    /// Does `part` and keeps how long it took, also if it fails.
    <T> T span(String name, Supplier<T> part) {
        long from = nanos.getAsLong();
        try {
            return part.get();
        } finally {
            add(name, from, nanos.getAsLong());
        }
    }

    void span(String name, Runnable part) {
        span(name, () -> {
            part.run();
            return name;
        });
    }

    /// Does `sending`, from whose beginning the run's [Timings] count.
    <T> T sending(List<Message> sentMessages, Sampling sentSampling, Supplier<T> sending) {
        messages = List.copyOf(sentMessages);
        sampling = sentSampling;
        sent = true;
        sentAt = nanos.getAsLong();
        return span(Span.SEND, sending);
    }

    /// The prompt's tokens, counted here.
    void counted(int count) {
        promptTokens = OptionalInt.of(count);
    }

    /// An event as it came.
    void saw(GenerationEvent event) {
        long now = nanos.getAsLong();
        switch (event) {
            case TextDelta delta -> {
                tokens += delta.tokens();
                if (!delta.text().isEmpty()) content(now);
            }
            case ReasoningDelta delta -> {
                tokens++;
                if (!delta.text().isEmpty()) content(now);
            }
            case ToolCalled _ -> content(now);
            case UsageReported reported when !reported.usage().estimated() -> usage = Optional.of(reported.usage());
            case UsageReported _ -> { } // a connector's guess: ours knows the prompt as well
            case Finished finished -> finish = Optional.of(finished.reason());
        }
    }

    /// An event as it was shown.
    void shown(GenerationEvent event) {
        switch (event) {
            case TextDelta delta -> {
                text.append(delta.text());
                logprobs.addAll(delta.logprobs());
            }
            case ReasoningDelta delta -> reasoning.append(delta.text());
            case ToolCalled called -> toolCalls.add(called.call());
            case UsageReported _, Finished _ -> { } // seen as they came
        }
    }

    void failed(Problem why) {
        problem = Optional.of(why);
    }

    boolean isFinished() {
        return finish.isPresent();
    }

    /// @param count how many secrets were masked in the answer
    void withheld(int count) {
        withheld = count;
    }

    Run finish() {
        long now = nanos.getAsLong();
        if (sent && events > 0) {
            var send = spans.stream().filter(span -> span.name().equals(Span.SEND)).findFirst().orElseThrow();
            add(Span.FIRST_TOKEN, started + send.start().plus(send.duration()).toNanos(), first);
            add(Span.GENERATION, first, now);
        }
        var answer = new Answer(text.toString(), reasoning.toString(), toolCalls, logprobs, finish, withheld);
        return new Run(id, startedAt, request.member(), request.source().origin(), request.values(), messages,
                request.target(), sampling, answer, usage.or(this::estimate), timings(now), new Trace(spans), problem,
                Optional.empty());
    }

    private void content(long now) {
        if (events == 0) first = now;
        else gaps.add(Duration.ofNanos(now - last));
        last = now;
        events++;
    }

    private Optional<Usage> estimate() { // chunks are not tokens: a lower bound, and marked
        if (events == 0) return Optional.empty();
        return Optional.of(new Usage(promptTokens.orElse(0), tokens, 0, true));
    }

    private Timings timings(long end) {
        var ttft = events == 0 ? Optional.<Duration>empty() : Optional.of(Duration.ofNanos(first - sentAt));
        int output = usage.map(Usage::outputTokens).orElse(tokens);
        var tpot = events < 2 || output < 2 ? Optional.<Duration>empty()
                : Optional.of(Duration.ofNanos(Math.round((last - first) / (output - 1.0))));
        return new Timings(ttft, tpot, gaps, Duration.ofNanos(end - sentAt));
    }

    private void add(String name, long from, long to) {
        spans.add(new Span(name, Duration.ofNanos(from - started), Duration.ofNanos(to - from)));
    }
}
