package pilothouse.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pilothouse.problems.ProblemException;

class SamplingConfigTest {
    @Test
    void givenEitherSpelling_theParametersAreTheSame() {
        var dotprompt = Sampling.of(Map.of("temperature", 0, "topP", 0.9, "topK", 40, "minP", 0.05, "maxOutputTokens", 64,
                "stopSequences", List.of("END"), "seed", 7L, "repetitionPenalty", 1.1, "somethingElse", true));
        var wire = Sampling.of(Map.of("temperature", 0.0, "top_p", 0.9, "top_k", 40, "min_p", 0.05, "max_tokens", 64,
                "stop", "END", "seed", 7, "repetition_penalty", 1.1));
        assertThat(dotprompt).isEqualTo(wire);
        assertThat(dotprompt.maxTokens()).hasValue(64);
        assertThat(Sampling.of(Map.of())).isEqualTo(Sampling.DEFAULTS);
    }

    @Test
    void givenAWrongValue_theKeyIsNamed() {
        assertThatThrownBy(() -> Sampling.of(Map.of("topK", 1.5))).isInstanceOf(ProblemException.class)
                .hasMessageContaining("config.topK");
        assertThatThrownBy(() -> Sampling.of(Map.of("temperature", "warm"))).isInstanceOf(ProblemException.class)
                .hasMessageContaining("config.temperature");
        assertThatThrownBy(() -> Sampling.of(Map.of("stop", List.of(1)))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Sampling.of(Map.of("temperature", 3))).hasMessageContaining("0.0 to 2.0");
    }

    @Test
    void givenARequestOfItsOwn_itOverridesTheDocument() {
        var both = Sampling.of(Map.of("temperature", 0.2, "top_k", 5)).overriddenBy(Sampling.DEFAULTS.withTemperature(1));
        assertThat(both.temperature()).hasValue(1);
        assertThat(both.topK()).hasValue(5);
    }
}
