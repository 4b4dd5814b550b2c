package pilothouse.cli.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import pilothouse.cli.Console;
import pilothouse.secrets.Passphrases;
import pilothouse.secrets.SecretFile;

/// Reads what nobody may see: without echo at a terminal, else a line of standard input for each
/// answer. Nothing of it is ever an argument, which every user of the machine could read.
public final class HiddenInput implements Passphrases {
    private static final String PASSPHRASE = "Passphrase of the file of secrets";

    private final Console console;

    public HiddenInput(Console console) {
        this.console = console;
    }

    @Override
    public Optional<char[]> ask(Question question) {
        return switch (question) {
            case OPEN -> read(PASSPHRASE);
            case AGAIN -> isTerminal() ? read("This is not the passphrase. " + PASSPHRASE) : Optional.empty();
            case CHOOSE -> chosen();
        };
    }

    /// One line, without its end; empty if nothing was typed.
    Optional<char[]> read(String prompt) {
        var line = isTerminal() ? System.console().readPassword("%s: ", prompt) : line();
        return Optional.ofNullable(line).filter(typed -> typed.length > 0);
    }

    private Optional<char[]> chosen() {
        var first = read("Choose a passphrase for the new file of secrets, at least " + SecretFile.SHORTEST_PASSPHRASE + " characters");
        if (first.isEmpty() || !isTerminal()) return first;
        var second = read("Once more");
        if (second.isPresent() && Arrays.equals(first.get(), second.get())) return first;
        console.notice("These were two different ones.");
        return Optional.empty();
    }

    private char[] line() {
        try {
            var line = console.in().readLine();
            return line == null ? null : line.toCharArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isTerminal() {
        return console.terminal().in() == System.in && System.console() != null && System.console().isTerminal();
    }
}
