package pilothouse.tokens;

import java.math.BigDecimal;
import java.util.Locale;

/// What a server takes for tokens.
///
/// @param currency         such as `USD`
/// @param promptPerMillion for a million tokens of the prompt
/// @param answerPerMillion for a million tokens of the answer
public record Price(String currency, BigDecimal promptPerMillion, BigDecimal answerPerMillion) {
    public Price {
        if (promptPerMillion.signum() < 0 || answerPerMillion.signum() < 0)
            throw new IllegalArgumentException("a price below zero: " + promptPerMillion + ", " + answerPerMillion);
    }

    /// What that many runs of a prompt cost, the answers not counted.
    public BigDecimal ofPrompts(TokenCount prompt, int runs) {
        return promptPerMillion.multiply(BigDecimal.valueOf((long) prompt.tokens() * runs)).movePointLeft(6);
    }

    /// As shown beside a count: `~1.25 USD per 1,000 runs`.
    public String perThousandRuns(TokenCount prompt) {
        var cost = ofPrompts(prompt, 1000).doubleValue();
        return String.format(Locale.ROOT, cost < 0.1 ? "%s%.4f %s per 1,000 runs" : "%s%,.2f %s per 1,000 runs", prompt.estimated() ? "~" : "", cost, currency);
    }
}
