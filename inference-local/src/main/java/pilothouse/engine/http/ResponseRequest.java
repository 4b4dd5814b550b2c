package pilothouse.engine.http;

import java.util.List;
import java.util.Set;
import pilothouse.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a request of OpenAI's Responses API as one for a chat completion: the same fields mean the same.
public final class ResponseRequest {
    private static final Set<String> TEXTS = Set.of("input_text", "output_text", "text");

    private ResponseRequest() {}

    /// @throws ApiError naming what needs more than text in and text out
    public static RequestFields asChat(JsonNode body) {
        var fields = new RequestFields(body);
        for (var name : List.of("previous_response_id", "conversation", "prompt"))
            if (fields.node(name).isPresent()) throw ApiError.badField(name, name + " is not supported: this engine keeps no responses.");
        for (var name : List.of("include", "tools"))
            if (fields.node(name).filter(node -> !node.isEmpty()).isPresent()) throw ApiError.badField(name, name + " is not supported by the local engine.");
        if (fields.flag("background", false)) throw ApiError.badField("background", "background is not supported: this engine keeps no responses.");
        var chat = ((ObjectNode) body.deepCopy()).without(List.of("input", "instructions", "text", "max_output_tokens", "tools", "max_tokens"));
        var messages = chat.putArray("messages");
        fields.text("instructions").ifPresent(text -> messages.addObject().put("role", "system").put("content", text));
        input(fields, messages);
        fields.node("max_output_tokens").ifPresent(most -> chat.set("max_completion_tokens", most));
        fields.node("text").map(text -> text.path("format")).filter(JsonNode::isObject).ifPresent(format -> chat.set("response_format", format(format)));
        return new RequestFields(chat);
    }

    private static void input(RequestFields fields, ArrayNode messages) {
        var input = fields.node("input").orElseThrow(() -> ApiError.badField("input", "input is missing."));
        if (input.isString()) {
            messages.addObject().put("role", "user").set("content", input);
            return;
        }
        var items = RequestFields.elements("input", input);
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var where = "input[" + i + "]";
            if (!item.path("type").asString("message").equals("message")) throw ApiError.badField(where, where + " must be a message: this engine reads nothing else.");
            var role = item.path("role").asString("");
            messages.addObject().put("role", role.equals("developer") ? "system" : role).put("content", text(where, item.path("content")));
        }
    }

    private static String text(String where, JsonNode content) {
        if (content.isString()) return content.asString();
        var text = new StringBuilder();
        for (var part : RequestFields.elements(where + ".content", content)) {
            if (!TEXTS.contains(part.path("type").asString(""))) throw ApiError.badField(where + ".content", where + ".content may hold texts only.");
            text.append(part.path("text").asString(""));
        }
        return text.toString();
    }

    /// The schema stands in `json_schema` there, and beside `type` here.
    private static JsonNode format(JsonNode format) {
        if (!format.path("type").asString("").equals("json_schema")) return format;
        var nested = Json.MAPPER.createObjectNode().put("type", "json_schema");
        nested.set("json_schema", format);
        return nested;
    }
}
