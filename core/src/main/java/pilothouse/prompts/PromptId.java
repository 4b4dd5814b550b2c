package pilothouse.prompts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// Names a [Prompt] for ever, whatever it is called. A UUIDv7.
public record PromptId(@JsonValue UUID value) {
    @JsonCreator
    public PromptId {}

    @Override
    public String toString() {
        return value.toString();
    }
}
