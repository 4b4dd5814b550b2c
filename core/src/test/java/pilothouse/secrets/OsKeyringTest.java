package pilothouse.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.javakeyring.KeyringStorageType;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pilothouse.problems.ProblemException;

class OsKeyringTest {
    /// The system's own kind of keyring is left alone here: it may ask the developer.
    private static KeyringStorageType ofAnotherSystem() {
        return System.getProperty("os.name").startsWith("Windows") ? KeyringStorageType.OSX_KEYCHAIN : KeyringStorageType.WINDOWS_CREDENTIAL_STORE;
    }

    @Test
    void givenNoKeyring_itIsSaidWithWhatToTakeInstead() {
        try (var none = new OsKeyring(List.of(ofAnotherSystem()))) {
            for (Runnable use : List.<Runnable>of(none::names, () -> none.find("openai"), () -> none.put("openai", "sk-0123456789"), () -> none.remove("openai")))
                assertThatThrownBy(use::run).isInstanceOf(ProblemException.class).hasMessageContaining("There is no keyring here")
                        .hasMessageContaining("file:").hasMessageContaining("env:").hasMessageNotContaining("0123456789");
        }
    }

    /// Needs an unlocked keyring, such as `gnome-keyring-daemon --unlock` inside `dbus-run-session`.
    @Test
    @Tag("lab")
    void givenTheSystemsKeyring_aSecretIsKeptListedReplacedAndRemoved() {
        var name = "pilothouse-test-" + ProcessHandle.current().pid();
        try (var keyring = OsKeyring.of(System.getProperty("os.name")); var another = OsKeyring.of(System.getProperty("os.name"))) {
            assumeTrue(answers(keyring), "no keyring answers here");
            assertThat(keyring.find(name)).isEmpty();
            keyring.put(name, "sk-first-0123456789");
            assertThat(another.find(name)).contains("sk-first-0123456789");
            assertThat(another.names()).contains(name);
            keyring.put(name, "sk-sécond-€");
            assertThat(another.find(name)).contains("sk-sécond-€");
            assertThat(keyring.remove(name)).isTrue();
            assertThat(keyring.remove(name)).isFalse();
            assertThat(another.find(name)).isEmpty();
            assertThat(another.names()).doesNotContain(name);
        }
    }

    private static boolean answers(OsKeyring keyring) {
        try {
            keyring.names();
            return true;
        } catch (ProblemException _) {
            return false;
        }
    }
}
