package pilothouse.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import pilothouse.access.MemberId;
import pilothouse.messages.Message;
import pilothouse.metrics.Metric;
import pilothouse.metrics.Sample;
import pilothouse.metrics.Series;
import pilothouse.problems.Problem;
import pilothouse.runtime.FinishReason;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Target;
import pilothouse.runtime.Usage;

/// One request with all that happened, also if it failed. No secret of the program is in it.
///
/// @param values    what the variables were filled with
/// @param messages  what was sent; empty if it failed before
/// @param sampling  all that was sent, with the seed that was drawn if none was given: sent again, it
///                  asks for the same
/// @param usage     the server's counts, or ours, then marked as estimated; empty if nothing came
/// @param problem   why it failed; empty if it did not
/// @param notStored why it could not be stored; empty for every stored run
public record Run(RunId id, Instant startedAt, MemberId member, RunOrigin origin, Map<String, Object> values,
        List<Message> messages, Target target, Sampling sampling, Answer answer, Optional<Usage> usage, Timings timings,
        Trace trace, Optional<Problem> problem, Optional<Problem> notStored) {
    /// The label of a sample that says how its run ended: see [#result].
    public static final String RESULT = "result";

    public Run {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values)); // Map.copyOf takes no null
        messages = List.copyOf(messages);
    }

    /// In a word how it ended: `failed`, a [FinishReason] in lower case such as `stop` or `cancelled`,
    /// or `unfinished` if the server never said.
    public String result() {
        if (problem.isPresent()) return "failed";
        return answer.finish().map(reason -> reason.name().toLowerCase(Locale.ROOT)).orElse("unfinished");
    }

    /// What it tells the charts: itself, its times and its tokens, each at its own time.
    public List<Sample> samples() {
        var samples = new ArrayList<Sample>();
        var sent = startedAt.plus(trace.spans().stream().filter(span -> span.name().equals(Span.SEND)).map(Span::start)
                .findFirst().orElse(Duration.ZERO));
        var end = sent.plus(timings.endToEnd());
        samples.add(sample(Metric.RUNS, Map.of(RESULT, result()), end, 1));
        if (messages.isEmpty()) return samples; // nothing was sent
        samples.add(sample(Metric.DURATION, Map.of(RESULT, result()), end, seconds(timings.endToEnd())));
        timings.ttft().ifPresent(ttft -> {
            var at = sent.plus(ttft);
            samples.add(sample(Metric.TTFT, Map.of(), at, seconds(ttft)));
            for (var gap : timings.gaps()) {
                at = at.plus(gap);
                samples.add(sample(Metric.ITL, Map.of(), at, seconds(gap)));
            }
        });
        timings.tpot().ifPresent(tpot -> samples.add(sample(Metric.TPOT, Map.of(), end, seconds(tpot))));
        usage.ifPresent(tokens -> {
            var estimated = String.valueOf(tokens.estimated());
            samples.add(sample(Metric.TOKENS, Map.of(Metric.TOKEN_TYPE, "input", Metric.ESTIMATED, estimated), end,
                    tokens.promptTokens()));
            samples.add(sample(Metric.TOKENS, Map.of(Metric.TOKEN_TYPE, "output", Metric.ESTIMATED, estimated), end,
                    tokens.outputTokens()));
        });
        return samples;
    }

    /// What is left when what was said in it is erased: its times, counts and end.
    ///
    /// @param as the name in place of the member's
    Run erased(MemberId as) {
        return new Run(id, startedAt, as, new RunOrigin(origin.prompt(), origin.version(), Optional.empty(), origin.textHash()), Map.of(), List.of(), target,
                sampling, new Answer("", "", List.of(), List.of(), answer.finish(), answer.withheld()), usage, timings, trace,
                problem.map(_ -> new Problem("(erased)", "", "")), notStored);
    }

    Run withNotStored(Problem why) {
        return new Run(id, startedAt, member, origin, values, messages, target, sampling, answer, usage, timings, trace,
                problem, Optional.of(why));
    }

    private Sample sample(Metric metric, Map<String, String> more, Instant at, double value) {
        var labels = new HashMap<>(more);
        labels.put(Series.SIDE, Series.CLIENT);
        labels.put(Series.TARGET, target.toString());
        origin.prompt().ifPresent(prompt -> labels.put(Series.PROMPT, prompt.toString()));
        if (origin.version() > 0 && origin.draft().isEmpty()) labels.put(Series.VERSION, String.valueOf(origin.version()));
        return new Sample(Series.of(metric, labels), at, value);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
