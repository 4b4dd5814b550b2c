package pilothouse.connectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pilothouse.messages.ToolCall;
import pilothouse.runtime.FinishReason;
import pilothouse.runtime.GenerationEvent;
import pilothouse.runtime.GenerationEvent.Finished;
import pilothouse.runtime.GenerationEvent.ReasoningDelta;
import pilothouse.runtime.GenerationEvent.TextDelta;
import pilothouse.runtime.GenerationEvent.ToolCalled;
import pilothouse.runtime.GenerationEvent.UsageReported;
import pilothouse.runtime.TokenLogprob;
import pilothouse.runtime.Usage;
import tools.jackson.databind.JsonNode;

/// Puts one OpenAI-shaped answer together from its chunks: texts as they come, tool calls, usage and
/// the reason of the end when it is complete. A whole `chat.completion` is taken as a single chunk.
final class ChatAnswer {
    private static final class OpenCall {
        String id = "";
        final StringBuilder name = new StringBuilder();
        final StringBuilder arguments = new StringBuilder();
    }

    private static final int MAX_CALLS = 128;

    private final List<OpenCall> calls = new ArrayList<>();
    private Optional<FinishReason> reason = Optional.empty();
    private Optional<Usage> usage = Optional.empty();
    private String half = "";
    private int outputTokens;

    /// The events of the next chunk.
    List<GenerationEvent> accept(JsonNode chunk) {
        var events = new ArrayList<GenerationEvent>();
        if (chunk.path("usage").isObject()) usage = Optional.of(usage(chunk.get("usage")));
        for (var choice : chunk.path("choices"))
            if (choice.path("index").asInt(0) == 0) choice(choice, events);
        return events;
    }

    /// What follows the last chunk: tool calls, usage (estimated if the server sent none), the end.
    List<GenerationEvent> finish() {
        var events = new ArrayList<GenerationEvent>();
        for (var call : calls) events.add(new ToolCalled(new ToolCall(call.id, call.name.toString(), call.arguments.toString())));
        events.add(new UsageReported(usage.orElseGet(this::estimate)));
        events.add(new Finished(reason.orElse(FinishReason.STOP)));
        return events;
    }

    /// The end of an answer that the user stopped: half a tool call is none.
    List<GenerationEvent> cancel() {
        return List.of(new UsageReported(estimate()), new Finished(FinishReason.CANCELLED));
    }

    /// Whether the server has said why the answer ended; usage may still follow.
    boolean isEnded() {
        return reason.isPresent();
    }

    /// A lower bound: pieces of text may be several tokens, and nothing is known of the prompt.
    private Usage estimate() {
        return new Usage(0, outputTokens, 0, true);
    }

    private void choice(JsonNode choice, List<GenerationEvent> events) {
        var delta = choice.has("delta") ? choice.get("delta") : choice.path("message");
        var reasoning = text(delta.path("reasoning_content")) + text(delta.path("reasoning"));
        if (!reasoning.isEmpty()) {
            events.add(new ReasoningDelta(reasoning));
            outputTokens++;
        }
        text(choice, delta, events);
        for (var call : delta.path("tool_calls")) toolCall(call);
        if (choice.path("finish_reason").isString()) reason = Optional.of(reason(choice.get("finish_reason").asString()));
    }

    private void text(JsonNode choice, JsonNode delta, List<GenerationEvent> events) {
        var logprobs = logprobs(choice.path("logprobs").path("content"));
        var text = half + text(delta.path("content")) + text(delta.path("refusal"));
        int cut = !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1)) ? text.length() - 1 : text.length();
        half = text.substring(cut); // a server that splits a pair: whole code points only
        if (cut == 0 && logprobs.isEmpty()) return;
        int tokens = logprobs.isEmpty() ? 1 : logprobs.size();
        outputTokens += tokens;
        events.add(new TextDelta(text.substring(0, cut), tokens, logprobs));
    }

    /// A string, or the texts of a list of parts; empty for anything else.
    private static String text(JsonNode content) {
        if (content.isString()) return content.asString();
        var text = new StringBuilder();
        for (var part : content) if (part.path("text").isString()) text.append(part.get("text").asString());
        return text.toString();
    }

    private void toolCall(JsonNode part) {
        var id = part.path("id").asString("");
        int index = part.path("index").asInt(calls.isEmpty() || startsAnother(id) ? calls.size() : calls.size() - 1);
        index = Math.clamp(index, 0, MAX_CALLS - 1);
        while (calls.size() <= index) calls.add(new OpenCall());
        var call = calls.get(index);
        if (!id.isEmpty()) call.id = id;
        call.name.append(part.path("function").path("name").asString(""));
        call.arguments.append(part.path("function").path("arguments").asString(""));
    }

    private boolean startsAnother(String id) {
        return !id.isEmpty() && !calls.getLast().id.equals(id);
    }

    private static List<TokenLogprob> logprobs(JsonNode content) {
        var list = new ArrayList<TokenLogprob>();
        for (var entry : content) {
            var top = new ArrayList<TokenLogprob>();
            for (var other : entry.path("top_logprobs")) top.add(logprob(other, List.of()));
            list.add(logprob(entry, top));
        }
        return list;
    }

    private static TokenLogprob logprob(JsonNode entry, List<TokenLogprob> top) {
        return new TokenLogprob(entry.path("token").asString(""), entry.path("logprob").asDouble(0), top);
    }

    private static Usage usage(JsonNode usage) {
        return new Usage(usage.path("prompt_tokens").asInt(0), usage.path("completion_tokens").asInt(0),
                usage.path("prompt_tokens_details").path("cached_tokens").asInt(0), false);
    }

    private static FinishReason reason(String word) {
        return switch (word) {
            case "length", "max_tokens" -> FinishReason.LENGTH;
            case "tool_calls", "function_call" -> FinishReason.TOOL_CALLS;
            case "content_filter" -> FinishReason.FILTERED;
            case "abort", "cancelled" -> FinishReason.CANCELLED;
            default -> FinishReason.STOP; // stop, eos_token, stop_sequence: every server has its own words
        };
    }
}
