package pilothouse.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import pilothouse.json.Json;
import pilothouse.local.PromptTokens.Part;
import pilothouse.messages.Message;
import pilothouse.modelfiles.PromptEncoder;
import pilothouse.problems.ProblemException;
import pilothouse.runtime.Target;
import pilothouse.tokens.OpenAiTokens;
import pilothouse.tokens.Price;
import pilothouse.tokens.Specials;
import pilothouse.tokens.TokenCount;
import pilothouse.tokens.TokenCounter;

/// Counts one prompt again and again while it is edited: exactly where the target's model file is at hand, nearly (and saying
/// so) for OpenAI's models, by length for others. Nothing is sent anywhere. One prompt, one thread at a time.
public final class PromptCounter {
    private final ModelEncoders encoders;
    private final Function<Target, Optional<Price>> prices;
    private PromptEncoder encoder;                      // whose counters these are; null before the first count
    private TokenCounter whole;
    private final List<TokenCounter> parts = new ArrayList<>();
    private Map<String, Value> counted = Map.of();

    private record Value(Object value, Target target, TokenCount count) {}

    /// @param prices what a target takes, where that is known
    public PromptCounter(ModelEncoders encoders, Function<Target, Optional<Price>> prices) {
        this.encoders = encoders;
        this.prices = prices;
    }

    public PromptTokens count(List<Message> messages, Target target) {
        if (messages.isEmpty()) return PromptTokens.NONE;
        var price = prices.apply(target);
        if (!target.isLocal()) return OpenAiTokens.of(target.model()).map(tokens -> openAi(messages, tokens, price)).orElseGet(() -> estimated(messages, price));
        try {
            return exact(messages, encoders.of(target.model()), price);
        } catch (ProblemException _) { // no such file or no chat template: the run will say so, the length can still be guessed
            return estimated(messages, price);
        }
    }

    private PromptTokens exact(List<Message> messages, PromptEncoder now, Optional<Price> price) {
        if (now != encoder) {
            encoder = now;
            whole = new TokenCounter(now.tokenizer());
            parts.clear();
        }
        while (parts.size() < messages.size()) parts.add(new TokenCounter(now.tokenizer()));
        var counted = new ArrayList<Part>();
        for (int i = 0; i < messages.size(); i++)
            counted.add(new Part(messages.get(i).role(), parts.get(i).count(messages.get(i).text(), Specials.AS_TEXT)));
        var written = now.chatText(messages, true);
        return new PromptTokens(TokenCount.exact(whole.count(written.text(), written.content())), counted, OptionalInt.of(now.trainedContext()), price);
    }

    private static PromptTokens openAi(List<Message> messages, OpenAiTokens tokens, Optional<Price> price) {
        var counted = messages.stream().map(message -> new Part(message.role(), tokens.count(message.text()))).toList();
        return new PromptTokens(tokens.count(messages), counted, OptionalInt.empty(), price);
    }

    private static PromptTokens estimated(List<Message> messages, Optional<Price> price) {
        var counted = messages.stream().map(message -> new Part(message.role(), TokenCount.estimate(message.text()).tokens())).toList();
        var all = messages.stream().map(Message::text).collect(Collectors.joining("\n"));
        return new PromptTokens(TokenCount.estimate(all), counted, OptionalInt.empty(), price);
    }

    /// The tokens of each value by itself, as the target counts them; a value that is no text counts as the JSON of it.
    public Map<String, TokenCount> values(Map<String, Object> values, Target target) {
        var now = new TreeMap<String, Value>();
        values.forEach((name, value) -> {
            var before = counted.get(name);
            boolean same = before != null && before.value == value && before.target.equals(target);
            now.put(name, same ? before : new Value(value, target, count(value instanceof String text ? text : Json.write(value), target)));
        });
        counted = now;
        var counts = new TreeMap<String, TokenCount>();
        now.forEach((name, value) -> counts.put(name, value.count));
        return counts;
    }

    private TokenCount count(String text, Target target) {
        try {
            if (target.isLocal()) return TokenCount.exact(encoders.of(target.model()).tokenizer().count(text, Specials.AS_TEXT));
        } catch (ProblemException _) { // as above
            return TokenCount.estimate(text);
        }
        return OpenAiTokens.of(target.model()).map(tokens -> new TokenCount(tokens.count(text), false)).orElseGet(() -> TokenCount.estimate(text));
    }
}
