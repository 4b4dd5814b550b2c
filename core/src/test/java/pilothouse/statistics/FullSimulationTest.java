package pilothouse.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// All the runs, and Newcombe's coverage added up over all outcomes.
@Tag("nightly")
class FullSimulationTest extends SimulationTest {
    @Override
    int runs(int full) {
        return full;
    }

    @Test
    void givenATruth_newcombesExactCoverageIsAsPublished() {
        assertThat(100 * coverage(50, 0.70, 0.10, 0.10)).isBetween(95.7, 96.1);
        assertThat(100 * coverage(50, 0.70, 0.125, 0.075)).isBetween(95.7, 96.1);
        assertThat(100 * coverage(100, 0.70, 0.10, 0.10)).isBetween(95.4, 95.8);
        assertThat(100 * coverage(100, 0.70, 0.125, 0.075)).isBetween(95.4, 95.8);
    }

    private static double coverage(int n, double both, double onlyA, double onlyB) {
        var logFactorial = new double[n + 1];
        for (int i = 1; i <= n; i++) logFactorial[i] = logFactorial[i - 1] + Math.log(i);
        double neither = 1 - both - onlyA - onlyB;
        double covered = 0;
        for (int a = 0; a <= n; a++)
            for (int b = 0; a + b <= n; b++)
                for (int c = 0; a + b + c <= n; c++) {
                    int d = n - a - b - c;
                    if (NewcombePaired.interval(new PairedOutcomes(a, b, c, d), ALPHA).contains(onlyA - onlyB))
                        covered += Math.exp(logFactorial[n] - logFactorial[a] - logFactorial[b] - logFactorial[c] - logFactorial[d]
                                + a * Math.log(both) + b * Math.log(onlyA) + c * Math.log(onlyB) + d * Math.log(neither));
                }
        return covered;
    }
}
