package pilothouse.app.editor;

import java.util.Optional;
import java.util.function.Consumer;
import pilothouse.app.fx.Job;
import pilothouse.problems.ProblemException;
import pilothouse.templates.assistance.Completion;
import pilothouse.templates.assistance.Pointed;
import pilothouse.templates.assistance.Proposal;

/// What is known of a text that is written. Asked on the FX thread, answers there; what is found takes its time away from it.
public interface Assistance {
    /// What can stand at an offset.
    Job complete(String text, int offset, Consumer<Completion> done);

    /// What a proposal stands for, such as a snippet's text; empty if there is nothing to say.
    Job preview(Proposal proposal, Consumer<String> done);

    /// What stands at an offset.
    Job pointed(String text, int offset, Consumer<Optional<Pointed>> done);

    /// What is to be told of it.
    Job hint(Pointed at, Consumer<Hint> done);

    /// Opens a snippet by the name that a tag writes.
    void open(String snippet);

    /// Gives a variable another name everywhere.
    ///
    /// @throws ProblemException saying why not
    void rename(String from, String to);

    /// @param about what it is, in a few words
    /// @param text  its value or its text; may be empty
    record Hint(String name, String about, String text) {}
}
