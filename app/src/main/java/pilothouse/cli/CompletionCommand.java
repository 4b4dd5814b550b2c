package pilothouse.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints a completion script for the shell.
@Command(name = "completion", description = "Print a completion script for bash and zsh: source <(pilothouse completion)")
public final class CompletionCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    public CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.print(AutoComplete.bash("pilothouse", spec.root().commandLine()));
        return ExitCode.OK.code();
    }
}
