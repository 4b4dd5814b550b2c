package pilothouse.secrets;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pilothouse.problems.ProblemException;
import pilothouse.secrets.Passphrases.Question;
import pilothouse.secrets.SealedSecrets.Key;

/// The user's encrypted file of secrets, for where the operating system keeps none. The passphrase is
/// asked for when a secret is first needed; its key stays in memory until the process ends. An older
/// state of the file, put back by somebody, opens like any other.
public final class SecretFile implements SecretPlace {
    /// What is shorter is guessed by trying.
    public static final int SHORTEST_PASSPHRASE = 10;

    private static final int TRIES = 3;
    private static final String GIVE_IT = "Start the command in a terminal and give it, or keep the secret in the keyring or an environment variable.";

    private final SecretFileText file;
    private final Passphrases passphrases;
    private final KeyCost cost;
    private Optional<Key> known = Optional.empty();

    public SecretFile(Path file, Passphrases passphrases) {
        this(file, passphrases, KeyCost.USUAL);
    }

    SecretFile(Path file, Passphrases passphrases, KeyCost cost) {
        this.file = new SecretFileText(file);
        this.passphrases = passphrases;
        this.cost = cost;
    }

    /// Where this user's lies: `pilothouse/secrets.json` in `$XDG_CONFIG_HOME` or `~/.config`, on Windows
    /// `%LOCALAPPDATA%\Pilothouse\secrets.json`.
    public static Path standardPlace(String os, Map<String, String> environment, Path home) {
        if (os.startsWith("Windows"))
            return folder(environment, "LOCALAPPDATA", home.resolve("AppData").resolve("Local")).resolve("Pilothouse").resolve("secrets.json");
        return folder(environment, "XDG_CONFIG_HOME", home.resolve(".config")).resolve("pilothouse").resolve("secrets.json");
    }

    private static Path folder(Map<String, String> environment, String variable, Path otherwise) {
        var path = Path.of(environment.getOrDefault(variable, ""));
        return path.isAbsolute() ? path : otherwise;
    }

    @Override
    public String prefix() {
        return SecretRef.FILE;
    }

    @Override
    public String description() {
        return "the encrypted file " + file.path();
    }

    @Override
    public synchronized Optional<String> find(String name) {
        var found = file.read().filter(sealed -> sealed.head().names().contains(name));
        return found.map(sealed -> opened(sealed, key(sealed)).get(name));
    }

    @Override
    public List<String> names() {
        return file.read().map(sealed -> sealed.head().names()).orElse(List.of());
    }

    @Override
    public synchronized void put(String name, String value) {
        var before = file.read();
        var head = before.map(SealedSecrets::head).orElseGet(() -> SealedSecrets.newHead(cost));
        var key = before.map(this::key).orElseGet(() -> chosen(head));
        file.change(now -> {
            var secrets = now.map(sealed -> opened(sealed, key)).orElseGet(TreeMap::new);
            secrets.put(name, value);
            return Optional.of(SealedSecrets.seal(now.map(SealedSecrets::head).orElse(head), key, secrets));
        });
    }

    @Override
    public synchronized boolean remove(String name) {
        var before = file.read().filter(sealed -> sealed.head().names().contains(name));
        if (before.isEmpty()) return false;
        var key = key(before.get());
        return file.change(now -> now.flatMap(sealed -> {
            var secrets = opened(sealed, key);
            return secrets.remove(name) == null ? Optional.empty() : Optional.of(SealedSecrets.seal(sealed.head(), key, secrets));
        }));
    }

    private Map<String, String> opened(SealedSecrets sealed, Key key) {
        if (!key.opens(sealed.head()))
            throw new ProblemException("The file of secrets was made anew meanwhile", file.path().toString(), "Try again.");
        return sealed.open(key).orElseThrow(() -> new ProblemException(
                "The passphrase is right, but somebody who did not know it changed the file of secrets", file.path().toString(),
                "Put back a copy from before, or delete the file and add the secrets again. Trust nothing that is in it."));
    }

    private Key key(SealedSecrets sealed) {
        var head = sealed.head();
        if (known.filter(key -> key.opens(head)).isPresent()) return known.get();
        for (int i = 0; i < TRIES; i++) {
            var typed = passphrases.ask(i == 0 ? Question.OPEN : Question.AGAIN);
            if (typed.isEmpty() && i > 0) break;
            if (typed.isEmpty())
                throw new ProblemException("The file of secrets is locked, and nobody gave its passphrase", file.path().toString(), GIVE_IT);
            var key = derived(typed.get(), head);
            if (!key.opens(head)) continue;
            known = Optional.of(key);
            return key;
        }
        throw new ProblemException("This is not the passphrase of the file of secrets", file.path().toString(),
                "Try again. It can not be found out: if it is lost, delete the file and add the secrets again.");
    }

    private Key chosen(SealedSecrets.Head head) {
        var typed = passphrases.ask(Question.CHOOSE);
        if (typed.isEmpty())
            throw new ProblemException("The file of secrets needs a passphrase, and nobody gave one", file.path().toString(), GIVE_IT);
        if (typed.get().length < SHORTEST_PASSPHRASE) {
            Arrays.fill(typed.get(), ' ');
            throw new ProblemException("The passphrase is too short", file.path().toString(),
                    "Choose one of at least " + SHORTEST_PASSPHRASE + " characters: a few random words are easy to keep in mind.");
        }
        known = Optional.of(derived(typed.get(), head));
        return known.get();
    }

    private static Key derived(char[] typed, SealedSecrets.Head head) {
        var utf8 = StandardCharsets.UTF_8.encode(CharBuffer.wrap(typed));
        var bytes = Arrays.copyOf(utf8.array(), utf8.limit());
        try {
            return Key.of(bytes, head.cost(), head.salt());
        } finally {
            Arrays.fill(utf8.array(), (byte) 0);
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(typed, ' ');
        }
    }
}
