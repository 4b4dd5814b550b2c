package pilothouse.cli;

import java.util.List;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// The command line itself is wrong, whoever noticed it. Its end is [ExitCode#USAGE].
public final class UsageProblem extends ProblemException {
    public UsageProblem(String what, String where, String remedy) {
        super(what, where, remedy);
    }

    private UsageProblem(Problem problem, Throwable cause) {
        super(problem, cause);
    }

    /// What the program itself found wrong with an option's value.
    public static UsageProblem of(ProblemException found) {
        return new UsageProblem(found.problem(), found);
    }

    /// What picocli found, in the words of all problems.
    public static UsageProblem of(ParameterException found) {
        var command = found.getCommandLine().getCommandSpec().qualifiedName();
        var help = "`" + command + " --help` shows what it takes";
        var likely = found instanceof UnmatchedArgumentException unknown ? unknown.getSuggestions() : List.<String>of();
        var remedy = likely.isEmpty() ? help : "Did you mean " + String.join(" or ", likely) + "? " + help;
        return new UsageProblem(new Problem(what(found), command, remedy), found);
    }

    private static String what(ParameterException found) {
        if (!(found instanceof UnmatchedArgumentException unknown)) return found.getMessage().replaceFirst("^Error: ", "");
        var first = unknown.getUnmatched().getFirst();
        if (first.startsWith("-")) return "There is no option " + first;
        return found.getCommandLine().getSubcommands().isEmpty() ? "\"" + first + "\" is one argument too many" : "There is no command \"" + first + "\"";
    }
}
