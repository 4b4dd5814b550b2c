package pilothouse.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;
import tools.jackson.databind.node.ObjectNode;

class SecretFileTest {
    private static final String RIGHT = "correct horse battery";
    private static final String VALUE = "sk-live-0123456789";

    private static final byte[][] FILLED = new byte[1][];

    @TempDir
    Path folder;
    private Path path;

    @BeforeEach
    void place() {
        path = folder.resolve("pilothouse/secrets.json");
    }

    /// Answers with these, then not at all.
    private static final class Typed implements Passphrases {
        final Deque<String> answers;
        final List<Question> asked = new ArrayList<>();

        Typed(String... answers) {
            this.answers = new ArrayDeque<>(List.of(answers));
        }

        @Override
        public Optional<char[]> ask(Question question) {
            asked.add(question);
            return Optional.ofNullable(answers.poll()).map(String::toCharArray);
        }
    }

    private SecretFile file(Passphrases passphrases) {
        return new SecretFile(path, passphrases, KeyCost.LEAST);
    }

    /// A file with one secret, made once: a passphrase costs its time.
    private SecretFile filled() {
        try {
            Files.createDirectories(path.getParent());
            if (FILLED[0] == null) {
                Files.delete(path.getParent());
                file(new Typed(RIGHT)).put("openai", VALUE);
                FILLED[0] = Files.readAllBytes(path);
            }
            Files.write(path, FILLED[0]);
            return file(new Typed(RIGHT));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void givenASecret_anotherStartFindsItByThePassphraseAskedOnce() {
        filled().put("other", "another-0123456");
        var typed = new Typed(RIGHT);
        var again = file(typed);
        assertThat(again.names()).containsExactly("openai", "other");
        assertThat(typed.asked).isEmpty(); // names need no passphrase
        assertThat(again.find("nobody")).isEmpty();
        assertThat(typed.asked).isEmpty();
        assertThat(again.find("openai")).contains(VALUE);
        assertThat(again.find("other")).contains("another-0123456");
        assertThat(typed.asked).containsExactly(Passphrases.Question.OPEN);
        assertThat(again.remove("other")).isTrue();
        assertThat(again.remove("other")).isFalse();
        assertThat(again.names()).containsExactly("openai");
    }

    @Test
    void givenTheFile_itIsItsOwnersAloneAndTellsNothing() throws IOException {
        file(new Typed(RIGHT)).put("openai", VALUE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.getParent()))).isEqualTo("rwx------");
        assertThat(Files.readString(path)).doesNotContain("0123456789").doesNotContain(RIGHT).contains("openai");
        try (var files = Files.list(path.getParent())) {
            assertThat(files).extracting(found -> found.getFileName().toString()).containsExactlyInAnyOrder("secrets.json", "secrets.json.lock");
        }
    }

    @Test
    void givenAWrongPassphrase_itIsAskedAgainAndThenSaidSo() {
        filled();
        var secondTime = new Typed("wrong wrong wrong", RIGHT);
        assertThat(file(secondTime).find("openai")).contains(VALUE);
        assertThat(secondTime.asked).containsExactly(Passphrases.Question.OPEN, Passphrases.Question.AGAIN);
        assertThatThrownBy(() -> file(new Typed("wrong wrong 1")).put("other", "sk-planted-01"))
                .isInstanceOf(ProblemException.class).hasMessageContaining("not the passphrase").hasMessageNotContaining("wrong wrong");
        assertThatThrownBy(() -> file(Passphrases.NOBODY).find("openai")).isInstanceOf(ProblemException.class).hasMessageContaining("locked");
        assertThat(file(Passphrases.NOBODY).names()).containsExactly("openai");
    }

    @Test
    void givenEveryBitOfTheFileFlipped_itIsSaidToBeDamagedAndNeverOpens() throws IOException {
        filled();
        var whole = Files.readAllBytes(path);
        var right = file(new Typed(RIGHT));
        assertThat(right.find("openai")).contains(VALUE); // the key is known now
        var random = new java.util.Random(7);
        for (int i = 0; i < whole.length; i++) {
            var broken = whole.clone();
            broken[i] ^= (byte) (1 << random.nextInt(8));
            Files.write(path, broken);
            int at = i;
            try {
                assertThat(right.find("openai").orElse(VALUE)).as("byte %d, seed 7", at).isEqualTo(VALUE); // white space, or a name that is now absent
            } catch (ProblemException e) {
                assertThat(e.problem().what()).as("byte %d, seed 7", at).containsAnyOf("damaged", "later version");
            }
        }
    }

    /// Writes the file as somebody would who wants it believed: with a checksum that is right.
    private void forge(java.util.function.Consumer<ObjectNode> change) throws Exception {
        var tree = (ObjectNode) Json.parse(Files.readString(path));
        change.accept(tree);
        var sealed = Json.MAPPER.treeToValue(tree, SealedSecrets.class);
        var digest = java.security.MessageDigest.getInstance("SHA-256");
        digest.update(sealed.head().bytes());
        digest.update(sealed.nonce());
        Files.writeString(path, Json.write(new SealedSecrets(sealed.head(), sealed.nonce(), sealed.sealed(), digest.digest(sealed.sealed()))));
    }

    @Test
    void givenAForgedFile_theRightPassphraseTellsIt() throws Exception {
        var file = filled();
        var whole = Files.readAllBytes(path);
        for (java.util.function.Consumer<ObjectNode> change : List.<java.util.function.Consumer<ObjectNode>>of(
                tree -> ((ObjectNode) tree.get("head")).putArray("names").add("openai").add("planted"),
                tree -> ((ObjectNode) tree.get("head")).put("id", "00"),
                tree -> tree.put("nonce", "AAAAAAAAAAAAAAAA"),
                tree -> tree.put("sealed", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"))) {
            Files.write(path, whole);
            forge(change);
            assertThatThrownBy(() -> file.find("openai")).isInstanceOf(ProblemException.class)
                    .hasMessageContaining("somebody who did not know it");
        }
    }

    @Test
    void givenAFileThatAsksForACheapKey_itIsRefusedBeforeThePassphraseIsAsked() throws Exception {
        filled();
        forge(tree -> ((ObjectNode) tree.get("head").get("cost")).put("memoryKib", 8));
        var typed = new Typed(RIGHT);
        assertThatThrownBy(() -> file(typed).find("openai")).isInstanceOf(ProblemException.class).hasMessageContaining("damaged");
        assertThat(typed.asked).isEmpty();
    }

    @Test
    void givenAPassphraseThatIsTooShortOrNone_noFileIsMade() {
        assertThatThrownBy(() -> file(new Typed("short")).put("openai", VALUE)).isInstanceOf(ProblemException.class)
                .hasMessageContaining("too short").hasMessageNotContaining(VALUE);
        assertThatThrownBy(() -> file(Passphrases.NOBODY).put("openai", VALUE)).isInstanceOf(ProblemException.class);
        assertThat(path).doesNotExist();
    }

    @Test
    void givenTwoWriters_noneLosesWhatTheOtherAdded() throws InterruptedException {
        filled();
        var threads = new ArrayList<Thread>();
        for (int writer = 0; writer < 2; writer++) {
            var own = file(_ -> Optional.of(RIGHT.toCharArray()));
            int number = writer;
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 5; i++) own.put("w" + number + "-" + i, "value-of-" + number + "-" + i);
            }));
        }
        for (var thread : threads) thread.join();
        assertThat(file(new Typed(RIGHT)).names()).hasSize(11);
    }

    @Test
    void givenPlatforms_theFileLiesInTheUsersConfigurationAndInNoWorkspace() {
        var home = Path.of("/home/ada");
        assertThat(SecretFile.standardPlace("Linux", Map.of(), home)).isEqualTo(Path.of("/home/ada/.config/pilothouse/secrets.json"));
        assertThat(SecretFile.standardPlace("Linux", Map.of("XDG_CONFIG_HOME", "/etc/ada"), home)).isEqualTo(Path.of("/etc/ada/pilothouse/secrets.json"));
        assertThat(SecretFile.standardPlace("Linux", Map.of("XDG_CONFIG_HOME", "relative"), home)).isEqualTo(Path.of("/home/ada/.config/pilothouse/secrets.json"));
        assertThat(SecretFile.standardPlace("Windows 11", Map.of(), home)).endsWithRaw(Path.of("Pilothouse/secrets.json"));
    }

    /// Source: the reference implementation's own test (phc-winner-argon2, `src/test.c`): Argon2id 1.3, t 2, m 2^16 KiB, p 1.
    @Test
    void givenTheReferencesPassword_theKeyIsItsKey() {
        var key = new KeyCost(1 << 16, 2, 1).derive("password".getBytes(StandardCharsets.UTF_8), "somesalt".getBytes(StandardCharsets.UTF_8), 32);
        assertThat(HexFormat.of().formatHex(key)).isEqualTo("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
    }
}
