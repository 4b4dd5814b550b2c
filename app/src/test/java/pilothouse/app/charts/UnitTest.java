package pilothouse.app.charts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "SECONDS|0.431|431 ms", "SECONDS|0.0181|18.1 ms", "SECONDS|0.0004|0.4 ms", "SECONDS|0.9996|1.00 s", "SECONDS|3.67|3.67 s", "SECONDS|42|42 s",
            "SECONDS|3180|53 min", "SECONDS|7200|2 h", "SECONDS|0|0 ms", "COUNT|46080|46,080", "COUNT|3900000|3.90 M", "COUNT|7|7",
            "PER_SECOND|12.8|12.8 /s", "TOKENS|612|612 tok", "TOKENS|100000|100 k tok", "TOKENS_PER_SECOND|250000|250 k tok/s", "TOKENS_PER_SECOND|2144|2,144 tok/s", "TOKENS_PER_SECOND|54.1|54.1 tok/s",
            "BYTES|1310000000|1.31 GB", "BYTES|98100000|98.1 MB", "BYTES|512|512 B", "BYTES|999999|1.00 MB",
            "SHARE|0.863|86.3 %", "SHARE|0.6|60 %", "SHARE|-0.0022|−0.22 %", "DOLLARS|0.12|$0.12", "DOLLARS|0.00012|$0.00012", "DOLLARS|-4.2|−$4.20",
            "COUNT|NaN|–"})
    void givenAValue_itIsWrittenAsPeopleReadIt(Unit unit, double value, String text) {
        assertThat(unit.format(value)).isEqualTo(text);
    }
}
