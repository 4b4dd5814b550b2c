package pilothouse.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import pilothouse.runs.Run;
import pilothouse.runtime.FinishReason;

/// A run in the words and figures of the command line.
final class RunSummary {
    private RunSummary() {}

    /// How a command ends that sent one request.
    static ExitCode exitCode(Run run) {
        if (run.problem().isPresent()) return ExitCode.PROBLEM;
        return run.answer().finish().filter(FinishReason.CANCELLED::equals).isPresent() ? ExitCode.CANCELLED : ExitCode.OK;
    }

    /// `run` in the figures that people compare, on one line.
    static String figures(Run run) {
        var usage = run.usage().map(u -> "%,d + %,d tokens%s, ".formatted(u.promptTokens(), u.outputTokens(),
                u.estimated() ? " (estimated)" : "")).orElse("");
        var speed = run.timings().tokensPerSecond().map(s -> String.format(Locale.ROOT, "%.1f tok/s, ", s)).orElse("");
        var ttft = run.timings().ttft().map(t -> "TTFT " + seconds(t) + ", ").orElse("");
        return usage + ttft + speed + seconds(run.timings().endToEnd()) + " in all, " + run.result() + ", run " + run.id();
    }

    static String seconds(Duration time) {
        double seconds = time.toNanos() / 1e9;
        return seconds < 1 ? String.format(Locale.ROOT, "%.0f ms", seconds * 1000) : String.format(Locale.ROOT, "%.2f s", seconds);
    }

    /// The run for programs; times in seconds, absent figures left out.
    static Map<String, Object> json(Run run) {
        var summary = new LinkedHashMap<String, Object>();
        summary.put("run", run.id().toString());
        summary.put("target", run.target().toString());
        summary.put("origin", run.origin().title());
        summary.put("result", run.result());
        summary.put("text", run.answer().text());
        run.usage().ifPresent(usage -> summary.put("usage", usage));
        run.timings().ttft().ifPresent(t -> summary.put("ttftSeconds", t.toNanos() / 1e9));
        run.timings().tpot().ifPresent(t -> summary.put("tpotSeconds", t.toNanos() / 1e9));
        run.timings().tokensPerSecond().ifPresent(s -> summary.put("tokensPerSecond", s));
        summary.put("endToEndSeconds", run.timings().endToEnd().toNanos() / 1e9);
        run.sampling().seed().ifPresent(seed -> summary.put("seed", seed));
        run.problem().ifPresent(problem -> summary.put("problem", problem));
        return summary;
    }
}
