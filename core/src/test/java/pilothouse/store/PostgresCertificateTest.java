package pilothouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.problems.ProblemException;

/// Whether the server is who it says. Over a network that is asked for unless the address says otherwise.
class PostgresCertificateTest {
    private static final String PASSWORD = "of-the-key";

    private final PostgresCluster cluster = PostgresCluster.get();
    private final TeamDatabase database = cluster.freshSchema();
    @TempDir
    Path folder;

    @AfterEach
    void withoutEncryption() {
        cluster.set("ssl", "off");
    }

    /// @param names as keytool writes them, such as `ip:127.0.0.1`
    private Path certificateFor(String names) throws IOException, GeneralSecurityException, InterruptedException {
        var keys = folder.resolve("keys.p12");
        var made = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "server",
                "-keyalg", "EC", "-dname", "CN=server", "-ext", "san=" + names, "-ext", "bc=ca:true", "-keystore", keys.toString(), "-storetype", "PKCS12",
                "-storepass", PASSWORD).redirectErrorStream(true).start();
        assertThat(made.waitFor()).as(new String(made.getInputStream().readAllBytes())).isZero();
        var store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
        var certificate = pem("CERTIFICATE", store.getCertificate("server").getEncoded());
        cluster.serverFile("server.key", pem("PRIVATE KEY", store.getKey("server", PASSWORD.toCharArray()).getEncoded()));
        cluster.serverFile("server.crt", certificate);
        cluster.set("ssl", "on");
        return Files.writeString(folder.resolve("root.crt"), certificate);
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder(64, "\n".getBytes()).encodeToString(content) + "\n-----END " + kind + "-----\n";
    }

    private Store open(String more) {
        return Store.connect(TeamDatabase.parse(database + more), Optional.of(PostgresCluster.PASSWORD), Notes.JOURNALLED, Notes.CLOCK, List.of(Notes.WRITE));
    }

    @Test
    void givenTheCertificateOfTheServer_allIsEncrypted() throws Exception {
        var root = certificateFor("ip:127.0.0.1");
        try (var store = open("&sslmode=verify-full&sslrootcert=" + root)) {
            Notes.write(store, 1, "one");
            assertThat(store.<Boolean>read(tx -> tx.one("select ssl from pg_stat_ssl where pid = pg_backend_pid()", row -> row.getBoolean(1)).orElseThrow())).isTrue();
        }
    }

    @Test
    void givenAServerThatCannotProveWhoItIs_itIsRefusedInWords() throws Exception {
        var root = certificateFor("dns:db.example.org");
        for (var more : List.of("&sslmode=verify-full", "&sslmode=verify-full&sslrootcert=" + root))
            assertThatThrownBy(() -> open(more)).isInstanceOf(ProblemException.class).hasMessageContaining("No safe connection")
                    .hasMessageContaining("sslrootcert=FILE");
        open("&sslmode=verify-ca&sslrootcert=" + root).close();
        cluster.set("ssl", "off");
        assertThatThrownBy(() -> open("&sslmode=require")).isInstanceOf(ProblemException.class).hasMessageContaining("No safe connection");
    }

    @Test
    void givenAnAddressElsewhere_aProofIsAskedForUnlessItSaysOtherwise() {
        assertThat(PostgresConnections.sslMode(TeamDatabase.parse("jdbc:postgresql://db.example.org/prompts"))).isEqualTo("verify-full");
        assertThat(PostgresConnections.sslMode(TeamDatabase.parse("jdbc:postgresql://db.example.org/prompts?sslmode=require"))).isEqualTo("require");
        assertThat(PostgresConnections.sslMode(TeamDatabase.parse("jdbc:postgresql://localhost/prompts"))).isEqualTo("prefer");
    }
}
