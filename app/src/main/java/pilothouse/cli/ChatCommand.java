package pilothouse.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.problems.ProblemException;
import pilothouse.runs.RunSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A conversation: each line of standard input is a turn, until it ends.
@Command(name = "chat", description = "Talk to a model; each line is a turn, /clear begins anew, /exit or the end of input ends it.")
public final class ChatCommand implements Callable<Integer>, InWorkspace {
    private final Console console;
    private final RunClient client;

    @Option(names = "--target", paramLabel = "SERVER/MODEL", description = "Whom to talk to; else the settings' target.")
    private String target;

    @Option(names = "--system", paramLabel = "TEXT", description = "The system message.")
    private String system;

    @Mixin
    private GivenSampling sampling = new GivenSampling();

    public ChatCommand(Console console, RunClient client) {
        this.console = console;
        this.client = client;
    }

    @Override
    public Integer call() {
        var whom = client.target(Optional.ofNullable(target));
        var messages = opening();
        var end = ExitCode.OK;
        for (var line = ask(); line != null && !line.strip().equals("/exit"); line = ask()) {
            if (line.isBlank()) continue;
            if (line.strip().equals("/clear")) {
                messages = opening();
                continue;
            }
            messages.add(Message.of(MessageRole.USER, line));
            var run = client.report(console, new RunSource.RawMessages(messages), Map.of(), whom, sampling.sampling());
            end = RunSummary.exitCode(run);
            if (end == ExitCode.CANCELLED) return end.code();
            if (run.problem().isPresent()) messages.removeLast(); // the turn can be tried again
            else messages.add(Message.of(MessageRole.ASSISTANT, run.answer().text()));
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
            if (console.terminal().interactive() && !console.json()) console.print(console.bold("> "));
            return console.in().readLine();
        } catch (IOException e) {
            throw new ProblemException("Standard input cannot be read: " + e.getMessage(), "standard input", "");
        }
    }
}
