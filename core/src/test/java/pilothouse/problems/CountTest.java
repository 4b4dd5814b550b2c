package pilothouse.problems;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class CountTest {
    @Test
    void givenANumber_itsWordIsInTheRightNumberInAnyCountry() {
        var usual = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(Count.of(0, "version")).isEqualTo("0 versions");
            assertThat(Count.of(1, "version")).isEqualTo("1 version");
            assertThat(Count.of(2_000, "version")).isEqualTo("2,000 versions");
        } finally {
            Locale.setDefault(usual);
        }
    }
}
