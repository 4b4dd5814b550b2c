package pilothouse.runtime;

import java.util.Map;
import java.util.Optional;
import pilothouse.problems.ProblemException;

/// The form that an answer must have; the server sees to it while it chooses tokens.
public sealed interface AnswerForm {
    /// Some JSON object.
    record AnyObject() implements AnswerForm {}

    /// JSON that is valid by a JSON Schema.
    ///
    /// @param schema as read from JSON
    record Schema(Map<String, Object> schema) implements AnswerForm {}

    /// What a prompt document's `output` asks for: `json`, or a schema with no format; `text` asks for nothing.
    ///
    /// @param schema empty for none
    /// @throws ProblemException for a format that no server is asked for
    static Optional<AnswerForm> of(Optional<String> format, Map<String, Object> schema) {
        var wanted = format.orElse(schema.isEmpty() ? "text" : "json");
        return switch (wanted) {
            case "text" -> Optional.empty();
            case "json" -> Optional.of(schema.isEmpty() ? new AnyObject() : new Schema(schema));
            default -> throw new ProblemException("The output format \"" + wanted + "\" cannot be asked of a server", "output.format",
                    "Write json, with a schema if the form matters, or text.");
        };
    }
}
