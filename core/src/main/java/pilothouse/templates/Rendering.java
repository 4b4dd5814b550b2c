package pilothouse.templates;

import java.util.List;
import java.util.stream.Collectors;
import pilothouse.messages.Message;
import pilothouse.problems.ProblemException;

/// A filled template.
///
/// @param messages what is sent to a model
/// @param missing  the holes that were printed or passed to a helper and had no value, each once;
///                 conditions are not among them, since asking is what they are for
public record Rendering(List<Message> messages, List<Variable> missing) {
    public Rendering {
        messages = List.copyOf(messages);
        missing = List.copyOf(missing);
    }

    /// This rendering, if every hole had a value.
    ///
    /// @throws ProblemException naming the variables without a value and their places
    public Rendering complete() {
        if (missing.isEmpty()) return this;
        var names = missing.stream().map(Variable::path).distinct().collect(Collectors.joining(", "));
        var places = missing.stream().limit(10).map(Variable::where).collect(Collectors.joining("; "));
        throw new ProblemException("There is no value for " + names, places, "Give a value, or a default in the front matter under input.default.");
    }
}
