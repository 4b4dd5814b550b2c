package pilothouse.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.cli.ExitCode;
import pilothouse.cli.Terminal;
import pilothouse.json.Json;
import pilothouse.store.PostgresCluster;

/// `pilothouse --store jdbc:postgresql://...` in one process, on a real server.
class TeamCommandsTest {
    private static final String PASSWORD_FILE = "org.postgresql.pgpassfile";

    private final PostgresCluster cluster = PostgresCluster.get();
    private final String url = cluster.freshSchema().toString();
    @TempDir
    Path folder;

    /// In place of the home folder's.
    @BeforeEach
    void passwordFile() throws IOException {
        var file = Files.writeString(folder.resolve("pgpass"), "127.0.0.1:*:*:" + PostgresCluster.USER + ":" + PostgresCluster.PASSWORD.reveal() + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        System.setProperty(PASSWORD_FILE, file.toString());
    }

    @AfterEach
    void noPasswordFile() {
        System.clearProperty(PASSWORD_FILE);
    }

    private Typist.Ended run(String... arguments) {
        return new Typist(folder).run(arguments);
    }

    private Typist.Ended team(String... arguments) {
        return new Typist(folder).runWithInput("Dear {{name}}", Stream.concat(Stream.of("--store", url), Stream.of(arguments)).toArray(String[]::new));
    }

    @Test
    void givenATeamsStore_itsPromptsAreThereAndTheWorkspaceKeepsItsOwn() throws IOException {
        assertThat(Json.parse(team("prompts", "list", "--json").out()).size()).isZero();
        var saved = team("prompts", "save", "letter", "--file", "-");
        assertThat(saved.code()).as(saved.err()).isZero();
        assertThat(team("prompts", "show", "letter").out()).isEqualTo("Dear {{name}}");
        assertThat(team("prompts", "label", "letter@1", "production").code()).isZero();
        assertThat(team("prompts", "label", "letter@1", "staging", "--from", "0").code()).isZero();
        assertThat(team("prompts", "search", "dear").out()).contains("letter@1");
        assertThat(run("prompts", "list").out()).contains("support/reply").doesNotContain("letter");
        assertThat(team("store", "verify").code()).isZero();
        assertThat(team("store", "repair").err() + team("store", "repair").out()).doesNotContain("Exception");
        assertThat(team("store", "export", "--to", "all.zip").code()).isZero();
        assertThat(team("store", "backup").err()).contains("in a team's store", "pg_dump");
        try (var files = Files.walk(folder.resolve("workspace"))) {
            for (var file : files.filter(Files::isRegularFile).toList())
                assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)).as("%s", file).doesNotContain(PostgresCluster.PASSWORD.reveal());
        }
    }

    @Test
    void givenALabelThatMoved_aMoveFromWhereItStoodIsRefusedWithWhoAndWhen() {
        team("prompts", "save", "letter", "--file", "-");
        new Typist(folder).runWithInput("Hello", "--store", url, "prompts", "save", "letter", "--file", "-");
        team("prompts", "label", "letter@2", "production");
        var late = team("prompts", "label", "letter@1", "production", "--from", "0");
        assertThat(late.code()).isOne();
        assertThat(late.err()).contains(" put production on version 2 at ", "Compare with version 2");
    }

    @Test
    void givenAnAddressThatIsNoTeamsStore_itIsRefusedInWordsWithoutItsPassword() {
        var refused = Stream.of("jdbc:h2:mem:x", "jdbc:h2:tcp://host/~/x;INIT=RUNSCRIPT FROM 'http://host/x.sql'", "jdbc:mysql://host/db", "jdbc:postgresql:",
                "jdbc:postgresql://host/db?password=hunter22", "jdbc:postgresql://ada:hunter22@host/db",
                "jdbc:postgresql://host/db?socketFactory=org.example.Evil&socketFactoryArg=http://host/x.xml", "jdbc:postgresql://host:99999/db",
                "jdbc:postgresql://host/db?sslpassword=hunter22", "postgres://ada@host/db", "jdbc:postgresql://h1,h2/db").map(address -> {
                    var ended = run("--store", address, "prompts", "list");
                    assertThat(ended.code()).as(address + ended.err()).isEqualTo(ExitCode.USAGE.code());
                    assertThat(ended.out() + ended.err()).doesNotContain("hunter22").doesNotContain("Exception");
                    return ended.err().lines().findFirst().orElse("");
                }).collect(Collectors.joining("\n"));
        assertThat(refused).contains("An H2 address is refused", "cannot lie in mysql", "password stands in the store's address",
                "socketFactory is not allowed", "no port 99999");
        assertThat(run("--store", url.replaceAll(":\\d+/", ":1/"), "prompts", "list").err()).contains("cannot be reached").doesNotContain("Exception");
        assertThat(run("--store", url, "--store-secret", "env:NO_SUCH_VARIABLE", "prompts", "list").err()).contains("no secret of this name");
    }

    @Test
    void givenAnOwnerWithAnotherStore_aCommandIsRefusedAndDoesNotUseTheWrongOne() throws Exception {
        team("prompts", "save", "letter", "--file", "-");
        try (var typed = new PipedOutputStream()) {
            var terminal = new Terminal(new PipedInputStream(typed), new PrintStream(PrintStream.nullOutputStream()),
                    new PrintStream(PrintStream.nullOutputStream()), folder, false, 100);
            var workspace = folder.resolve("workspace");
            var owner = Thread.ofVirtual().start(() -> new Session().run(List.of("--workspace", workspace.toString(), "prompts", "save", "own", "--file", "-"), terminal));
            while (!Files.exists(workspace.resolve("instance.json"))) Thread.onSpinWait();
            assertThat(run("prompts", "list").out()).contains("support/reply");
            var refused = team("prompts", "list");
            assertThat(refused.code()).isOne();
            assertThat(refused.err()).contains("open with the prompts in its own store", "Leave --store out").doesNotContain("Exception");
            typed.close();
            owner.join();
        }
    }
}
