package pilothouse.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;

class KeyringTest {
    private static final SecretRef KEY = new SecretRef("env:SERVER_KEY");

    @Test
    void givenAVariable_itIsFoundByItsNameAndKnownFromThenOn() {
        var keyring = new Keyring(Map.of("SERVER_KEY", " sk-0123456789\n", "OTHER", "abcdefghij"));
        assertThat(keyring.known()).isEmpty();
        assertThat(keyring.find(KEY).orElseThrow().reveal()).isEqualTo("sk-0123456789");
        assertThat(keyring.known()).hasSize(1);
        assertThat(keyring.find(new SecretRef("env:MISSING"))).isEmpty();
    }

    @Test
    void givenANewSecretOfTheSameName_theOldOneIsReplaced() {
        var keyring = new Keyring(Map.of());
        keyring.hold(new SecretRef("engine token"), "first-token");
        keyring.hold(new SecretRef("engine token"), "second-token");
        assertThat(keyring.known()).extracting(Secret::reveal).containsExactly("second-token");
    }

    @Test
    void givenATooShortVariable_theProblemNamesItAndNotItsText() {
        var keyring = new Keyring(Map.of("SERVER_KEY", "hunter2"));
        assertThatThrownBy(() -> keyring.find(KEY)).isInstanceOf(ProblemException.class)
                .hasMessageContaining("SERVER_KEY").hasMessageNotContaining("hunter2");
    }

    @Test
    void givenASecret_neitherItsTextNorItsJsonTellsIt() {
        var secret = new Secret(KEY, "sk-0123456789");
        assertThat(secret.toString() + Json.MAPPER.valueToTree(KEY)).doesNotContain("0123456789");
        assertThat(secret.hashCode()).isEqualTo(new Secret(KEY, "sk-9876543210").hashCode());
    }
}
