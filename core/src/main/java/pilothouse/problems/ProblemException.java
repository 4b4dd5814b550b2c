package pilothouse.problems;

/// Thrown where the user must act: disk full, server gone, broken file. Where the caller goes on
/// differently, return a sealed outcome instead; where a programmer must act, throw
/// [IllegalArgumentException].
public class ProblemException extends RuntimeException {
    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    public ProblemException(Problem problem, Throwable cause) {
        super(problem.toString(), cause);
        this.problem = problem;
    }

    public ProblemException(String what, String where, String remedy) {
        this(new Problem(what, where, remedy));
    }

    public Problem problem() {
        return problem;
    }
}
