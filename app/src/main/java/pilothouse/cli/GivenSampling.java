package pilothouse.cli;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import pilothouse.runtime.Sampling;
import picocli.CommandLine.Option;

/// Parameters of the answer, as options that several commands share; each wins over the prompt's own.
public final class GivenSampling {
    @Option(names = "--temperature", description = "0 = greedy, to 2.")
    private Double temperature;

    @Option(names = "--top-p", description = "0 to 1.")
    private Double topP;

    @Option(names = "--top-k", description = "0 = off.")
    private Integer topK;

    @Option(names = "--max-tokens", description = "Most tokens of the answer.")
    private Integer maxTokens;

    @Option(names = "--seed", description = "The same seed, build, precision and load give the same text.")
    private Long seed;

    @Option(names = "--stop", description = "A text that ends the answer; may be given several times.")
    private List<String> stop = List.of();

    public Sampling sampling() {
        var nothing = Sampling.DEFAULTS;
        return new Sampling(real(temperature), real(topP), whole(topK), nothing.minP(), nothing.repetitionPenalty(),
                nothing.presencePenalty(), nothing.frequencyPenalty(), seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
                whole(maxTokens), stop, nothing.topLogprobs());
    }

    private static OptionalDouble real(Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static OptionalInt whole(Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
