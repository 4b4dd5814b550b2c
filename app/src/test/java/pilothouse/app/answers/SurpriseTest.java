package pilothouse.app.answers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import pilothouse.runtime.TokenLogprob;

class SurpriseTest {
    @Test
    void givenTokens_theyAreFoundInTheAnswerAndWhatIsMissingIsLeftOut() {
        var pieces = Surprise.of("Hi 👩 (masked) you", List.of(token("Hi", 0.9), token("\ufffd", 0.3), token("secret", 0.5), token(" you", 0.01)));
        assertThat(pieces).extracting(it -> it.start() + "…" + it.end()).containsExactly("0…2", "14…18");
        assertThat(pieces).extracting(Surprise.Piece::level).containsExactly(0, 4);
        assertThat(Surprise.of("", List.of())).isEmpty();
    }

    @Test
    void givenAProbability_itsLevelAndWordsFollow() {
        assertThat(List.of(1.0, 0.81, 0.79, 0.5, 0.49, 0.2, 0.19, 0.05, 0.04)).extracting(p -> Surprise.of("x", List.of(token("x", p))).getFirst().level())
                .containsExactly(0, 0, 1, 1, 2, 2, 3, 3, 4);
        var piece = Surprise.of(" the", List.of(new TokenLogprob(" the", Math.log(0.4), List.of(token(" a", 0.55), token(" the", 0.4), token("\n", 0.0004))))).getFirst();
        assertThat(piece.told()).isEqualTo("\" the\" 40 %   instead: \" a\" 55 %   \"\\n\" 0.040 %");
    }

    private static TokenLogprob token(String text, double probability) {
        return new TokenLogprob(text, Math.log(probability) + (probability == 1 ? 0 : 1e-12), List.of());
    }
}
