package pilothouse.cli;

/// How a command ends. The numbers are part of the command line's contract and never change.
public enum ExitCode {
    OK(0),
    /// something the user must act on; the text went to standard error
    PROBLEM(1),
    /// the command line itself is wrong
    USAGE(2),
    /// a save was overtaken: somebody saved another version first
    OVERTAKEN(3),
    /// stopped by the user
    CANCELLED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
