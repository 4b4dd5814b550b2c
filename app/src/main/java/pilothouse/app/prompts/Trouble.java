package pilothouse.app.prompts;

import java.util.Optional;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.templates.TemplateProblem;
import pilothouse.templates.Variable;

/// Something in the text that keeps it from being run, or may surprise who runs it.
///
/// @param line     1, 2, 3 ... in the text; 0 if it has no place there
/// @param column   1, 2, 3 ... in UTF-16 units; 0 if it has no place
/// @param blocking whether a run would fail of it
/// @param undeclared the variable that a quick fix adds to the input schema
record Trouble(Problem problem, int line, int column, boolean blocking, Optional<String> undeclared) {
    static Trouble of(ProblemException failure) {
        if (failure instanceof TemplateProblem at && at.snippet().isEmpty())
            return new Trouble(at.problem(), at.line(), at.column(), true, Optional.empty());
        return new Trouble(failure.problem(), 0, 0, true, Optional.empty());
    }

    static Trouble undeclared(Variable use) {
        var problem = new Problem(use.name() + " is used here but is not in the input schema", use.where(), "Add it to the schema");
        return new Trouble(problem, use.line(), use.column(), false, Optional.of(use.name()));
    }

    static Trouble noValue(Variable use) {
        var problem = new Problem(use.path() + " has no value", use.where(), "Give one at the right, or a default under input.default");
        return new Trouble(problem, use.snippet().isEmpty() ? use.line() : 0, use.snippet().isEmpty() ? use.column() : 0, true, Optional.empty());
    }
}
