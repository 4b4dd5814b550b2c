package pilothouse.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.json.Json;

/// The whole way, on the real engine with the real model.
class TourTest {
    @TempDir
    Path folder;

    @Test
    void givenANewWorkspace_theTourStreamsMeasuresAndStoresAnAnswer() {
        var tour = new Typist(folder).run("tour", "--json");
        assertThat(tour.err()).doesNotContain("problem");
        assertThat(tour.code()).isZero();
        var said = Json.parse(tour.out());
        assertThat(said.path("version").asInt()).isEqualTo(1);
        assertThat(said.path("result").asString()).isIn("stop", "length");
        assertThat(said.path("text").asString()).contains("moon");
        assertThat(said.path("usage").path("promptTokens").asInt()).isEqualTo(said.path("renderedTokens").asInt());
        assertThat(said.path("ttftSeconds").asDouble()).isPositive();
        assertThat(said.path("tokensPerSecond").asDouble()).isPositive();
    }
}
