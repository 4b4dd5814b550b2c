package pilothouse.runtime;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import pilothouse.problems.ProblemException;

/// Reads a [Sampling] from the `config` of a prompt document. Each parameter has Dotprompt's name and
/// the one of the OpenAI-shaped wire format; keys it does not know belong to someone else.
final class SamplingConfig {
    private final Map<String, Object> config;

    SamplingConfig(Map<String, Object> config) {
        this.config = config;
    }

    Sampling sampling() {
        return new Sampling(real("temperature"), real("topP", "top_p"), whole("topK", "top_k"), real("minP", "min_p"),
                real("repetitionPenalty", "repetition_penalty"), real("presencePenalty", "presence_penalty"),
                real("frequencyPenalty", "frequency_penalty"), seed(), whole("maxOutputTokens", "max_tokens"), stop(),
                whole("topLogprobs", "top_logprobs"));
    }

    private OptionalDouble real(String... names) {
        var name = present(names);
        return switch (config.get(name)) {
            case null -> OptionalDouble.empty();
            case Number number -> OptionalDouble.of(number.doubleValue());
            case Object other -> throw wrong(name, other, "a number");
        };
    }

    private OptionalInt whole(String... names) {
        var name = present(names);
        var value = integer(name);
        if (value.isEmpty()) return OptionalInt.empty();
        if (value.getAsLong() != (int) value.getAsLong()) throw wrong(name, value.getAsLong(), "a smaller whole number");
        return OptionalInt.of((int) value.getAsLong());
    }

    private OptionalLong seed() {
        return integer("seed");
    }

    private OptionalLong integer(String name) {
        return switch (config.get(name)) {
            case null -> OptionalLong.empty();
            case Number number when number.doubleValue() == number.longValue() -> OptionalLong.of(number.longValue());
            case Object other -> throw wrong(name, other, "a whole number");
        };
    }

    private List<String> stop() {
        var name = present("stopSequences", "stop");
        return switch (config.get(name)) {
            case null -> List.of();
            case String one -> List.of(one);
            case List<?> list when list.stream().allMatch(String.class::isInstance) ->
                    list.stream().map(String.class::cast).toList();
            case Object other -> throw wrong(name, other, "a text or a list of texts");
        };
    }

    private String present(String... names) {
        for (var name : names)
            if (config.get(name) != null) return name;
        return names[0];
    }

    private static ProblemException wrong(String name, Object value, String wanted) {
        return new ProblemException(name + " is " + value, "config." + name, "Write " + wanted + ".");
    }
}
