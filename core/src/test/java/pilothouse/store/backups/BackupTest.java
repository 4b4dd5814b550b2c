package pilothouse.store.backups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.access.AuditJournal;
import pilothouse.access.Member;
import pilothouse.formats.Export;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.Draft;
import pilothouse.prompts.HistoryRepository;
import pilothouse.prompts.LabelName;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptSelection;
import pilothouse.prompts.PromptStore;
import pilothouse.prompts.SaveOutcome;
import pilothouse.store.Progress;
import pilothouse.store.H2Store;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;

class BackupTest {
    static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final InstantSource clock = now::get;
    private Path workspace;

    @BeforeEach
    void makeWorkspace() throws Exception {
        workspace = Files.createDirectory(folder.resolve("workspace"));
    }

    @Test
    void givenAStoreThatIsWrittenTo_theBackupIsOneStateOfItAndOpens() throws Exception {
        Prompt prompt;
        BackupFile made;
        try (var store = PromptStore.open(workspace)) {
            prompt = store.prompts().create(new PromptName("support/reply"));
            save(store, prompt, 0, 20);
            var writing = Thread.ofVirtual().start(() -> save(store, prompt, 20, 60));
            made = backups(store.files()).make(Optional.empty(), false, Progress.NONE);
            writing.join();
        }
        assertThat(made.manifest().problems()).isEmpty();
        assertThat(names(folder.resolve("backups"))).containsExactly("pilothouse-20261124-120000Z.zip");
        Restoration.restore(made.path(), folder.resolve("restored"), Progress.NONE);
        try (var restored = PromptStore.open(folder.resolve("restored")); var original = PromptStore.open(workspace)) {
            var log = restored.prompts().log(prompt.id());
            assertThat(log.size()).isBetween(20, 60);
            assertThat(log).isEqualTo(original.prompts().log(prompt.id()).subList(60 - log.size(), 60));
            assertThat(restored.files().problems()).isEmpty();
            assertThat(restored.check().run()).isEmpty();
            assertThat(restored.files().head().sequence()).isEqualTo(made.manifest().work().head().sequence());
        }
    }

    @Test
    void givenTheNewestBackupInAFreshFolder_itsExportIsTheSameBytes() throws Exception {
        try (var store = PromptStore.open(workspace)) {
            for (var name : List.of("support/reply", "support/refund")) {
                var prompt = store.prompts().create(new PromptName(name));
                save(store, prompt, 0, 5);
                store.labels().move(prompt.id(), new LabelName("production"), 4);
                backups(store.files()).make(Optional.empty(), false, Progress.NONE);
                now.set(now.get().plusSeconds(1));
            }
            var newest = backups(store.files()).newest().orElseThrow().path();
            Restoration.restore(newest, folder.resolve("restored"), Progress.NONE);
            try (var restored = PromptStore.open(folder.resolve("restored"))) {
                assertThat(export(restored, "restored.zip")).isEqualTo(export(store, "original.zip"));
            }
        }
    }

    private byte[] export(PromptStore store, String name) throws Exception {
        var histories = new HistoryRepository(store.store(), new AuditJournal(new Member(PromptStore.ADA), clock), List.of());
        return Files.readAllBytes(new Export(histories).write(PromptSelection.ALL, folder.resolve(name), Progress.NONE).path());
    }

    @Test
    void givenAJournalThatWentOn_itIsReplayedOnTopOfTheBackup() throws Exception {
        Prompt prompt;
        Path backup;
        try (var store = PromptStore.open(workspace)) {
            prompt = store.prompts().create(new PromptName("a"));
            save(store, prompt, 0, 3);
            backup = backups(store.files()).make(Optional.empty(), false, Progress.NONE).path();
            save(store, prompt, 3, 8);
            store.labels().move(prompt.id(), new LabelName("production"), 7);
        }
        var restored = folder.resolve("restored");
        assertThat(Restoration.restore(backup, workspace.resolve("journal"), restored, Progress.NONE)).isEqualTo(6);
        try (var store = PromptStore.open(restored); var original = PromptStore.open(workspace)) {
            assertThat(store.prompts().log(prompt.id())).isEqualTo(original.prompts().log(prompt.id()));
            assertThat(store.labels().labels(prompt.id())).isEqualTo(original.labels().labels(prompt.id()));
            assertThat(store.check().run()).isEmpty();
        }
    }

    @Test
    void givenAStopAtAnyStep_nothingIsLeftAndTheNextBackupIsMade() throws Exception {
        try (var store = PromptStore.open(workspace)) {
            save(store, store.prompts().create(new PromptName("a")), 0, 5);
            var backups = backups(store.files());
            for (double at = 0; at < 0.9; at += 0.2) {
                double stop = at;
                assertThatThrownBy(() -> backups.make(Optional.empty(), false, (done, _) -> {
                    if (done >= stop) Thread.currentThread().interrupt();
                    if (done >= stop) throw new java.util.concurrent.CancellationException();
                })).isInstanceOf(InterruptedException.class);
                assertThat(names(folder.resolve("backups"))).isEmpty();
            }
            for (double at = 0; at < 0.9; at += 0.2) { // whatever is being done then meets a file that the interrupt has closed
                double stop = at;
                assertThatThrownBy(() -> backups.make(Optional.empty(), false, (done, _) -> {
                    if (done >= stop) Thread.currentThread().interrupt();
                })).isInstanceOf(InterruptedException.class);
                assertThat(names(folder.resolve("backups"))).isEmpty();
            }
            assertThat(backups.make(Optional.empty(), false, Progress.NONE).path()).exists();
        }
    }

    @Test
    void givenADamagedBackup_itIsRefusedAndNothingIsWritten() throws Exception {
        Path backup;
        try (var store = PromptStore.open(workspace)) {
            save(store, store.prompts().create(new PromptName("a")), 0, 5);
            backup = backups(store.files()).make(Optional.empty(), false, Progress.NONE).path();
        }
        var bytes = Files.readAllBytes(backup);
        var broken = folder.resolve("broken.zip");
        int refused = 0;
        for (int at = 0; at < bytes.length; at += bytes.length / 10) {
            var copy = bytes.clone();
            copy[at] ^= 0x10;
            Files.write(broken, copy);
            try {
                Restoration.restore(broken, folder.resolve("restored"), Progress.NONE);
                pilothouse.store.Folders.delete(folder.resolve("restored")); // a bit that nobody reads, such as a local header's name
            } catch (ProblemException e) {
                refused++;
                assertThat(e.problem().where()).contains("broken.zip");
            }
            assertThat(names(folder)).doesNotContain("restored", "restored.part");
        }
        assertThat(refused).isGreaterThan(6);
        Files.write(broken, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> Restoration.look(broken)).isInstanceOf(ProblemException.class);
    }

    @Test
    void givenAFolderInUse_nothingIsRestoredOverIt() throws Exception {
        try (var store = PromptStore.open(workspace)) {
            var backup = backups(store.files()).make(Optional.empty(), false, Progress.NONE).path();
            assertThatThrownBy(() -> Restoration.restore(backup, workspace, Progress.NONE))
                    .isInstanceOf(ProblemException.class).hasMessageContaining("not empty");
        }
    }

    @Test
    void givenRunsAskedFor_theyAreInIt() throws Exception {
        try (var store = PromptStore.open(workspace); var runs = Store.open(workspace, StoreFile.runs(), clock, List.of())) {
            addRuns(runs, 0, 30);
            var made = new Backups(store.files(), () -> runs, () -> folder.resolve("backups"), "0.1.0", clock).make(Optional.empty(), true, Progress.NONE);
            Restoration.restore(made.path(), folder.resolve("restored"), Progress.NONE);
        }
        try (var runs = Store.open(folder.resolve("restored"), StoreFile.runs(), clock, List.of())) {
            assertThat(count(runs)).isEqualTo(30);
            addRuns(runs, 30, 31);
            assertThat(runs.<Long>read(tx -> tx.one("select max(sequence) from run", row -> row.getLong(1)).orElseThrow())).isEqualTo(31);
        }
    }

    @Test
    void givenAYearOfDays_sevenDaysFourWeeksTwelveMonthsAreKept() {
        var made = IntStream.range(0, 400).mapToObj(day -> NOON.minus(Duration.ofDays(day))).toList();
        var kept = Rotation.STANDARD.kept(made, NOON);
        assertThat(kept).hasSizeBetween(7 + 2 + 10, 7 + 4 + 12);
        assertThat(kept).containsAll(made.subList(0, 7));
        assertThat(Rotation.STANDARD.kept(List.copyOf(kept), NOON)).isEqualTo(kept);
        var months = kept.stream().map(at -> at.toString().substring(0, 7)).distinct();
        assertThat(months).hasSize(12);
    }

    @Test
    void givenMoreBackups_theOldOnesGo() throws Exception {
        try (var store = PromptStore.open(workspace)) {
            var prompt = store.prompts().create(new PromptName("a"));
            var backups = backups(store.files());
            assertThat(backups.isDue()).isTrue();
            for (int day = 0; day < 8; day++) {
                save(store, prompt, day, day + 1);
                backups.make(Optional.empty(), false, Progress.NONE);
                now.set(now.get().plus(Duration.ofDays(1)).plusSeconds(1));
            }
            assertThat(backups.list()).hasSize(7);
            assertThat(backups.isDue()).isFalse(); // nothing new since
            save(store, prompt, 8, 9);
            assertThat(backups.isDue()).isTrue();
        }
    }

    private Backups backups(H2Store store) {
        return new Backups(store, () -> {
            throw new AssertionError("runs were not asked for");
        }, () -> folder.resolve("backups"), "0.1.0", clock);
    }

    static void save(PromptStore store, Prompt prompt, int from, int to) {
        for (int i = from; i < to; i++) {
            var draft = new Draft(prompt.id(), BranchName.MAIN, i, "Text " + i + " ü\n".repeat(i + 1), List.of(), "save " + i, PromptStore.ADA);
            assertThat(store.prompts().save(draft)).isInstanceOf(SaveOutcome.Saved.class);
        }
    }

    static void addRuns(H2Store runs, int from, int to) {
        var answers = new ArrayList<java.util.concurrent.CompletableFuture<Integer>>();
        for (int i = from; i < to; i++) {
            int number = i;
            answers.add(runs.submit(tx -> tx.update("insert into run(id, prompt, version, target, result, started_at, record) values (?, null, 0, 'local/x', 'stop', ?, ?)",
                    java.util.UUID.randomUUID(), (long) number, "{\"n\":" + number + ",\"text\":\"" + "x".repeat(500) + "\"}")));
        }
        answers.forEach(java.util.concurrent.CompletableFuture::join);
    }

    static long count(H2Store runs) {
        return runs.<Long>read(tx -> tx.one("select count(*) from run", row -> row.getLong(1)).orElseThrow());
    }

    static List<String> names(Path folder) throws Exception {
        if (!Files.exists(folder)) return List.of();
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
