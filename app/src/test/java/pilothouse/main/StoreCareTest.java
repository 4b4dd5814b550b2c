package pilothouse.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.store.IntegrityReport;
import pilothouse.workspace.Workspace;

/// `store verify` and `store repair` on stores that open and that do not.
class StoreCareTest {
    private static final String TEXT = "a text that is nowhere else in the file";

    @TempDir
    Path folder;

    private Typist.Ended run(String... arguments) {
        return new Typist(folder).run(arguments);
    }

    @Test
    void givenAWholeStore_nothingIsDamagedAndNothingIsRepaired() {
        save();
        var verified = run("store", "verify");
        assertThat(verified.out()).contains("Everything is what was saved");
        assertThat(verified.code()).isZero();
        assertThat(run("store", "repair").out()).contains("Nothing is damaged");
        assertThat(Json.parse(run("store", "verify", "--json").out()).path("problems").size()).isZero();
    }

    @Test
    void givenAChangedLetterInTheDatabase_theVersionIsNamedAndRepaired() throws IOException {
        save();
        var database = folder.resolve("workspace/pilothouse.mv.db");
        var bytes = Files.readAllBytes(database);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(TEXT);
        bytes[at] ^= 1;
        Files.write(database, bytes);
        var verified = run("store", "verify");
        assertThat(verified.code()).isEqualTo(1);
        assertThat(verified.err()).contains("prompt team/letter version 1");
        assertThat(verified.out()).contains("built anew from the journal");
        assertThat(Json.parse(run("store", "verify", "--json").out()).path("cure").asString()).isEqualTo("DATABASE");
        assertThat(run("store", "repair").out()).contains("Repaired").contains("pilothouse.mv.db.damaged-");
        assertThat(run("store", "verify").code()).isZero();
        assertThat(run("prompts", "show", "team/letter").out()).isEqualTo(TEXT);
    }

    @Test
    void givenADatabaseThatDoesNotOpen_thePlaceAndTheRemedyAreNamedAndTheRemedyWorks() throws IOException {
        save();
        Files.write(folder.resolve("workspace/pilothouse.mv.db"), new byte[20_000]);
        var shown = run("prompts", "show", "team/letter");
        assertThat(shown.code()).isEqualTo(1);
        assertThat(shown.err()).contains("pilothouse.mv.db").contains("pilothouse store repair");
        assertThat(run("store", "verify").code()).isEqualTo(1);
        assertThat(Json.parse(run("store", "repair", "--json").out()).path("repaired").asBoolean()).isTrue();
        assertThat(run("prompts", "show", "team/letter").out()).isEqualTo(TEXT);
    }

    @Test
    void givenAJournalWithoutItsFirstRecords_itIsBegunAnewFromTheDatabase() throws IOException {
        save();
        Path journal;
        try (var files = Files.list(folder.resolve("workspace/journal"))) {
            journal = files.findFirst().orElseThrow();
        }
        var bytes = Files.readAllBytes(journal);
        java.util.Arrays.fill(bytes, 0, 600, (byte) 0);
        Files.write(journal, bytes);
        assertThat(run("store", "verify").out()).contains("begun anew from the database");
        assertThat(run("store", "repair").out()).contains("journal.damaged-");
        assertThat(run("store", "verify").code()).isZero();
        Files.delete(folder.resolve("workspace/pilothouse.mv.db"));
        assertThat(run("prompts", "show", "team/letter").out()).isEqualTo(TEXT);
    }

    @Test
    void givenDamage_theCheckInTheBackgroundTellsItOnceADay() throws Exception {
        var mark = folder.resolve("mark");
        var damage = new Problem("prompt a version 1 is not what was saved", "there", "");
        var told = new CompletableFuture<List<Problem>>();
        try (var health = StoreHealth.watch(mark, Duration.ZERO, List.of(), _ -> new IntegrityReport(List.of(damage), IntegrityReport.Cure.DATABASE, 1, 1))) {
            health.listen(told::complete);
            assertThat(told.get()).containsExactly(damage);
        }
        assertThat(mark).doesNotExist();
        try (var health = StoreHealth.watch(mark, Duration.ZERO, List.of(), _ -> new IntegrityReport(List.of(), IntegrityReport.Cure.NOTHING, 1, 1))) {
            health.await();
        }
        assertThat(mark).exists();
        try (var health = StoreHealth.watch(mark, Duration.ZERO, List.of(), _ -> {
            throw new AssertionError("checked again the same day");
        })) {
            health.await();
        }
    }

    @Test
    void givenAServerThatTakesLong_leavingDoesNotWaitForIt() throws Exception {
        var asked = new CountDownLatch(1);
        var answered = new CountDownLatch(1);
        try (var health = StoreHealth.watch(folder.resolve("mark"), Duration.ZERO, List.of(), _ -> {
            asked.countDown();
            waitFor(answered);
            return new IntegrityReport(List.of(), IntegrityReport.Cure.NOTHING, 1, 1);
        })) {
            asked.await();
            health.leave();
            assertThat(answered.getCount()).isOne();
            answered.countDown();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void givenAnOpenProgram_itsStoreIsRepairedWhileItStaysOpen() throws IOException {
        save();
        var database = folder.resolve("workspace/pilothouse.mv.db");
        var bytes = Files.readAllBytes(database);
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf(TEXT)] ^= 1;
        Files.write(database, bytes);
        try (var program = Pilothouse.open(Workspace.open(folder.resolve("workspace")))) {
            assertThat(program.care().check((_, _) -> {}).isIntact()).isFalse();
            assertThat(program.care().repair((_, _) -> {}).done()).isPresent();
            assertThat(program.prompts().find("team/letter").orElseThrow().version().text()).isEqualTo(TEXT);
            assertThat(program.care().check((_, _) -> {}).problems()).isEmpty();
        }
    }

    private void save() {
        assertThat(new Typist(folder).runWithInput(TEXT, "prompts", "save", "team/letter", "--file", "-").code()).isZero();
    }
}
