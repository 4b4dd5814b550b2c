package pilothouse.secrets;

import java.util.Optional;

/// Asks the user for the passphrase of the encrypted file: on the terminal or in a dialog, never as
/// an argument of a command. Called on the thread that needs the secret, which waits.
@FunctionalInterface
public interface Passphrases {
    enum Question {
        /// of the file as it is
        OPEN,
        /// the same, since what was given last is wrong
        AGAIN,
        /// for a file that is made now: whoever asks lets it be typed twice
        CHOOSE
    }

    /// Where nobody can be asked.
    Passphrases NOBODY = _ -> Optional.empty();

    /// @return what was typed, which the caller wipes; empty if nobody can be asked or nothing was given
    Optional<char[]> ask(Question question);
}
