package pilothouse.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;

/// Published figures, as printed: a value agrees if it rounds to the digits.
public final class Printed {
    private Printed() {}

    /// @param printed with as many digits as the source shows, such as "0.0412" or "1.8218e-6"
    public static void assertPrinted(String what, double value, String printed) {
        var number = new BigDecimal(printed);
        assertThat(Math.abs(value - number.doubleValue())).as("%s is %s, printed is %s", what, value, printed)
                .isLessThanOrEqualTo(0.5 * number.ulp().doubleValue() * (1 + 1e-9));
    }

    public static void assertPrinted(String what, ConfidenceInterval interval, String low, String high) {
        assertPrinted(what + " low", interval.low(), low);
        assertPrinted(what + " high", interval.high(), high);
    }
}
