package pilothouse.connectors;

import java.util.List;
import pilothouse.json.Json;
import pilothouse.messages.Message;
import pilothouse.messages.Part;
import pilothouse.runtime.AnswerForm;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Service;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes messages and sampling as the OpenAI-shaped servers read them. `max_tokens` rather than
/// OpenAI's newer `max_completion_tokens`, since many servers know only the former.
final class ChatRequest {
    private ChatRequest() {}

    /// The body of a streamed `POST /v1/chat/completions`; only what `sampling` and `service` state is sent.
    static ObjectNode of(String model, List<Message> messages, Sampling sampling, Service service) {
        var body = Json.MAPPER.createObjectNode().put("model", model);
        body.set("messages", messages(messages));
        body.put("stream", true).putObject("stream_options").put("include_usage", true);
        sampling.temperature().ifPresent(v -> body.put("temperature", v));
        sampling.topP().ifPresent(v -> body.put("top_p", v));
        sampling.topK().ifPresent(v -> body.put("top_k", v));
        sampling.minP().ifPresent(v -> body.put("min_p", v));
        sampling.repetitionPenalty().ifPresent(v -> body.put("repetition_penalty", v));
        sampling.presencePenalty().ifPresent(v -> body.put("presence_penalty", v));
        sampling.frequencyPenalty().ifPresent(v -> body.put("frequency_penalty", v));
        sampling.seed().ifPresent(v -> body.put("seed", v));
        sampling.maxTokens().ifPresent(v -> body.put("max_tokens", v));
        if (!sampling.stop().isEmpty()) sampling.stop().forEach(body.putArray("stop")::add);
        sampling.topLogprobs().ifPresent(v -> body.put("logprobs", true).put("top_logprobs", v));
        service.priority().ifPresent(v -> body.put("priority", v));
        if (!service.sharesPrefixes()) body.put("cache_prompt", false);
        service.form().ifPresent(form -> form(body.putObject("response_format"), form));
        return body;
    }

    private static void form(ObjectNode format, AnswerForm form) {
        switch (form) {
            case AnswerForm.AnyObject _ -> format.put("type", "json_object");
            case AnswerForm.Schema(var schema) -> format.put("type", "json_schema").putObject("json_schema")
                    .put("name", "answer").put("strict", true).set("schema", Json.MAPPER.valueToTree(schema));
        }
    }

    static ArrayNode messages(List<Message> messages) {
        var array = Json.MAPPER.createArrayNode();
        for (var message : messages) {
            var node = array.addObject().put("role", message.role().wire());
            if (!message.toolCallId().isEmpty()) node.put("tool_call_id", message.toolCallId());
            content(node, message);
            if (!message.toolCalls().isEmpty()) toolCalls(node.putArray("tool_calls"), message);
        }
        return array;
    }

    /// A string where there is only text: every server takes it, not every server takes parts.
    private static void content(ObjectNode node, Message message) {
        if (message.parts().stream().noneMatch(Part.Media.class::isInstance)) {
            node.put("content", message.text());
            return;
        }
        var parts = node.putArray("content");
        for (var part : message.parts())
            switch (part) {
                case Part.Text(var text) -> parts.addObject().put("type", "text").put("text", text);
                case Part.Media(var url, _) -> parts.addObject().put("type", "image_url").putObject("image_url").put("url", url);
                case Part.Pending _ -> {} // marks a place in a template and says nothing to a model
            }
    }

    private static void toolCalls(ArrayNode array, Message message) {
        for (var call : message.toolCalls())
            array.addObject().put("id", call.id()).put("type", "function").putObject("function")
                    .put("name", call.name()).put("arguments", call.arguments());
    }
}
