package pilothouse.messages;

import java.util.Arrays;
import java.util.Optional;

/// Who speaks in a [Message].
public enum MessageRole {
    SYSTEM("system"), USER("user"), ASSISTANT("assistant"), TOOL("tool");

    private final String wire;

    MessageRole(String wire) {
        this.wire = wire;
    }

    /// The name used by the OpenAI-shaped wire format and by chat templates.
    public String wire() {
        return wire;
    }

    /// The role of that wire name; Dotprompt's `model` and OpenAI's `developer` are understood too.
    public static Optional<MessageRole> of(String name) {
        return switch (name) {
            case "model" -> Optional.of(ASSISTANT);
            case "developer" -> Optional.of(SYSTEM);
            default -> Arrays.stream(values()).filter(role -> role.wire.equals(name)).findFirst();
        };
    }
}
