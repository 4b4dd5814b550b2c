package pilothouse.cli.secrets;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.problems.ProblemException;
import pilothouse.secrets.SecretPlace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Forgets a secret.
@Command(name = "remove", description = "Remove a key from its place. Its issuer still takes it: revoke it there too.")
public final class RemoveCommand implements Callable<Integer> {
    private final Console console;
    private final NamedPlaces places;

    @Parameters(paramLabel = "NAME", description = "keyring:NAME or file:NAME.")
    private String typed;

    public RemoveCommand(Console console, List<SecretPlace> places) {
        this.console = console;
        this.places = new NamedPlaces(places);
    }

    @Override
    public Integer call() {
        var named = places.find(typed);
        if (!named.place().remove(named.name()))
            throw new ProblemException("There is no secret of this name", named.whole(), "`pilothouse secrets list` shows the names.");
        if (console.json()) console.jsonLine(Map.of("removed", named.whole()));
        else console.line("Removed " + named.whole() + " from " + named.place().description());
        return ExitCode.OK.code();
    }
}
