package pilothouse.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import pilothouse.engine.Sequence.Event;
import pilothouse.runtime.FinishReason;

/// The JSON shapes of one answer in OpenAI's Responses API, whole and as events. One thread.
final class ResponseShapes {
    private final String id = "resp_" + UUID.randomUUID();
    private final String messageId = "msg_" + UUID.randomUUID();
    private final Map<String, Object> common = new LinkedHashMap<>();
    private final int promptTokens;
    private int number;

    ResponseShapes(String model, GenerationRequest request, long created) {
        promptTokens = request.prompt().length;
        common.put("created_at", created);
        common.put("model", model);
        common.put("max_output_tokens", request.maxTokens());
        common.put("temperature", request.rules().temperature());
        common.put("top_p", request.rules().topP());
        common.put("seed", request.rules().seed());
        common.put("instructions", null);
        common.put("previous_response_id", null);
        common.put("parallel_tool_calls", false);
        common.put("tool_choice", "none");
        common.put("tools", List.of());
        common.put("store", false);
        common.put("metadata", Map.of());
    }

    Map<String, Object> begun() {
        return response("in_progress", List.of(), Optional.empty());
    }

    Map<String, Object> ended(String text, Event.Finished end) {
        var status = status(end);
        return response(status, List.of(message(status, List.of(part(text)))), Optional.of(end));
    }

    Map<String, Object> failed(String message) {
        var response = response("failed", List.of(), Optional.empty());
        response.put("error", Map.of("code", "server_error", "message", message));
        return response;
    }

    private static String status(Event.Finished end) {
        return end.reason() == FinishReason.STOP ? "completed" : "incomplete";
    }

    private Map<String, Object> response(String status, List<Object> output, Optional<Event.Finished> end) {
        var response = new LinkedHashMap<String, Object>();
        response.put("id", id);
        response.put("object", "response");
        response.put("status", status);
        response.put("error", null);
        response.put("incomplete_details", status.equals("incomplete") ? Map.of("reason", "max_output_tokens") : null);
        response.put("output", output);
        response.putAll(common);
        response.put("usage", end.map(this::usage).orElse(null));
        return response;
    }

    private Map<String, Object> usage(Event.Finished end) {
        var usage = new LinkedHashMap<String, Object>();
        usage.put("input_tokens", promptTokens);
        usage.put("input_tokens_details", Map.of("cached_tokens", end.cachedTokens()));
        usage.put("output_tokens", end.outputTokens());
        usage.put("output_tokens_details", Map.of("reasoning_tokens", 0));
        usage.put("total_tokens", promptTokens + end.outputTokens());
        return usage;
    }

    private Map<String, Object> message(String status, List<Object> content) {
        var message = new LinkedHashMap<String, Object>();
        message.put("type", "message");
        message.put("id", messageId);
        message.put("status", status);
        message.put("role", "assistant");
        message.put("content", content);
        return message;
    }

    private static Map<String, Object> part(String text) {
        return Map.of("type", "output_text", "text", text, "annotations", List.of());
    }

    /// The events before the first text.
    List<Map<String, Object>> opening() {
        return List.of(whole("response.created", begun()), whole("response.in_progress", begun()),
                item("response.output_item.added", message("in_progress", List.of())), content("response.content_part.added", "part", part("")));
    }

    Map<String, Object> delta(String text) {
        var event = content("response.output_text.delta", "delta", text);
        event.put("logprobs", List.of());
        return event;
    }

    /// The events after the last text.
    List<Map<String, Object>> closing(String text, Event.Finished end) {
        var done = content("response.output_text.done", "text", text);
        done.put("logprobs", List.of());
        return List.of(done, content("response.content_part.done", "part", part(text)),
                item("response.output_item.done", message(status(end), List.of(part(text)))), whole("response." + status(end), ended(text, end)));
    }

    Map<String, Object> failure(String message) {
        return whole("response.failed", failed(message));
    }

    private Map<String, Object> whole(String type, Map<String, Object> response) {
        var event = event(type);
        event.put("response", response);
        return event;
    }

    private Map<String, Object> item(String type, Map<String, Object> message) {
        var event = event(type);
        event.put("output_index", 0);
        event.put("item", message);
        return event;
    }

    private Map<String, Object> content(String type, String name, Object value) {
        var event = event(type);
        event.put("item_id", messageId);
        event.put("output_index", 0);
        event.put("content_index", 0);
        event.put(name, value);
        return event;
    }

    private Map<String, Object> event(String type) {
        var event = new LinkedHashMap<String, Object>();
        event.put("type", type);
        event.put("sequence_number", number++);
        return event;
    }
}
