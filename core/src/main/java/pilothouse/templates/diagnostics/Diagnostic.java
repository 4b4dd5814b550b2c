package pilothouse.templates.diagnostics;

import java.util.Optional;
import pilothouse.problems.Problem;
import pilothouse.templates.QuickFix;

/// Something wrong or doubtful in a text.
///
/// @param rule   which rule found it, such as `unclosed` or `unused-variable`: stable, for programs
/// @param what   one sentence in the user's words
/// @param remedy what to do; may be empty
/// @param start  first UTF-16 unit of what is meant; `end` the one after the last
/// @param line   1, 2, 3 ...
/// @param column 1, 2, 3 ... in UTF-16 units
/// @param fix    a change that mends it
public record Diagnostic(Severity severity, String rule, String what, String remedy, int start, int end, int line, int column,
        Optional<QuickFix> fix) {
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /// As a problem for people.
    public Problem problem() {
        return new Problem(what, "line " + line + ", column " + column, remedy);
    }

    public Diagnostic withFix(Optional<QuickFix> other) {
        return new Diagnostic(severity, rule, what, remedy, start, end, line, column, other);
    }
}
