package pilothouse.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pilothouse.access.MemberId;
import pilothouse.local.EngineProcess;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.problems.ProblemException;
import pilothouse.runs.RunRequest;
import pilothouse.runs.RunSource;
import pilothouse.runs.Runner;
import pilothouse.runtime.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A conversation: each line of standard input is a turn, until it ends.
@Command(name = "chat", description = "Talk to a model; each line is a turn, /clear begins anew, /exit or the end of input ends it.")
public final class ChatCommand implements Callable<Integer>, InWorkspace {
    private final Console console;
    private final Supplier<Runner> runner;
    private final Supplier<EngineProcess> engine;
    private final Supplier<MemberId> member;
    private final Supplier<String> usualTarget;

    @Option(names = "--target", paramLabel = "SERVER/MODEL", description = "Whom to talk to; else the settings' target.")
    private String target;

    @Option(names = "--system", paramLabel = "TEXT", description = "The system message.")
    private String system;

    @Mixin
    private GivenSampling sampling = new GivenSampling();

    public ChatCommand(Console console, Supplier<Runner> runner, Supplier<EngineProcess> engine, Supplier<MemberId> member,
            Supplier<String> usualTarget) {
        this.console = console;
        this.runner = runner;
        this.engine = engine;
        this.member = member;
        this.usualTarget = usualTarget;
    }

    @Override
    public Integer call() {
        var whom = Target.parse(target == null ? usualTarget.get() : target);
        var messages = opening();
        var end = ExitCode.OK;
        try (var _ = EngineProgress.on(console, engine.get())) {
            for (var line = ask(); line != null && !line.strip().equals("/exit"); line = ask()) {
                if (line.isBlank()) continue;
                if (line.strip().equals("/clear")) {
                    messages = opening();
                    continue;
                }
                messages.add(Message.of(MessageRole.USER, line));
                var run = Answer.stream(console, runner.get(), new RunRequest(new RunSource.RawMessages(messages), Map.of(),
                        List.of(), whom, sampling.sampling(), member.get()));
                end = Answer.exitCode(run);
                if (end == ExitCode.CANCELLED) return end.code();
                if (run.problem().isPresent()) messages.removeLast(); // the turn can be tried again
                else messages.add(Message.of(MessageRole.ASSISTANT, run.answer().text()));
            }
        }
        return end.code();
    }

    private List<Message> opening() {
        var messages = new ArrayList<Message>();
        if (system != null) messages.add(Message.of(MessageRole.SYSTEM, system));
        return messages;
    }

    private String ask() {
        try {
            if (console.terminal().interactive() && !console.json()) {
                console.print(console.bold("> "));
            }
            return console.in().readLine();
        } catch (IOException e) {
            throw new ProblemException("Standard input cannot be read: " + e.getMessage(), "standard input", "");
        }
    }
}
