package pilothouse.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pilothouse.access.AuditJournal;
import pilothouse.access.Member;
import pilothouse.access.MemberId;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.Draft;
import pilothouse.prompts.ErasureRepository;
import pilothouse.prompts.LabelName;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptIntegrity;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptStore;
import pilothouse.prompts.PromptVersion;
import pilothouse.prompts.values.ValueSetName;
import pilothouse.runs.RunRepository;
import pilothouse.runs.StoredRuns;
import pilothouse.store.Compaction;
import pilothouse.store.Folders;
import pilothouse.store.H2Store;
import pilothouse.store.IntegrityReport;
import pilothouse.store.Progress;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;
import pilothouse.store.StoreRepair;
import pilothouse.store.Transaction;
import pilothouse.store.backups.Backups;
import pilothouse.store.backups.Restoration;

class ErasureTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z"));
    private static final String PERSON = "ada-of-the-lake";

    @TempDir
    Path folder;

    private Workspace workspace;

    @BeforeEach
    void makeWorkspace() {
        workspace = Workspace.open(folder.resolve("workspace"));
    }

    @Test
    void givenAPromptErased_itsTextsAreNowhereAndEverythingStillVerifies() throws Exception {
        Prompt prompt;
        try (var store = open(); var runs = runs()) {
            prompt = fill(store, runs);
            assertThat(places("Zebra")).contains("pilothouse.mv.db", "journal/2026-11.log", "drafts/a.json").anyMatch(place -> place.startsWith("backups/"));
            var erasure = erasure(store, runs, PromptStore.ADA);
            var request = new ErasureRepository.Request(Optional.of(prompt.id()), 0, Optional.empty(), true);
            assertThat(erasure.look(request).lines()).contains(new Erasure.Line("store", "texts", 3), new Erasure.Line("runs", "runs", 2));
            var hashes = store.prompts().log(prompt.id()).stream().map(version -> version.hash()).toList();
            var head = store.files().head();

            var report = erasure.erase(request, Progress.NONE);
            assertThat(report.left()).isEmpty();
            assertThat(report.lines()).contains(new Erasure.Line("store", "texts", 3), new Erasure.Line("store", "journal records", 6),
                    new Erasure.Line("runs", "runs", 2), new Erasure.Line("drafts", "drafts", 1));
            assertThat(places("Zebra")).isEmpty();
            assertThat(store.prompts().log(prompt.id())).extracting(version -> version.hash()).isEqualTo(hashes);
            assertThat(store.prompts().log(prompt.id())).allMatch(version -> version.isErased() && version.isIntact());
            assertThat(store.files().head().sequence()).isEqualTo(head.sequence() + 1);
            assertThat(store.check().run()).isEmpty();
            assertThat(store.prompts().find("other@1").orElseThrow().version().text()).isEqualTo("Kept");
            store.prompts().save(new Draft(prompt.id(), BranchName.MAIN, 3, "Hello again", List.of(), "after", PromptStore.ADA));
            assertThat(erasure.erase(request, Progress.NONE).lines()).contains(new Erasure.Line("store", "journal records", 1)); // the new one
        }
        Files.delete(workspace.folder().resolve("pilothouse.mv.db"));
        try (var store = open()) { // built anew from the journal
            assertThat(store.store().problems()).isEmpty();
            assertThat(store.prompts().log(prompt.id())).hasSize(4).allMatch(version -> version.isErased() && version.isIntact());
            assertThat(store.check().run()).isEmpty();
        }
        backupsVerify(prompt);
    }

    @Test
    void givenAMemberErased_theNameIsNowhereAndTheTextsStay() throws Exception {
        try (var store = open(); var runs = runs()) {
            var prompt = fill(store, runs);
            assertThat(places(PERSON)).isNotEmpty();
            var erasure = erasure(store, runs, new MemberId(PERSON));
            erasure.erase(new ErasureRepository.Request(Optional.empty(), 0, Optional.of(new MemberId(PERSON)), false), Progress.NONE);
            assertThat(places(PERSON)).isEmpty();
            assertThat(store.prompts().log(prompt.id())).extracting(version -> version.text()).contains("Zebra 0");
            assertThat(store.prompts().log(prompt.id())).allMatch(version -> version.author().name().startsWith("erased-") && version.isIntact());
            assertThat(store.check().run()).isEmpty();
            assertThat(store.store().problems()).isEmpty();
        }
    }

    @Test
    void givenOneVersionErased_theOthersStay() throws Exception {
        try (var store = open(); var runs = runs()) {
            var prompt = fill(store, runs);
            erasure(store, runs, PromptStore.ADA).erase(new ErasureRepository.Request(Optional.of(prompt.id()), 2, Optional.empty(), true), Progress.NONE);
            assertThat(store.prompts().log(prompt.id())).extracting(version -> version.text()).containsExactly("Zebra 2", "", "Zebra 0");
            assertThat(places("Zebra 1")).isEmpty();
            assertThat(store.check().run()).isEmpty();
        }
    }

    @Test
    void givenAnErasedRecordThatIsChangedByHand_theCheckSaysSo() throws Exception {
        try (var store = open(); var runs = runs()) {
            var prompt = fill(store, runs);
            erasure(store, runs, PromptStore.ADA).erase(new ErasureRepository.Request(Optional.of(prompt.id()), 0, Optional.empty(), true), Progress.NONE);
            var journal = workspace.folder().resolve("journal/2026-11.log");
            store.files().exchangeFiles(() -> Files.write(journal, resealed(Files.readAllBytes(journal))));
            assertThat(store.check().run()).anyMatch(problem -> problem.what().contains("no erasing is on record"));
        }
    }

    /// What an erased version still says, changed by hand: none of it goes unseen, by its own seal alone.
    @Test
    void givenAnErasedVersionThatIsChangedByHand_itsSealAndTheCheckSaySo() throws Exception {
        try (var store = open(); var runs = runs()) {
            var prompt = fill(store, runs);
            var request = new ErasureRepository.Request(Optional.of(prompt.id()), 2, Optional.empty(), true);
            erasure(store, runs, PromptStore.ADA).erase(request, Progress.NONE);
            assertThat(store.check().run()).isEmpty();
            var other = "'" + "0".repeat(64) + "'";
            for (var change : List.of("author = 'eve'", "branch = 'other'", "saved_at = '2026-11-24T11:00:00Z'", "text_hash = " + other,
                    "hash = " + other, "pins = '[{\"name\":\"x\",\"snippet\":\"01a20d6d-5a00-77f4-95e7-0c86a4c6dc1e\",\"version\":1}]'", "parents = '[]'",
                    "message = '(erased)'", "message = 'a word'", "text = 'another'")) {
                var column = change.split(" ")[0];
                var was = store.store().write(tx -> {
                    var kept = tx.one("select " + column + " from prompt_version where prompt = ? and number = 2", row -> row.getString(1), prompt.id().value());
                    tx.update("update prompt_version set " + change + " where prompt = ? and number = 2", prompt.id().value());
                    return kept.orElseThrow();
                });
                var damages = store.store().read(ErasureTest::damages);
                store.store().write(tx -> tx.update("update prompt_version set " + column + " = ? where prompt = ? and number = 2", was, prompt.id().value()));
                assertThat(damages).as(change).anyMatch(problem -> problem.where().contains("animals"));
            }
            assertThat(store.check().run()).isEmpty();
        }
    }

    @Test
    void givenAPromptsValueSets_theyGoWithItAndFromEveryRecord() throws Exception {
        Prompt prompt;
        try (var store = open(); var runs = runs()) {
            prompt = fill(store, runs);
            var erasure = erasure(store, runs, PromptStore.ADA);
            erasure.erase(new ErasureRepository.Request(Optional.of(prompt.id()), 2, Optional.empty(), true), Progress.NONE);
            assertThat(store.values().of(prompt.id())).as("one version is erased").hasSize(2);
            var report = erasure.erase(new ErasureRepository.Request(Optional.of(prompt.id()), 0, Optional.empty(), true), Progress.NONE);
            assertThat(report.lines()).contains(new Erasure.Line("store", "value sets", 2));
            assertThat(places("Okapi")).isEmpty();
            assertThat(store.values().of(prompt.id())).isEmpty();
            assertThat(store.values().of(store.prompts().find(new PromptName("other")).orElseThrow().id())).hasSize(1);
            assertThat(store.check().run()).isEmpty();
        }
        Files.delete(workspace.folder().resolve("pilothouse.mv.db"));
        try (var store = open()) { // built anew from the journal
            assertThat(store.values().of(prompt.id())).isEmpty();
            assertThat(store.check().run()).isEmpty();
        }
    }

    @Test
    void givenAPersonsValueSets_theyGoWithTheTextsAndElseOnlyTheName() throws Exception {
        try (var store = open(); var runs = runs()) {
            var prompt = fill(store, runs);
            var theirs = PromptStore.on(store.store(), new MemberId(PERSON), CLOCK, List.of()).values();
            theirs.add(prompt.id(), new ValueSetName("Quagga"), Map.of("animal", "Quagga"));
            var erasure = erasure(store, runs, PromptStore.ADA);
            erasure.erase(new ErasureRepository.Request(Optional.empty(), 0, Optional.of(new MemberId(PERSON)), false), Progress.NONE);
            assertThat(places(PERSON)).isEmpty();
            var kept = store.values().find(prompt.id(), new ValueSetName("Quagga")).orElseThrow();
            assertThat(kept.savedBy().name()).startsWith("erased-");
            theirs.change(kept, kept.name(), Map.of("animal", "Quagga again"));
            erasure.erase(new ErasureRepository.Request(Optional.empty(), 0, Optional.of(new MemberId(PERSON)), true), Progress.NONE);
            assertThat(places(PERSON)).isEmpty();
            assertThat(places("Quagga again")).isEmpty();
            assertThat(store.values().of(prompt.id())).extracting(set -> set.name().text()).containsExactly("Okapi 1", "Okapi 2");
            assertThat(store.check().run()).isEmpty();
        }
    }

    @Test
    void givenBackupsThatCannotBeRead_eachIsNamedAndTheRestIsErased() throws Exception {
        try (var store = open(); var runs = runs()) {
            var prompt = fill(store, runs);
            var good = backups(store, runs).newest().orElseThrow().path();
            var cut = good.resolveSibling("pilothouse-20261101-000000Z.zip");
            var none = good.resolveSibling("pilothouse-20261102-000000Z.zip");
            Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(good), (int) Files.size(good) / 2));
            Files.writeString(none, "Zebra, and no zip");
            var report = erasure(store, runs, PromptStore.ADA).erase(new ErasureRepository.Request(Optional.of(prompt.id()), 0, Optional.empty(), true), Progress.NONE);
            assertThat(report.left()).extracting(problem -> problem.where()).containsExactlyInAnyOrder(cut.toString(), none.toString());
            assertThat(report.left()).allMatch(problem -> problem.what().contains("not reached") && problem.remedy().contains("Delete it"));
            assertThat(report.lines()).contains(new Erasure.Line(good.toString(), "journal records", 6));
            assertThat(places("Zebra")).containsExactly("backups/" + none.getFileName());
        }
    }

    /// Where an erasing can be cut short.
    private enum Cut { JOURNAL, RUNS, BACKUPS }

    @ParameterizedTest
    @EnumSource
    void givenAnErasingCutShort_theSameAgainEndsIt(Cut cut) throws Exception {
        try (var store = open(); var runs = runs()) {
            var prompt = fill(store, runs);
            var erasure = erasure(store, runs, PromptStore.ADA);
            var request = new ErasureRepository.Request(Optional.empty(), 0, Optional.of(new MemberId(PERSON)), true);
            var inTheWay = workspace.folder().resolve("journal/2026-11.log.tmp"); // the records cannot be changed then
            if (cut == Cut.JOURNAL) Files.createDirectories(inTheWay.resolve("full"));
            assertThatThrownBy(() -> erasure.erase(request, (_, step) -> {
                if (cut == Cut.RUNS && step.equals("runs") || cut == Cut.BACKUPS && step.endsWith(".zip")) throw new CancellationException();
            })).isInstanceOfAny(ProblemException.class, CancellationException.class);
            assertThat(places(PERSON)).isNotEmpty();
            assertThat(store.prompts().log(prompt.id())).as("the tables come first").allMatch(PromptVersion::isErased);
            Folders.delete(inTheWay);
            leave("pilothouse-20261101-000000Z.zip.part/taken");
            leave("pilothouse-20261101-000000Z.zip.erasing/workspace");

            assertThat(erasure.erase(request, Progress.NONE).left()).isEmpty();
            assertThat(places(PERSON)).isEmpty();
            assertThat(places("Zebra")).isEmpty();
            assertThat(store.check().run()).isEmpty();
        }
        Files.delete(workspace.folder().resolve("pilothouse.mv.db"));
        try (var store = open()) { // built anew from the journal
            assertThat(store.store().problems()).isEmpty();
            assertThat(store.check().run()).isEmpty();
        }
    }

    /// As a killed program leaves it among the backups.
    private void leave(String folder) throws Exception {
        Files.writeString(Files.createDirectories(workspace.backups().resolve(folder)).resolve("pilothouse.mv.db"), "Zebra by " + PERSON);
    }

    @Test
    void givenWhatRepairsLeftBehind_itIsErasedToo() throws Exception {
        Prompt prompt;
        try (var store = open(); var runs = runs()) {
            prompt = fill(store, runs);
        }
        var journal = workspace.folder().resolve("journal/2026-11.log");
        Files.writeString(journal, Files.readString(journal, StandardCharsets.ISO_8859_1).replaceFirst("prompt.create", "prompt.creat!"), StandardCharsets.ISO_8859_1);
        assertThat(repair().run(Progress.NONE).before().cure()).isEqualTo(IntegrityReport.Cure.JOURNAL); // begins it anew with `store.rows`
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + workspace.folder().resolve("pilothouse"), "pilothouse", "");
                var statement = connection.createStatement()) {
            statement.execute("update prompt_version set branch = 'other' where number = 1");
        }
        assertThat(repair().run(Progress.NONE).before().cure()).isEqualTo(IntegrityReport.Cure.DATABASE);
        Files.writeString(workspace.folder().resolve("pilothouse.safe"), "{\"length\":0,\"header\":\"\",\"end\":0}"); // a first start that was cut off
        try (var store = open(); var runs = runs()) {
            assertThat(places("Zebra")).contains("journal/2026-11.log", "journal.damaged-20261124-120000/2026-11.log",
                    "pilothouse.mv.db.damaged-20261124-120000", "pilothouse.mv.db.unfinished");
            assertThat(Files.readString(journal, StandardCharsets.ISO_8859_1)).contains("store.rows").doesNotContain("prompt.save");
            var erasure = erasure(store, runs, PromptStore.ADA);
            assertThat(erasure.erase(new ErasureRepository.Request(Optional.of(prompt.id()), 0, Optional.empty(), true), Progress.NONE).left()).isEmpty();
            erasure.erase(new ErasureRepository.Request(Optional.empty(), 0, Optional.of(new MemberId(PERSON)), true), Progress.NONE);
            assertThat(places("Zebra")).isEmpty();
            assertThat(places(PERSON)).isEmpty();
            assertThat(store.check().run()).isEmpty();
        }
    }

    private StoreRepair repair() {
        return new StoreRepair(workspace.folder(), StoreFile.work(), CLOCK, PromptStore.OPERATIONS, List.of(new PromptIntegrity()), _ -> Optional.empty());
    }

    @Test
    void givenAVersionThatOnlyClaimsToBeErased_aChangeOfItIsFound() throws Exception {
        try (var store = open()) {
            var prompt = store.prompts().create(new PromptName("claims"));
            store.prompts().save(new Draft(prompt.id(), BranchName.MAIN, 0, "Text", List.of(), "(erased)", new MemberId("erased-not")));
            assertThat(store.check().run()).isEmpty();
            store.store().write(tx -> tx.update("update prompt_version set saved_at = '2026-11-24T11:00:00Z'"));
            assertThat(store.check().run()).anyMatch(problem -> problem.where().contains("claims version 1"));
        }
    }

    private static List<Problem> damages(Transaction tx) {
        try {
            return new PromptIntegrity().damages(tx);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /// Changes the number of an erased version and makes its checksum right again.
    private static byte[] resealed(byte[] journal) {
        var text = new String(journal, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("(erased)");
        journal[at + 1] = 'E';
        for (int start = 0; start < journal.length; ) {
            int length = java.nio.ByteBuffer.wrap(journal).getInt(start);
            int whole = (length < 0 ? 72 : 40) + (length & 0x07ffffff);
            if (at < start + whole) {
                var crc = new java.util.zip.CRC32C();
                crc.update(journal, start, 4);
                crc.update(journal, start + 8, whole - 8);
                java.nio.ByteBuffer.wrap(journal).putInt(start + 4, (int) crc.getValue());
                return journal;
            }
            start += whole;
        }
        throw new AssertionError("nothing was erased");
    }

    private Prompt fill(PromptStore store, H2Store runs) throws Exception {
        var prompt = store.prompts().create(new PromptName("animals"));
        for (int i = 0; i < 3; i++)
            store.prompts().save(new Draft(prompt.id(), BranchName.MAIN, i, "Zebra " + i, List.of(), "About Zebra", new MemberId(PERSON)));
        store.labels().move(prompt.id(), new LabelName("production"), 2);
        for (int i = 0; i < 3; i++) store.values().add(prompt.id(), new ValueSetName("Okapi " + i), Map.of("animal", "Okapi " + i));
        store.values().remove(store.values().find(prompt.id(), new ValueSetName("Okapi 0")).orElseThrow());
        var other = store.prompts().create(new PromptName("other"));
        store.values().add(other.id(), new ValueSetName("base"), Map.of("animal", "Gnu"));
        store.prompts().save(new Draft(other.id(), BranchName.MAIN, 0, "Kept", List.of(), "", PromptStore.ADA));
        var repository = new RunRepository(runs);
        repository.add(StoredRuns.run(1, Optional.of(prompt.id()), "local/x"));
        repository.add(StoredRuns.run(2, Optional.of(prompt.id()), "local/x"));
        repository.add(StoredRuns.run(3, Optional.of(other.id()), "local/x"));
        new Compaction(store.files(), CLOCK).run(Progress.NONE); // leaves the old file
        Files.writeString(workspace.drafts().resolve("a.json"), "{\"prompt\":\"" + prompt.id() + "\",\"text\":\"Zebra draft by " + PERSON + "\"}");
        backups(store, runs).make(Optional.empty(), true, Progress.NONE);
        return prompt;
    }

    private void backupsVerify(Prompt prompt) throws Exception {
        try (var files = Files.list(workspace.backups())) {
            for (var file : files.toList()) {
                var place = folder.resolve("restored-" + file.getFileName());
                Restoration.restore(file, place, Progress.NONE);
                try (var store = PromptStore.open(place, CLOCK, List.of())) {
                    assertThat(store.prompts().log(prompt.id())).hasSize(3).allMatch(version -> version.isErased());
                    assertThat(store.check().run()).isEmpty();
                }
            }
        }
    }

    private List<String> places(String text) throws Exception {
        return Traces.of(text, workspace.folder());
    }

    private PromptStore open() {
        return PromptStore.open(workspace.folder(), CLOCK, List.of());
    }

    private H2Store runs() {
        return Store.open(workspace.folder(), StoreFile.runs(), CLOCK, List.of());
    }

    private Backups backups(PromptStore store, H2Store runs) {
        return new Backups(store.files(), () -> runs, workspace::backups, "0.1.0", CLOCK);
    }

    private Erasure erasure(PromptStore store, H2Store runs, MemberId actor) {
        return new Erasure(workspace, new Erasure.Parts(store.files(), () -> runs, PromptStore.OPERATIONS, backups(store, runs), () -> {}),
                new AuditJournal(new Member(actor), CLOCK), CLOCK, "0.1.0");
    }
}
