package pilothouse.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import pilothouse.engine.grammar.Grammars;
import pilothouse.engine.http.ApiError;
import pilothouse.engine.http.RequestFields;
import pilothouse.engine.sampling.PromptLookup;
import pilothouse.engine.sampling.SamplingOrder;
import pilothouse.engine.sampling.SamplingRules;

/// What a completion asks for, checked.
///
/// @param prompt    ids, at least one
/// @param maxTokens most tokens of the answer, ≥ 1; prompt and answer fit into the context
/// @param stops     texts that end the answer
/// @param logprobs  how many alternatives to report with each token; absent = no log-probabilities
/// @param ignoreEos goes on after the token that ends an answer
/// @param priority  lower ones are served earlier
/// @param cachePrompt takes the beginning of the prompt from other requests and keeps its own for them
/// @param cacheAnswer takes the answer from an equal request before, if both are greedy
/// @param lookup    most ids that are guessed at once from prompt and answer; 0 for none
/// @param batchInvariant computed by the same calls alone and beside others; then nothing is guessed or taken from others
/// @param form      that the answer must have
public record GenerationRequest(int[] prompt, SamplingRules rules, int maxTokens, List<String> stops, OptionalInt logprobs,
        boolean ignoreEos, int priority, boolean cachePrompt, boolean cacheAnswer, int lookup, boolean batchInvariant,
        Optional<Grammars.Compiled> form) {
    private static final int MOST_STOPS = 16;
    /// Largest whole number that every JSON reader keeps exactly.
    private static final long MOST_DRAWN_SEED = (1L << 53) - 1;

    /// @param logprobs as above; the two kinds of completion ask for it differently
    /// @throws ApiError naming the field that is wrong
    static GenerationRequest read(RequestFields fields, int[] prompt, OptionalInt logprobs, LoadedModel model) {
        refuseUnsupported(fields);
        var stops = fields.texts("stop");
        if (stops.size() > MOST_STOPS || stops.contains(""))
            throw ApiError.badField("stop", "stop must be up to " + MOST_STOPS + " texts, none of them empty.");
        boolean invariant = fields.flag("batch_invariant", false);
        int lookup = fields.wholeInt("prompt_lookup_num_tokens", 0, PromptLookup.MOST).orElse(0);
        return new GenerationRequest(prompt, rules(fields, model.tokenizer().size()),
                maxTokens(fields, prompt.length, model.contextTokens()), stops, logprobs, fields.flag("ignore_eos", false),
                fields.wholeInt("priority", Integer.MIN_VALUE, Integer.MAX_VALUE).orElse(0),
                !invariant && fields.flag("cache_prompt", true), fields.flag("cache_answer", false), invariant ? 0 : lookup, invariant,
                AskedForm.read(fields, model.grammars()));
    }

    private static void refuseUnsupported(RequestFields fields) {
        fields.whole("n", 1, 1);
        for (var name : List.of("tools", "functions", "suffix"))
            if (fields.node(name).filter(node -> !node.isContainer() || !node.isEmpty()).isPresent())
                throw ApiError.badField(name, name + " is not supported by the local engine.");
        if (fields.flag("echo", false)) throw ApiError.badField("echo", "echo is not supported by the local engine.");
    }

    private static int maxTokens(RequestFields fields, int prompt, int context) {
        if (prompt == 0) throw ApiError.badField("prompt", "The prompt has no token.");
        int room = context - prompt;
        if (room < 1)
            throw tooLong("The prompt has " + prompt + " tokens, the context of this model is " + context
                    + " tokens and must hold the answer too. Shorten the prompt, or load the model with a longer context.");
        OptionalInt asked = fields.wholeInt("max_completion_tokens", 1, Integer.MAX_VALUE);
        if (asked.isEmpty()) asked = fields.wholeInt("max_tokens", 1, Integer.MAX_VALUE);
        int wanted = asked.orElse(room);
        if (wanted > room)
            throw tooLong("The prompt has " + prompt + " tokens and max_tokens is " + wanted + ", together more than the "
                    + context + " tokens of this model's context. At most " + room + " tokens are left for the answer.");
        return wanted;
    }

    private static ApiError tooLong(String message) {
        return ApiError.refused(400, "messages", "context_length_exceeded", message);
    }

    private static SamplingRules rules(RequestFields fields, int vocabulary) {
        var label = fields.text("sampling_order").orElse(SamplingOrder.VLLM.label());
        var order = SamplingOrder.of(label).orElseThrow(() ->
                ApiError.badField("sampling_order", "sampling_order is \"" + label + "\"; it must be \"vllm\" or \"llama.cpp\"."));
        boolean llama = order == SamplingOrder.LLAMA_CPP; // whose defaults are all on
        return new SamplingRules(order,
                fields.number("temperature", 0, 2).orElse(llama ? 0.8 : 1),
                fields.wholeInt("top_k", -1, Integer.MAX_VALUE).orElse(llama ? 40 : 0),
                fields.number("top_p", 0, 1).orElse(llama ? 0.95 : 1),
                fields.number("min_p", 0, 1).orElse(llama ? 0.05 : 0),
                fields.number("repetition_penalty", 0.01, 10).orElse(1),
                fields.number("presence_penalty", -2, 2).orElse(0),
                fields.number("frequency_penalty", -2, 2).orElse(0),
                logitBias(fields, vocabulary), seed(fields));
    }

    private static long seed(RequestFields fields) {
        OptionalLong asked = fields.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE);
        return asked.orElseGet(() -> RandomGenerator.getDefault().nextLong(MOST_DRAWN_SEED));
    }

    private static Map<Integer, Double> logitBias(RequestFields fields, int vocabulary) {
        var biases = new HashMap<Integer, Double>();
        var node = fields.node("logit_bias");
        if (node.isEmpty()) return biases;
        if (!node.get().isObject()) throw ApiError.badField("logit_bias", "logit_bias must be an object: token id to number.");
        node.get().properties().forEach(entry -> {
            double bias = entry.getValue().isNumber() ? entry.getValue().doubleValue() : Double.NaN;
            if (!entry.getKey().matches("\\d{1,9}") || Integer.parseInt(entry.getKey()) >= vocabulary || !(Math.abs(bias) <= 100))
                throw ApiError.badField("logit_bias", "logit_bias has " + entry.getKey() + ": " + entry.getValue()
                        + "; it must be a token id below " + vocabulary + " and a number from -100 to 100.");
            biases.put(Integer.parseInt(entry.getKey()), bias);
        });
        return biases;
    }
}
