package pilothouse.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    void givenANewSecretOfTheSameName_itIsFoundAndTheOldOneStaysKnown() {
        var keyring = new Keyring(Map.of());
        var token = new SecretRef("engine token");
        keyring.hold(token, "first-token");
        keyring.hold(token, "second-token");
        assertThat(keyring.find(token).orElseThrow().reveal()).isEqualTo("second-token");
        assertThat(keyring.known()).extracting(Secret::reveal).containsExactly("first-token", "second-token"); // an answer under way may hold the first
    }

    @Test
    void givenATooShortVariable_theProblemNamesItAndNotItsText() {
        var keyring = new Keyring(Map.of("SERVER_KEY", "hunter2"));
        assertThatThrownBy(() -> keyring.find(KEY)).isInstanceOf(ProblemException.class)
                .hasMessageContaining("SERVER_KEY").hasMessageNotContaining("hunter2");
    }

    @Test
    void givenAPlaceWhoseSecretChanges_theNewOneIsFoundAtOnce(@TempDir Path folder) {
        var file = new SecretFile(folder.resolve("config/secrets.json"), _ -> Optional.of("correct horse battery".toCharArray()), KeyCost.LEAST);
        var keyring = new Keyring(Map.of(), List.of(file));
        var ref = new SecretRef("file:server");
        assertThat(keyring.find(ref)).isEmpty();
        file.put("server", "sk-first-0123");
        assertThat(keyring.find(ref).orElseThrow().reveal()).isEqualTo("sk-first-0123");
        file.put("server", "sk-second-456");
        assertThat(keyring.find(ref).orElseThrow().reveal()).isEqualTo("sk-second-456");
        file.put("server", "short");
        assertThatThrownBy(() -> keyring.find(ref)).isInstanceOf(ProblemException.class).hasMessageContaining("5 characters")
                .hasMessageNotContaining("short");
    }

    @Test
    void givenAKeyInThePlaceOfItsName_itIsRefusedWithoutBeingRepeated() {
        assertThatThrownBy(() -> new SecretRef("file:sk/abc+def=")).isInstanceOf(ProblemException.class).hasMessageNotContaining("abc");
    }

    @Test
    void givenASecret_neitherItsTextNorItsJsonTellsIt() {
        var secret = new Secret(KEY, "sk-0123456789");
        assertThat(secret.toString() + Json.MAPPER.valueToTree(KEY)).doesNotContain("0123456789");
        assertThat(secret.hashCode()).isEqualTo(new Secret(KEY, "sk-9876543210").hashCode());
    }
}
