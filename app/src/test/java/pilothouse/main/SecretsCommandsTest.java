package pilothouse.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import pilothouse.json.Json;

/// `pilothouse secrets ...` on an encrypted file of its own.
@ResourceLock("pilothouse.secrets")
class SecretsCommandsTest {
    private static final String KEY = "sk-live-0123456789";
    private static final String PASSPHRASE = "correct horse battery";
    private static final String PROPERTY = "pilothouse.secrets";

    @TempDir
    Path folder;
    private String before;

    @BeforeEach
    void ownFile() {
        before = System.setProperty(PROPERTY, folder.resolve("config/secrets.json").toString());
    }

    @AfterEach
    void usualFile() {
        if (before == null) System.clearProperty(PROPERTY);
        else System.setProperty(PROPERTY, before);
    }

    private Typist.Ended type(String input, String... arguments) {
        var ended = new Typist(folder).runWithInput(input, arguments);
        assertThat(ended.out() + ended.err()).doesNotContain(KEY).doesNotContain(PASSPHRASE);
        return ended;
    }

    @Test
    void givenAKeyOnStandardInput_itIsKeptListedAndRemoved() {
        var added = type(KEY + "\n" + PASSPHRASE + "\n", "secrets", "add", "file:openai");
        assertThat(added.code()).as(added.err()).isZero();
        assertThat(added.out()).contains("Added file:openai");
        var places = Json.parse(type("", "secrets", "list", "--json").out()).path("places");
        assertThat(places.findValuesAsString("prefix")).containsExactly("keyring:", "file:");
        assertThat(places.get(1).path("names").get(0).asString()).isEqualTo("file:openai");

        var twice = type(KEY + "\n" + PASSPHRASE + "\n", "secrets", "add", "file:openai");
        assertThat(twice.code()).isEqualTo(1);
        assertThat(twice.err()).contains("--replace");
        assertThat(type(PASSPHRASE + "\n", "secrets", "remove", "file:openai").code()).isZero();
        assertThat(type(PASSPHRASE + "\n", "secrets", "remove", "file:openai").err()).contains("no secret of this name");
        assertThat(folder.resolve("workspace")).doesNotExist(); // keys belong to the user and to no workspace
    }

    @Test
    void givenAKeyWhereItsNameBelongs_itIsRefusedAndNotRepeated() {
        var refused = type("", "secrets", "add", KEY);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("begins with keyring: or file:");
        assertThat(type("", "secrets", "remove", "file:" + "a/" + KEY).code()).isEqualTo(1);
    }

    @Test
    void givenNoKeyOrNoPassphrase_nothingIsMade() {
        assertThat(type("", "secrets", "add", "file:openai").err()).contains("No key was given");
        assertThat(type("short\n", "secrets", "add", "file:openai").err()).contains("5 characters");
        assertThat(type(KEY + "\n", "secrets", "add", "file:openai").err()).contains("needs a passphrase");
        assertThat(folder.resolve("config/secrets.json")).doesNotExist();
    }
}
