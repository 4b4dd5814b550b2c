package pilothouse.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;

class OpenAiTokensTest {
    @Test
    void givenKnownTexts_theIdsAreThePublishedOnes() {
        // OpenAI's tokenizer page, and tiktoken's own tests
        assertThat(OpenAiTokens.of("gpt-4").orElseThrow().encode("hello world")).containsExactly(15339, 1917);
        assertThat(OpenAiTokens.of("gpt-4o-mini").orElseThrow().encode("hello world")).containsExactly(24912, 2375);
        assertThat(OpenAiTokens.of("gpt-4").orElseThrow().encode("<|endoftext|>")).hasSizeGreaterThan(1);
    }

    @Test
    void givenAnyText_theBytesOfItsTokensAreItsBytes() {
        var tokens = OpenAiTokens.of("o3").orElseThrow();
        var text = "Grüße 👩‍👩‍👧, 你好 नमस्ते\n\tx = 1";
        var bytes = new ByteArrayOutputStream();
        for (int id : tokens.encode(text)) bytes.writeBytes(tokens.bytes(id));
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(text);
        assertThat(tokens.count(text)).isEqualTo(tokens.encode(text).length);
    }

    @Test
    void givenAConversation_theCountIsAnEstimateAndSaysSo() {
        var count = OpenAiTokens.of("gpt-4").orElseThrow().count(List.of(Message.of(MessageRole.USER, "hello world")));
        assertThat(count).isEqualTo(new TokenCount(2 + 1 + 3 + 3, true)); // 9: as the cookbook counts it
        assertThat(count).hasToString("~9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"smollm2-135m", "llama-3", "gpt-oss-20b", "claude-x", "o365", ""})
    void givenOtherModels_thereIsNone(String model) {
        assertThat(OpenAiTokens.of(model)).isEmpty();
    }

    @Test
    void givenAPrice_aThousandRunsCostAThousandPrompts() {
        var price = new Price("USD", new BigDecimal("2.50"), new BigDecimal("10"));
        assertThat(price.ofPrompts(TokenCount.exact(400), 1000)).isEqualByComparingTo("1.00");
        assertThat(price.perThousandRuns(new TokenCount(400, true))).isEqualTo("~1.00 USD per 1,000 runs");
        assertThat(price.perThousandRuns(TokenCount.exact(12))).isEqualTo("0.0300 USD per 1,000 runs");
    }
}
