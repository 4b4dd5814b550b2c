package pilothouse.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import pilothouse.engine.Sequence.Event;
import pilothouse.engine.Sequence.Scored;
import pilothouse.tokens.Specials;
import pilothouse.tokens.Tokenizer;

/// OpenAI's JSON shapes of one answer: chat or plain, whole or in chunks. One thread.
///
/// An extension of ours: every object carries the `seed`, drawn or given, with which the answer can be repeated.
final class CompletionShapes {
    /// JSON has no −∞; OpenAI writes this instead.
    private static final double LEAST_LOGPROB = -9999;

    private final boolean chat;
    private final Tokenizer tokenizer;
    private final Map<String, Object> common = new LinkedHashMap<>();
    private final String id;
    private int textOffset;

    CompletionShapes(boolean chat, LoadedModel model, long created, long seed) {
        this.chat = chat;
        this.tokenizer = model.tokenizer();
        this.id = (chat ? "chatcmpl-" : "cmpl-") + UUID.randomUUID();
        common.put("created", created);
        common.put("model", model.name());
        common.put("seed", seed);
    }

    boolean isChat() {
        return chat;
    }

    /// The first chunk of a chat, which only says who speaks.
    Map<String, Object> opening(boolean withUsage) {
        return chunk(Map.of("role", "assistant", "content", ""), Optional.empty(), List.of(), withUsage);
    }

    Map<String, Object> piece(String text, List<Scored> tokens, boolean withUsage) {
        return chunk(chat ? Map.of("content", text) : text, Optional.empty(), tokens, withUsage);
    }

    Map<String, Object> ending(String finishReason, boolean withUsage) {
        return chunk(chat ? Map.of() : "", Optional.of(finishReason), List.of(), withUsage);
    }

    Map<String, Object> usageChunk(int prompt, Event.Finished end) {
        var chunk = object("chat.completion.chunk");
        chunk.put("choices", List.of());
        chunk.put("usage", usage(prompt, end));
        return chunk;
    }

    Map<String, Object> whole(String text, List<Scored> tokens, boolean scored, String finishReason, int prompt, Event.Finished end) {
        var choice = new LinkedHashMap<String, Object>();
        choice.put("index", 0);
        if (chat) choice.put("message", Map.of("role", "assistant", "content", text));
        else choice.put("text", text);
        choice.put("logprobs", scored ? logprobs(tokens) : null);
        choice.put("finish_reason", finishReason);
        var whole = object("chat.completion");
        whole.put("choices", List.of(choice));
        whole.put("usage", usage(prompt, end));
        return whole;
    }

    private Map<String, Object> chunk(Object content, Optional<String> finishReason, List<Scored> tokens, boolean withUsage) {
        var choice = new LinkedHashMap<String, Object>();
        choice.put("index", 0);
        choice.put(chat ? "delta" : "text", content);
        choice.put("logprobs", tokens.isEmpty() ? null : logprobs(tokens));
        choice.put("finish_reason", finishReason.orElse(null));
        var chunk = object("chat.completion.chunk");
        chunk.put("choices", List.of(choice));
        if (withUsage) chunk.put("usage", null);
        return chunk;
    }

    private Map<String, Object> object(String kind) {
        var object = new LinkedHashMap<String, Object>();
        object.put("id", id);
        object.put("object", chat ? kind : "text_completion");
        object.putAll(common);
        return object;
    }

    private static Map<String, Object> usage(int prompt, Event.Finished end) {
        var usage = new LinkedHashMap<String, Object>();
        usage.put("prompt_tokens", prompt);
        usage.put("completion_tokens", end.outputTokens());
        usage.put("total_tokens", prompt + end.outputTokens());
        usage.put("prompt_tokens_details", Map.of("cached_tokens", end.cachedTokens()));
        return usage;
    }

    private Map<String, Object> logprobs(List<Scored> tokens) {
        return chat ? Map.of("content", tokens.stream().map(this::scored).toList()) : plainLogprobs(tokens);
    }

    private Map<String, Object> scored(Scored token) {
        var entry = entry(token.id(), token.logprobs().logprob());
        var top = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < token.logprobs().topIds().length; i++)
            top.add(entry(token.logprobs().topIds()[i], token.logprobs().topProbs()[i]));
        entry.put("top_logprobs", top);
        return entry;
    }

    private Map<String, Object> entry(int id, double logprob) {
        var entry = new LinkedHashMap<String, Object>();
        var text = text(id);
        var bytes = tokenizer.isControl(id) ? text.getBytes(StandardCharsets.UTF_8) : tokenizer.bytes(id);
        var unsigned = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) unsigned[i] = bytes[i] & 0xFF;
        entry.put("token", text);
        entry.put("logprob", Math.max(logprob, LEAST_LOGPROB));
        entry.put("bytes", unsigned);
        return entry;
    }

    private Map<String, Object> plainLogprobs(List<Scored> tokens) {
        var texts = new ArrayList<String>();
        var probs = new ArrayList<Double>();
        var tops = new ArrayList<Map<String, Double>>();
        var offsets = new ArrayList<Integer>();
        for (var token : tokens) {
            texts.add(text(token.id()));
            probs.add(Math.max(token.logprobs().logprob(), LEAST_LOGPROB));
            var top = new LinkedHashMap<String, Double>();
            for (int i = 0; i < token.logprobs().topIds().length; i++)
                top.putIfAbsent(text(token.logprobs().topIds()[i]), Math.max(token.logprobs().topProbs()[i], LEAST_LOGPROB));
            tops.add(top);
            offsets.add(textOffset);
            textOffset += texts.getLast().length();
        }
        var logprobs = new LinkedHashMap<String, Object>();
        logprobs.put("tokens", texts);
        logprobs.put("token_logprobs", probs);
        logprobs.put("top_logprobs", tops);
        logprobs.put("text_offset", offsets);
        return logprobs;
    }

    private String text(int id) {
        return tokenizer.decode(new int[] {id}, Specials.AS_TEXT);
    }
}
