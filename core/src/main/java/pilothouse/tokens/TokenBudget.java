package pilothouse.tokens;

import java.util.Locale;
import java.util.Optional;
import pilothouse.problems.Problem;

/// Room for a prompt in a model's context: what the answer may take is taken off first.
///
/// @param contextTokens the longest prompt and answer together
/// @param answerTokens  the most tokens of the answer (`max_tokens`)
public record TokenBudget(int contextTokens, int answerTokens) {
    public TokenBudget {
        if (contextTokens < 1 || answerTokens < 0)
            throw new IllegalArgumentException("a context of " + contextTokens + " tokens, an answer of " + answerTokens);
    }

    /// Most tokens that a prompt may have; 0 if the answer alone fills the context.
    public int promptTokens() {
        return Math.max(0, contextTokens - answerTokens);
    }

    /// The problem if `prompt` does not fit, with the numbers and what would help. An estimate is judged like a
    /// count; its number says "~".
    public Optional<Problem> check(TokenCount prompt) {
        if (prompt.tokens() <= promptTokens()) return Optional.empty();
        int over = prompt.tokens() - promptTokens();
        var sign = prompt.estimated() ? "~" : "";
        var what = String.format(Locale.ROOT, "The prompt has %s tokens, %s%,d more than fit: the context of %,d less %,d "
                + "for the answer leaves %,d", prompt, sign, over, contextTokens, answerTokens, promptTokens());
        var remedy = prompt.tokens() < contextTokens
                ? String.format(Locale.ROOT, "Shorten the prompt, or set max_tokens to at most %s%,d.", sign,
                        contextTokens - prompt.tokens())
                : "Shorten the prompt, or choose a model with a longer context.";
        return Optional.of(new Problem(what, "max_tokens", remedy));
    }
}
