package pilothouse.main;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import pilothouse.app.fx.Toolkit;
import pilothouse.app.settings.PassphraseView;
import pilothouse.app.shell.Dialog;
import pilothouse.secrets.Passphrases;

/// Asks for the passphrase in the window if one is open, else at the terminal that this process was started
/// in, if it was in one. Standard input without a terminal belongs to the command: nothing is read from it.
final class AskedPassphrases implements Passphrases {
    private volatile Optional<Consumer<Dialog>> window = Optional.empty();
    private volatile CountDownLatch answered = new CountDownLatch(0);

    /// From now on a window shows the question.
    ///
    /// @param ask called on the FX thread
    void askIn(Consumer<Dialog> ask) {
        window = Optional.of(ask);
    }

    /// The window closes: a question that it shows has no answer.
    void windowClosed() {
        window = Optional.empty();
        answered.countDown();
    }

    @Override
    public synchronized Optional<char[]> ask(Question question) {
        if (question == Question.CHOOSE) return Optional.empty(); // only `secrets add` makes the file
        var shown = window;
        return shown.isPresent() ? inWindow(question, shown.get()) : atTerminal(question);
    }

    private Optional<char[]> inWindow(Question question, Consumer<Dialog> ask) {
        var closed = new CountDownLatch(1);
        var typed = new AtomicReference<>(Optional.<char[]>empty());
        answered = closed;
        try {
            Toolkit.call(() -> {
                ask.accept(PassphraseView.dialog(question == Question.AGAIN, text -> typed.set(Optional.of(text)), closed::countDown));
                return true;
            });
            closed.await();
            return Toolkit.call(typed::get); // after the FX thread has done with the answer
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<char[]> atTerminal(Question question) {
        var console = System.console();
        if (console == null || !console.isTerminal()) return Optional.empty();
        var again = question == Question.AGAIN ? "This is not the passphrase. " : "";
        return Optional.ofNullable(console.readPassword("%sPassphrase of the file of secrets: ", again)).filter(typed -> typed.length > 0);
    }
}
