package pilothouse.secrets;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.KeyringStorageType;
import com.github.javakeyring.PasswordAccessException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/// What the operating system keeps for the user: Secret Service (GNOME, KDE and others), KWallet, the
/// macOS keychain, the Windows credential store. It is looked for when first needed.
///
/// Any program of the same desktop login can read an unlocked Secret Service (CVE-2018-19358); macOS
/// and Windows let every Java program in once `java` was let in. None of them lists the names of its
/// secrets, so that one more entry holds them.
public final class OsKeyring implements SecretPlace, AutoCloseable {
    private static final String SERVICE = "pilothouse";
    private static final String NAMES = "names of secrets"; // no name of a secret has a space

    private final List<KeyringStorageType> kinds;
    private Optional<com.github.javakeyring.Keyring> open = Optional.empty();

    OsKeyring(List<KeyringStorageType> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /// @param os as of the property `os.name`
    public static OsKeyring of(String os) {
        if (os.startsWith("Windows")) return new OsKeyring(List.of(KeyringStorageType.WINDOWS_CREDENTIAL_STORE));
        if (os.startsWith("Mac")) return new OsKeyring(List.of(KeyringStorageType.OSX_KEYCHAIN));
        return new OsKeyring(List.of(KeyringStorageType.GNOME_KEYRING, KeyringStorageType.KWALLET));
    }

    @Override
    public String prefix() {
        return SecretRef.KEYRING;
    }

    @Override
    public String description() {
        return switch (kinds.getFirst()) {
            case WINDOWS_CREDENTIAL_STORE -> "the Windows credential store";
            case OSX_KEYCHAIN, LEGACY_OSX_KEYCHAIN -> "the macOS keychain";
            case GNOME_KEYRING, KWALLET -> "the desktop's keyring";
        };
    }

    @Override
    public synchronized Optional<String> find(String name) {
        try {
            return Optional.of(keyring().getPassword(SERVICE, name));
        } catch (PasswordAccessException e) { // is all that it says, of a missing secret and of a locked keyring
            if (names().contains(name)) throw refused("give out the secret", e);
            return Optional.empty();
        }
    }

    @Override
    public synchronized List<String> names() {
        try {
            return Json.MAPPER.readValue(keyring().getPassword(SERVICE, NAMES), new TypeReference<List<String>>() {});
        } catch (PasswordAccessException _) {
            return List.of(); // nothing was ever added
        } catch (JacksonException e) {
            throw new ProblemException(new Problem("The list of Pilothouse's secrets is damaged", description(),
                    "Delete the entry \"" + NAMES + "\" of \"" + SERVICE + "\" in the keyring's own program, then add the secrets again."), e);
        }
    }

    @Override
    public synchronized void put(String name, String value) {
        var names = new TreeSet<>(names());
        names.add(name);
        try {
            keyring().setPassword(SERVICE, NAMES, Json.write(new ArrayList<>(names)));
            keyring().setPassword(SERVICE, name, value);
        } catch (PasswordAccessException e) {
            throw refused("take the secret", e);
        }
    }

    @Override
    public synchronized boolean remove(String name) {
        var names = new TreeSet<>(names());
        if (!names.remove(name)) return false;
        try {
            if (find(name).isPresent()) keyring().deletePassword(SERVICE, name);
            keyring().setPassword(SERVICE, NAMES, Json.write(new ArrayList<>(names)));
            return true;
        } catch (PasswordAccessException e) {
            throw refused("delete the secret", e);
        }
    }

    @Override
    public synchronized void close() {
        open.ifPresent(keyring -> {
            try {
                keyring.close();
            } catch (Exception e) {
                throw new IllegalStateException("the connection to " + description() + " does not close", e);
            }
        });
        open = Optional.empty();
    }

    private com.github.javakeyring.Keyring keyring() {
        if (open.isEmpty()) open = Optional.of(connect());
        return open.get();
    }

    private com.github.javakeyring.Keyring connect() {
        var reasons = new ArrayList<Exception>();
        for (var kind : kinds)
            try {
                return com.github.javakeyring.Keyring.create(kind);
            } catch (BackendNotSupportedException e) {
                reasons.add(e);
            }
        throw new ProblemException(new Problem("There is no keyring here: " + description() + " does not answer", SecretRef.KEYRING,
                "Start the desktop's keyring (a server without a desktop has none), or use the encrypted file (" + SecretRef.FILE
                        + "NAME) or an environment variable (" + SecretRef.ENVIRONMENT + "NAME)."), reasons.getFirst());
    }

    private ProblemException refused(String verb, PasswordAccessException e) {
        return new ProblemException(new Problem("The keyring does not " + verb + ": " + e.getMessage(), description(),
                "Unlock it and allow Pilothouse to use it, then try again."), e);
    }
}
