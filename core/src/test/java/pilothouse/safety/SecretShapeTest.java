package pilothouse.safety;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretShapeTest {
    private static final String LETTERS = "aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0z1aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0z1";

    @ParameterizedTest
    @ValueSource(strings = {"sk-ant-api03-", "sk-proj-", "sk-", "sk_live_", "AKIA", "AIza", "ghp_", "github_pat_", "glpat-", "hf_", "xoxb-", "npm_", "SG.", "gsk_", "dapi", "eyJhbGciOiJIUzI1NiJ9."})
    void givenAKey_itIsFoundFromFirstToLastLetter(String prefix) {
        var key = prefix + LETTERS;
        var text = "key: \"" + key + "\" and more";
        assertThat(SecretShape.in(text)).singleElement().satisfies(it -> assertThat(text.substring(it.start(), it.end())).isEqualTo(key));
        assertThat(SecretShape.in(key)).hasSize(1);
    }

    @Test
    void givenAPrivateKeyOrAPasswordInAnAddress_itIsFound() {
        var pem = "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----";
        assertThat(SecretShape.in("a\n" + pem + "\nb")).singleElement().satisfies(it -> assertThat(it.end() - it.start()).isEqualTo(pem.length()));
        assertThat(SecretShape.in("-----BEGIN CERTIFICATE-----\nMIIB")).isEmpty();
        assertThat(SecretShape.in("postgres://ada:hunter-2-b@db.example/x")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-...", "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "AKIAXXXXXXXXXXXXXXXX", "task-force and risk-averse people of all kinds of places", "https://example.org/a:b@c",
        "postgres://user:{{password}}@host", "mail: a@b.c, see http://x:8080/y@z", "the hf_model and npm_config_cache_folder", "sk-learn-is-a-library-for-python"})
    void givenOrdinaryText_nothingIsFound(String text) {
        assertThat(SecretShape.in(text)).isEmpty();
    }

    @Test
    void givenManyBeginnings_theTimeGrowsWithTheLength() {
        assertThat(SecretShape.in("sk-".repeat(200_000))).isEmpty();
        assertThat(SecretShape.in("://a:".repeat(100_000))).isEmpty();
        assertThat(SecretShape.in("-----BEGIN ".repeat(100_000))).isEmpty();
    }
}
