package pilothouse.app.prompts;

import java.util.Optional;
import pilothouse.problems.Problem;
import pilothouse.templates.QuickFix;
import pilothouse.templates.diagnostics.Diagnostic;

/// Something in the text that keeps it from being run, or may surprise who runs it.
record Trouble(Diagnostic found) {
    Problem problem() {
        return found.problem();
    }

    int line() {
        return found.line();
    }

    int column() {
        return found.column();
    }

    /// Whether a run would fail of it. A model that is not there does not count: another target can be chosen by hand.
    boolean blocking() {
        return found.isError() && !found.rule().equals("unknown-model");
    }

    Optional<QuickFix> fix() {
        return found.fix();
    }

    /// Whether it says that the value of that variable is wrong.
    boolean isAbout(String variable) {
        return found.rule().equals("wrong-type") && found.what().startsWith("The variable \"" + variable);
    }
}
