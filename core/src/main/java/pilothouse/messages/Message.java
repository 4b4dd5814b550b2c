package pilothouse.messages;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// One turn of a conversation.
///
/// @param parts      what is said, in order
/// @param toolCalls  the tools an assistant wants called; empty for every other role
/// @param toolCallId which call a tool's message answers; empty for every other role
/// @param metadata   notes of the template such as `purpose: history`; never sent to a model
public record Message(MessageRole role, List<Part> parts, List<ToolCall> toolCalls, String toolCallId,
        Map<String, Object> metadata) {
    public Message {
        parts = List.copyOf(parts);
        toolCalls = List.copyOf(toolCalls);
        metadata = Map.copyOf(metadata);
    }

    public static Message of(MessageRole role, List<Part> parts) {
        return new Message(role, parts, List.of(), "", Map.of());
    }

    public static Message of(MessageRole role, String text) {
        return of(role, List.of(new Part.Text(text)));
    }

    /// Its text parts joined, without separators; other parts are left out.
    public String text() {
        return parts.stream().filter(Part.Text.class::isInstance).map(part -> ((Part.Text) part).text())
                .collect(Collectors.joining());
    }
}
