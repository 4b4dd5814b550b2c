package pilothouse.cli.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import pilothouse.connectors.RemoteRuntime;
import pilothouse.json.Json;
import pilothouse.local.EngineProcess;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.modelfiles.PromptEncoder;
import pilothouse.problems.ProblemException;
import pilothouse.runtime.AnswerForm;
import pilothouse.runtime.GenerationEvent;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Service;
import tools.jackson.core.type.TypeReference;

/// Measures the running engine over its own HTTP, as every user of it meets it: each model is asked
/// for a long answer after a short prompt (decode), for one token after a long prompt (prefill), for the same again (what
/// the prefix cache saves), and for several answers at once. Every prompt begins differently, so that the prefix cache
/// answers none that it should not.
final class EngineProbe {
    /// Tokens of each model's cache.
    static final int CONTEXT = 2560;

    /// Tokens of the long prompts; prefill is measured with the first.
    static final List<Integer> LONG_PROMPTS = List.of(512, 2048);

    private static final int SHORT_PROMPT = 128;
    private static final int NEW_TOKENS = 128;
    private static final int WARM_TOKENS = 16;
    private static final int STREAM_PROMPT = 60;
    private static final int STREAM_TOKENS = 64;
    private static final String WORDS = "the harbour was quiet and a small boat came in slowly while the old keeper of the light watched from his window ";
    private static final String TASK = "Go on with this story and tell it at length: ";
    /// Much of such an answer is given by its form, so that the model's free choice is often another.
    private static final Service FORMED = Service.DEFAULTS.withForm(Optional.of(new AnswerForm.Schema(Json.MAPPER.convertValue(Json.parse("""
            {"type":"array","minItems":60,"items":{"type":"object","properties":{"name":{"type":"string","maxLength":20},
             "age":{"type":"integer","minimum":0,"maximum":150}},"required":["name","age"],"additionalProperties":false}}"""),
            new TypeReference<Map<String, Object>>() {}))));
    private static final Sampling GREEDY = Sampling.DEFAULTS.withTemperature(0);

    private final EngineProcess engine;
    private final PromptEncoder encoder;
    private final AtomicInteger prompts = new AtomicInteger();

    EngineProbe(EngineProcess engine, PromptEncoder encoder) {
        this.engine = engine;
        this.encoder = encoder;
    }

    /// Resident memory of the engine's process, in bytes.
    static double residentBytes(EngineProcess engine) throws InterruptedException {
        if (engine.control().isEmpty()) return 0;
        return engine.control().get().metrics().lines().filter(line -> line.startsWith("process_resident_memory_bytes")).findFirst()
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).orElse(0.0);
    }

    void warmUp(String model) {
        ask(model, prompt(LONG_PROMPTS.getFirst()), 1);
        ask(model, prompt(SHORT_PROMPT), WARM_TOKENS);
        ask(model, prompt(SHORT_PROMPT), NEW_TOKENS, FORMED);
    }

    /// Figures by `name|unit`.
    Map<String, Double> measure(String model) {
        var figures = new LinkedHashMap<String, Double>();
        var decode = ask(model, prompt(SHORT_PROMPT), NEW_TOKENS);
        figures.put("decode, " + model + "|tokens/s", decode.tokensPerSecond());
        figures.put("TTFT after " + SHORT_PROMPT + " tokens, " + model + "|s", decode.ttft());
        figures.put("decode by a schema, " + model + "|tokens/s", ask(model, prompt(SHORT_PROMPT), NEW_TOKENS, FORMED).tokensPerSecond());
        for (int tokens : LONG_PROMPTS) {
            var prompt = prompt(tokens);
            var prefill = ask(model, prompt, 1);
            if (tokens == LONG_PROMPTS.getFirst()) figures.put("prefill, " + model + "|tokens/s", prefill.promptTokens() / prefill.ttft());
            figures.put("TTFT after " + tokens + " tokens, " + model + "|s", prefill.ttft());
            figures.put("TTFT after " + tokens + " tokens in the prefix cache, " + model + "|s", ask(model, prompt, 1).ttft());
        }
        return figures;
    }

    /// Tokens a second of all answers together, from the first request to the last token: prompts are part of the time.
    double tokensPerSecond(String model, int streams) throws InterruptedException {
        var prompts = IntStream.range(0, streams).mapToObj(_ -> prompt(STREAM_PROMPT)).toList();
        long start = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = prompts.stream().map(prompt -> threads.submit(() -> ask(model, prompt, STREAM_TOKENS))).toList();
            int tokens = 0;
            for (var answer : answers) tokens += answer.get().outputTokens();
            return tokens * 1e9 / (System.nanoTime() - start);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) throw problem;
            throw new IllegalStateException(e);
        }
    }

    /// @param ttft            seconds from sending to the first token
    /// @param tokensPerSecond after the first; NaN for fewer than two tokens
    private record Asked(double ttft, double tokensPerSecond, int promptTokens, int outputTokens) {}

    private Asked ask(String model, List<Message> messages, int newTokens) {
        return ask(model, messages, newTokens, Service.DEFAULTS);
    }

    private Asked ask(String model, List<Message> messages, int newTokens, Service service) {
        var server = engine.server().orElseThrow(() -> new ProblemException("The local engine has stopped", "local engine", "Run the bench again."));
        long first = 0;
        long last = 0;
        int counted = 0;
        int prompt = 0;
        try (var runtime = new RemoteRuntime(server)) {
            long start = System.nanoTime();
            try (var generation = runtime.generate(model, messages, GREEDY.withMaxTokens(newTokens), service)) {
                for (var event : generation)
                    switch (event) {
                        case GenerationEvent.TextDelta _ -> {
                            last = System.nanoTime();
                            if (first == 0) first = last;
                        }
                        case GenerationEvent.UsageReported(var usage) -> {
                            counted = usage.outputTokens();
                            prompt = usage.promptTokens();
                        }
                        default -> { }
                    }
            }
            return new Asked((first - start) / 1e9, (counted - 1) * 1e9 / (last - first), prompt, counted);
        }
    }

    /// A conversation of about that many tokens, template included, whose first words are like no other's.
    private List<Message> prompt(int tokens) {
        var number = prompts.incrementAndGet();
        var text = new StringBuilder(TASK);
        while (encoder.encode(messages(number, text), true).length < tokens) text.append(WORDS, 0, WORDS.indexOf(' ', WORDS.length() / 4) + 1);
        return messages(number, text);
    }

    private static List<Message> messages(int number, CharSequence text) {
        return List.of(Message.of(MessageRole.SYSTEM, number + " is your number."), Message.of(MessageRole.USER, text.toString()));
    }
}
