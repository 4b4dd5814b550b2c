package pilothouse.main;

import java.util.Optional;
import pilothouse.secrets.Passphrases;

/// Asks for the passphrase at the terminal that this process was started in, if it was in one. Standard
/// input without a terminal belongs to the command, so that nothing is read from it.
final class AskedPassphrases implements Passphrases {
    @Override
    public Optional<char[]> ask(Question question) {
        var console = System.console();
        if (console == null || !console.isTerminal() || question == Question.CHOOSE) return Optional.empty();
        var again = question == Question.AGAIN ? "This is not the passphrase. " : "";
        return Optional.ofNullable(console.readPassword("%sPassphrase of the file of secrets: ", again)).filter(typed -> typed.length > 0);
    }
}
