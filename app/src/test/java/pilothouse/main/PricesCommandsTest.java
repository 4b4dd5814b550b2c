package pilothouse.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.json.Json;

class PricesCommandsTest {
    private static final String LIST = "{\"large-1\":{\"litellm_provider\":\"openai\",\"mode\":\"chat\",\"input_cost_per_token\":2.5e-06,\"output_cost_per_token\":1e-05},"
            + "\"other\":{\"litellm_provider\":\"else\",\"mode\":\"chat\",\"input_cost_per_token\":1e-06}}";

    @TempDir
    Path folder;

    private Typist.Ended type(String input, String... arguments) {
        return new Typist(folder).runWithInput(input, arguments);
    }

    @Test
    void givenAList_itsPricesAreTakenSetOverAndShown() {
        var imported = Json.parse(type(LIST, "prices", "import", "-", "--provider", "openai", "--server", "ours", "--from", "2026-01-01", "--json").out());
        assertThat(imported.path("added").asInt()).isEqualTo(1);
        assertThat(type("", "prices", "set", "gpu/*", "--per-second", "0.0006", "--currency", "EUR").code()).isZero();
        assertThat(type("", "prices", "set", "ours/large-1", "--prompt", "3", "--answer", "12", "--from", "2026-02-01").code()).isZero();
        assertThat(type("", "prices", "list").out()).contains("0.0006").contains("EUR").contains("2026-02-01").doesNotContain("2026-01-01");
        var all = Json.parse(type("", "prices", "list", "large", "--all", "--json").out());
        assertThat(all.findValuesAsString("from")).containsExactly("2026-01-01", "2026-02-01");
        assertThat(all.get(0).path("price").path("promptPerMillion").asDouble()).isEqualTo(2.5);
        assertThat(folder.resolve("workspace/prices.json")).isNotEmptyFile();
    }

    @Test
    void givenWhatIsNoPrice_itIsRefused() {
        assertThat(type("[]", "prices", "import", "-").err()).contains("no prices in the file");
        assertThat(type(LIST, "prices", "import", "-", "--provider", "nobody").code()).isEqualTo(2);
        assertThat(type("", "prices", "set", "large", "--prompt", "1").err()).contains("server/model");
        assertThat(type("", "prices", "set", "a/b", "--prompt", "-1").code()).isEqualTo(2);
    }
}
