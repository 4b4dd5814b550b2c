package pilothouse.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import pilothouse.access.MemberId;
import pilothouse.local.EngineProcess;
import pilothouse.runs.Run;
import pilothouse.runs.RunRequest;
import pilothouse.runs.RunSource;
import pilothouse.runs.Runner;
import pilothouse.runtime.GenerationEvent;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Target;

/// Sends requests for commands: shows what the engine does meanwhile and prints the answer as it comes.
///
/// @param usualTarget where a request goes that names no target
public record RunClient(Supplier<Runner> runner, Supplier<EngineProcess> engine, Supplier<MemberId> member, Supplier<String> usualTarget) {
    /// The target asked for, else the usual one.
    Target target(Optional<String> asked) {
        return Target.parse(asked.orElseGet(usualTarget));
    }

    /// Blocks until the answer has ended; an interrupt cancels it. Its text is printed, nothing else.
    Run stream(Console console, RunSource source, Map<String, Object> values, Target target, Sampling sampling) {
        try (var _ = EngineProgress.on(console, engine.get())) {
            return runner.get().run(new RunRequest(source, values, List.of(), target, sampling, member.get()), event -> {
                if (!console.json() && event instanceof GenerationEvent.TextDelta delta) console.print(delta.text());
            });
        }
    }

    /// The same, followed by what it took and what went wrong.
    Run report(Console console, RunSource source, Map<String, Object> values, Target target, Sampling sampling) {
        var run = stream(console, source, values, target, sampling);
        if (console.json()) {
            console.jsonLine(RunSummary.json(run));
        } else {
            if (!run.answer().text().isEmpty()) console.line("");
            console.notice(console.dim(RunSummary.figures(run)));
            run.problem().ifPresent(console::problem);
        }
        run.notStored().ifPresent(console::problem);
        return run;
    }
}
