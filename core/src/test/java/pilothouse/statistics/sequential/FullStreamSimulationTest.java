package pilothouse.statistics.sequential;

import org.junit.jupiter.api.Tag;

/// All the runs.
@Tag("nightly")
class FullStreamSimulationTest extends StreamSimulationTest {
    @Override
    int runs() {
        return 10_000;
    }
}
