package pilothouse.templates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pilothouse.json.Json;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.messages.Part;
import pilothouse.messages.ToolCall;
import pilothouse.problems.ProblemException;
import tools.jackson.core.JacksonException;

/// Messages as Dotprompt writes them: `{role, content: [{text} | {media: {url, contentType}} | …],
/// metadata}`, with the role `model` for the assistant.
public final class DotpromptMessages {
    private DotpromptMessages() {}

    /// Maps and lists, ready for [Json#write].
    public static List<Map<String, Object>> write(List<Message> messages) {
        return messages.stream().map(DotpromptMessages::write).toList();
    }

    private static Map<String, Object> write(Message message) {
        var content = new ArrayList<Map<String, Object>>();
        if (!message.toolCallId().isEmpty())
            content.add(Map.of("toolResponse", ordered("ref", message.toolCallId(), "output", message.text())));
        else message.parts().forEach(part -> content.add(write(part)));
        for (var call : message.toolCalls()) {
            var request = ordered("name", call.name(), "ref", call.id());
            request.put("input", readable(call.arguments()));
            content.add(Map.of("toolRequest", request));
        }
        var role = message.role() == MessageRole.ASSISTANT ? "model" : message.role().wire();
        var result = ordered("role", role, "content", content);
        if (!message.metadata().isEmpty()) result.put("metadata", new TreeMap<>(message.metadata()));
        return result;
    }

    private static Map<String, Object> write(Part part) {
        return switch (part) {
            case Part.Text text -> ordered("text", text.text());
            case Part.Media media when media.contentType().isEmpty() -> ordered("media", ordered("url", media.url()));
            case Part.Media media -> ordered("media", ordered("url", media.url(), "contentType", media.contentType()));
            case Part.Pending pending -> ordered("metadata", new TreeMap<>(pending.metadata()));
        };
    }

    /// A model may write arguments that are no JSON: they stay text.
    private static Object readable(String arguments) {
        try {
            return Json.parse(arguments);
        } catch (JacksonException e) {
            return arguments;
        }
    }

    /// @param messages a list of maps as [#write] gives it, read from JSON or YAML
    /// @throws ProblemException if it is something else, naming the message
    public static List<Message> read(Object messages) {
        if (!(messages instanceof List<?> list))
            throw problem("messages is " + Values.kind(messages) + " instead of a list", "messages");
        var result = new ArrayList<Message>();
        for (int i = 0; i < list.size(); i++) result.add(message(list.get(i), "messages[" + i + "]"));
        return result;
    }

    private static Message message(Object written, String where) {
        var map = map(written, where);
        var role = MessageRole.of(text(map, "role", where)).orElseThrow(() -> problem("There is no role named \""
                + map.get("role") + "\"", where + ".role"));
        var metadata = new LinkedHashMap<String, Object>();
        if (map.get("metadata") instanceof Map<?, ?> notes)
            notes.forEach((key, value) -> {
                if (value != null) metadata.put(String.valueOf(key), value);
            });
        if (map.get("content") instanceof String text)
            return new Message(role, List.of(new Part.Text(text)), List.of(), "", metadata);
        if (!(map.get("content") instanceof List<?> content))
            throw problem("A message without a list of content", where + ".content");
        var parts = new ArrayList<Part>();
        var calls = new ArrayList<ToolCall>();
        var callId = "";
        for (int i = 0; i < content.size(); i++) {
            var at = where + ".content[" + i + "]";
            var part = map(content.get(i), at);
            if (part.containsKey("toolRequest")) calls.add(toolCall(map(part.get("toolRequest"), at), at));
            else if (part.containsKey("toolResponse")) {
                var response = map(part.get("toolResponse"), at);
                callId = String.valueOf(response.get("ref"));
                parts.add(new Part.Text(asText(response.get("output"))));
            } else parts.add(part(part, at));
        }
        return new Message(role, parts, calls, callId, metadata);
    }

    private static Part part(Map<?, ?> part, String where) {
        if (part.containsKey("text")) return new Part.Text(text(part, "text", where));
        if (part.containsKey("media")) {
            var media = map(part.get("media"), where + ".media");
            var type = media.get("contentType");
            return new Part.Media(text(media, "url", where + ".media"), type == null ? "" : String.valueOf(type));
        }
        if (!part.containsKey("metadata")) throw problem("A part that is neither text, media nor a tool's", where);
        var notes = new LinkedHashMap<String, Object>();
        map(part.get("metadata"), where).forEach((key, value) -> {
            if (value != null) notes.put(String.valueOf(key), value);
        });
        return new Part.Pending(notes);
    }

    private static ToolCall toolCall(Map<?, ?> request, String where) {
        var id = request.get("ref");
        return new ToolCall(id == null ? "" : String.valueOf(id), text(request, "name", where), asText(request.get("input")));
    }

    private static String asText(Object value) {
        return value instanceof String text ? text : Printer.json(value, 0, Template.MAX_OUTPUT_CHARS);
    }

    private static Map<?, ?> map(Object value, String where) {
        if (value instanceof Map<?, ?> map) return map;
        throw problem(where + " is " + Values.kind(value) + " instead of a map", where);
    }

    private static String text(Map<?, ?> map, String key, String where) {
        if (map.get(key) instanceof String text) return text;
        throw problem(where + "." + key + " is " + Values.kind(map.get(key)) + " instead of text", where + "." + key);
    }

    private static Map<String, Object> ordered(String key, Object value) {
        var map = new LinkedHashMap<String, Object>();
        map.put(key, value);
        return map;
    }

    private static Map<String, Object> ordered(String key, Object value, String second, Object other) {
        var map = ordered(key, value);
        map.put(second, other);
        return map;
    }

    private static ProblemException problem(String what, String where) {
        return new ProblemException(what, where, "Write messages as {\"role\": \"user\", \"content\": [{\"text\": \"…\"}]}.");
    }
}
