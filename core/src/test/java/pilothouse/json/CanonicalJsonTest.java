package pilothouse.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
    @Test
    void givenKeysInAnyOrder_theyAreSortedByUtf16() {
        var text = "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}";
        assertThat(CanonicalJson.of(Json.parse(text))) // the order of RFC 8785, 3.2.3
                .isEqualTo("{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}");
    }

    @Test
    void givenControlCharacters_theyTakeTheShortestEscape() {
        assertThat(CanonicalJson.of(List.of("\b\t\n\f\r\u0001\"\\/é")))
                .isEqualTo("[\"\\b\\t\\n\\f\\r\\u0001\\\"\\\\/é\"]");
    }

    @Test
    void givenAFraction_itIsRefused() {
        assertThatThrownBy(() -> CanonicalJson.of(Map.of("x", 1.5))).hasMessageContaining("1.5");
    }
}
