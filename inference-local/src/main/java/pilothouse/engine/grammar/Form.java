package pilothouse.engine.grammar;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// The form that an answer must have.
public sealed interface Form {
    /// Some JSON object.
    record AnyObject() implements Form {}

    record Schema(JsonNode schema) implements Form {}

    /// A regular expression that the whole answer matches.
    record Expression(String regex) implements Form {}

    /// One of these texts.
    record OneOf(List<String> texts) implements Form {
        public OneOf {
            texts = List.copyOf(texts);
        }
    }
}
