package pilothouse.cli.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pilothouse.connectors.RemoteRuntime;
import pilothouse.local.EngineProcess;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.modelfiles.PromptEncoder;
import pilothouse.problems.ProblemException;
import pilothouse.runtime.GenerationEvent;
import pilothouse.runtime.Sampling;

/// Measures the running engine over its own HTTP, as every user of it meets it: each model is asked
/// for a long answer after a short prompt (decode) and for one token after a long prompt (prefill).
final class EngineProbe {
    /// Tokens of each model's cache.
    static final int CONTEXT = 1024;

    private static final int SHORT_PROMPT = 128;
    private static final int LONG_PROMPT = 512;
    private static final int NEW_TOKENS = 128;
    private static final int WARM_TOKENS = 16;
    private static final String WORDS = "the harbour was quiet and a small boat came in slowly while the old keeper of the light watched from his window ";
    private static final String TASK = "Go on with this story and tell it at length: ";
    private static final Sampling GREEDY = Sampling.DEFAULTS.withTemperature(0);

    private final EngineProcess engine;
    private final PromptEncoder encoder;

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
        ask(model, LONG_PROMPT, 1);
        ask(model, SHORT_PROMPT, WARM_TOKENS);
    }

    /// Figures by `name|unit`.
    Map<String, Double> measure(String model) {
        var figures = new LinkedHashMap<String, Double>();
        var decode = ask(model, SHORT_PROMPT, NEW_TOKENS);
        figures.put("decode, " + model + "|tokens/s", decode.tokensPerSecond());
        figures.put("TTFT after " + SHORT_PROMPT + " tokens, " + model + "|s", decode.ttft());
        var prefill = ask(model, LONG_PROMPT, 1);
        figures.put("prefill, " + model + "|tokens/s", prefill.promptTokens() / prefill.ttft());
        return figures;
    }

    /// @param ttft            seconds from sending to the first token
    /// @param tokensPerSecond after the first; NaN for fewer than two tokens
    private record Asked(double ttft, double tokensPerSecond, int promptTokens) {}

    private Asked ask(String model, int promptTokens, int newTokens) {
        var server = engine.server().orElseThrow(() -> new ProblemException("The local engine has stopped", "local engine", "Run the bench again."));
        long first = 0;
        long last = 0;
        int counted = 0;
        int prompt = 0;
        try (var runtime = new RemoteRuntime(server)) {
            long start = System.nanoTime();
            try (var generation = runtime.generate(model, prompt(promptTokens), GREEDY.withMaxTokens(newTokens))) {
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
            return new Asked((first - start) / 1e9, (counted - 1) * 1e9 / (last - first), prompt);
        }
    }

    /// A conversation of about that many tokens, template included.
    private List<Message> prompt(int tokens) {
        var text = new StringBuilder(TASK);
        while (encoder.encode(message(text), true).length < tokens) text.append(WORDS, 0, WORDS.indexOf(' ', WORDS.length() / 4) + 1);
        return message(text);
    }

    private static List<Message> message(CharSequence text) {
        return List.of(Message.of(MessageRole.USER, text.toString()));
    }
}
