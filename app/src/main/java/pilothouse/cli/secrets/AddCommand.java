package pilothouse.cli.secrets;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.problems.ProblemException;
import pilothouse.secrets.Secret;
import pilothouse.secrets.SecretPlace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Keeps a secret.
@Command(name = "add", description = "Keep a key under a name. The key is asked for, or read from standard input: its first line;"
        + " for the encrypted file the passphrase is the second.")
public final class AddCommand implements Callable<Integer> {
    private final Console console;
    private final NamedPlaces places;
    private final HiddenInput input;

    @Parameters(paramLabel = "NAME", description = "keyring:NAME (the desktop's keyring) or file:NAME (your encrypted file).")
    private String typed;

    @Option(names = "--replace", description = "Replace the key of that name.")
    private boolean replace;

    /// @param input where the places ask, too
    public AddCommand(Console console, List<SecretPlace> places, HiddenInput input) {
        this.console = console;
        this.places = new NamedPlaces(places);
        this.input = input;
    }

    @Override
    public Integer call() {
        var named = places.find(typed);
        boolean there = named.place().names().contains(named.name());
        if (there && !replace)
            throw new ProblemException("There is a secret of this name already", named.whole(), "Add --replace, or choose another name.");
        named.place().put(named.name(), value(named));
        if (console.json()) console.jsonLine(Map.of("name", named.whole(), "replaced", there));
        else console.line((there ? "Replaced " : "Added ") + named.whole() + " in " + named.place().description());
        return ExitCode.OK.code();
    }

    private String value(NamedPlaces.Named named) {
        var chars = input.read("Key for " + named.whole()).orElseThrow(() -> new ProblemException("No key was given", named.whole(),
                "Type it when asked, or send it to standard input."));
        var value = new String(chars).strip();
        Arrays.fill(chars, ' ');
        if (value.length() >= Secret.SHORTEST) return value;
        throw new ProblemException("The key holds only " + value.length() + " characters", named.whole(),
                "Give the whole key: a secret has at least " + Secret.SHORTEST + " characters.");
    }
}
