package pilothouse.tokens;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/// What a server takes: for tokens, and for time where the machine is paid for by time, such as GPUs of one's own.
///
/// @param currency         such as `USD`
/// @param promptPerMillion for a million tokens of the prompt
/// @param cachedPerMillion for a million of those that came from a prefix cache
/// @param answerPerMillion for a million tokens of the answer, reasoning included
/// @param perSecond        for each second that a request takes; 0 where only tokens count
public record Price(String currency, BigDecimal promptPerMillion, BigDecimal cachedPerMillion, BigDecimal answerPerMillion, BigDecimal perSecond) {
    private static final int MOST_FIGURES = 30;
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

    public Price {
        for (var each : new BigDecimal[] {promptPerMillion, cachedPerMillion, answerPerMillion, perSecond}) {
            if (each.signum() < 0) throw new IllegalArgumentException("a price below zero: " + each);
            if (!isSane(each)) throw new IllegalArgumentException("a price with more than " + MOST_FIGURES + " figures");
        }
        if (currency.isBlank()) throw new IllegalArgumentException("a price without a currency");
    }

    /// Of tokens alone, cached ones as dear as others.
    public Price(String currency, BigDecimal promptPerMillion, BigDecimal answerPerMillion) {
        this(currency, promptPerMillion, promptPerMillion, answerPerMillion, BigDecimal.ZERO);
    }

    /// False for numbers such as 1e99999999, whose plain text alone would fill the memory.
    public static boolean isSane(BigDecimal amount) {
        return amount.scale() <= MOST_FIGURES && (long) amount.precision() - amount.scale() <= MOST_FIGURES && amount.precision() <= 2 * MOST_FIGURES;
    }

    /// What that many runs of a prompt cost, the answers not counted.
    public BigDecimal ofPrompts(TokenCount prompt, int runs) {
        return perMillion(promptPerMillion, (long) prompt.tokens() * runs);
    }

    /// What that many runs cost at most by their tokens: nothing cached, each answer as long as allowed. Time is not
    /// known before.
    ///
    /// @param answerTokens the most tokens of an answer (`max_tokens`)
    public BigDecimal atMost(TokenCount prompt, int answerTokens, int runs) {
        return ofPrompts(prompt, runs).add(perMillion(answerPerMillion, (long) answerTokens * runs));
    }

    /// What a run did cost.
    ///
    /// @param promptTokens all of the prompt, cached ones included
    /// @param time         from sending to the last token
    public BigDecimal of(long promptTokens, long cachedTokens, long answerTokens, Duration time) {
        long cached = Math.clamp(cachedTokens, 0, promptTokens);
        return perMillion(promptPerMillion, promptTokens - cached).add(perMillion(cachedPerMillion, cached)).add(perMillion(answerPerMillion, answerTokens))
                .add(perSecond.multiply(BigDecimal.valueOf(time.toNanos())).divide(NANOS)); // exact: a power of ten
    }

    private static BigDecimal perMillion(BigDecimal price, long tokens) {
        return price.multiply(BigDecimal.valueOf(tokens)).movePointLeft(6);
    }

    /// As shown beside a count: `~1.25 USD per 1,000 runs`.
    public String perThousandRuns(TokenCount prompt) {
        return (prompt.estimated() ? "~" : "") + shown(ofPrompts(prompt, 1000)) + " per 1,000 runs";
    }

    /// An amount in this price's currency, as shown: `0.0125 USD`, `1,250.00 USD`.
    public String shown(BigDecimal amount) {
        var value = amount.doubleValue();
        return String.format(Locale.ROOT, value < 0.1 ? "%.4f %s" : "%,.2f %s", value, currency);
    }
}
