package pilothouse.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TokenBudgetTest {
    private final TokenBudget budget = new TokenBudget(8192, 1024);

    @Test
    void givenAPromptThatFits_thereIsNoProblem() {
        assertThat(budget.promptTokens()).isEqualTo(7168);
        assertThat(budget.check(TokenCount.exact(7168))).isEmpty();
    }

    @Test
    void givenAPromptThatIsTooLong_theProblemNamesTheNumbersAndWhatFits() {
        assertThat(budget.check(TokenCount.exact(7500)).orElseThrow().toString()).isEqualTo("The prompt has 7,500 tokens, "
                + "332 more than fit: the context of 8,192 less 1,024 for the answer leaves 7,168 (max_tokens). "
                + "Shorten the prompt, or set max_tokens to at most 692.");
        assertThat(budget.check(new TokenCount(9000, true)).orElseThrow().toString()).isEqualTo("The prompt has ~9,000 "
                + "tokens, ~1,832 more than fit: the context of 8,192 less 1,024 for the answer leaves 7,168 (max_tokens). "
                + "Shorten the prompt, or choose a model with a longer context.");
        assertThat(new TokenBudget(100, 200).check(TokenCount.exact(1))).isPresent();
        assertThatThrownBy(() -> new TokenBudget(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givenNoTokenizer_theEstimateIsMarked() {
        assertThat(TokenCount.estimate("")).isEqualTo(new TokenCount(0, true));
        assertThat(TokenCount.estimate("12345")).hasToString("~2");
        assertThat(TokenCount.estimate("你好👍")).isEqualTo(new TokenCount(3, true));
        assertThat(TokenCount.exact(1234567)).hasToString("1,234,567");
    }
}
