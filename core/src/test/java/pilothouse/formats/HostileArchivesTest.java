package pilothouse.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.access.AuditJournal;
import pilothouse.access.Member;
import pilothouse.archives.RawZip;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.Draft;
import pilothouse.prompts.HistoryRepository;
import pilothouse.prompts.LabelName;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptSelection;
import pilothouse.prompts.PromptStore;
import pilothouse.store.ChildProcess;
import pilothouse.store.Progress;

class HostileArchivesTest {
    private static final long PATIENCE_MILLIS = 240_000;

    @TempDir
    Path folder;

    @Test
    void givenTwoHundredHostileArchives_eachIsRefusedByNameAndNothingIsWritten() throws Exception {
        var archives = Files.createDirectory(folder.resolve("archives"));
        var good = export("good.zip");
        int written = new HostileArchives(archives, Files.readAllBytes(good), entries(export("good"))).write();
        Files.copy(good, archives.resolve("999-good.zip"));
        assertThat(written).isGreaterThan(195);
        var before = listing();
        var lines = importAll(archives);
        System.out.println("Hostile archives: " + written + ", refused " + lines.stream().filter(line -> line.contains("\tREFUSED ")).count() + ", heap 256 MB");
        assertThat(lines).filteredOn(line -> !line.contains("\tREFUSED ")).containsExactly("999-good.zip\tTAKEN 2", "prompts\t2");
        assertThat(lines).hasSize(written + 2);
        assertThat(lines).filteredOn(line -> line.contains("../evil.prompt")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(listing()).isEqualTo(before);
    }

    @Test
    @Tag("thorough")
    void givenAMillionEntriesOrTenGigabytes_theyAreRefusedInTheSameHeap() throws Exception {
        var archives = Files.createDirectory(folder.resolve("archives"));
        try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(archives.resolve("million.zip"))))) {
            for (int i = 0; i < 1_000_000; i++) {
                zip.putNextEntry(new ZipEntry("entry-" + i));
                zip.closeEntry();
            }
        }
        var bomb = new RawZip();
        bomb.add("manifest.json").packed(RawZip.packedZeros(10 << 10)).size(10L << 30);
        Files.write(archives.resolve("ten-gigabytes.zip"), bomb.bytes());
        var lines = importAll(archives);
        assertThat(lines.get(0)).startsWith("million.zip\tREFUSED").contains("1000000 entries");
        assertThat(lines.get(1)).startsWith("ten-gigabytes.zip\tREFUSED").contains("manifest.json");
    }

    private List<String> importAll(Path archives) throws Exception {
        var classes = ChildProcess.Classes.prepare(Files.createDirectories(folder.resolve("classes")), ImportingChild.class,
                Files.createDirectories(folder.resolve("none")), Files.createDirectories(folder.resolve("warm")));
        try (var child = new ChildProcess(classes, ImportingChild.class, folder.resolve("errors"), archives, Files.createDirectories(folder.resolve("workspace")))) {
            return child.killAfter(PATIENCE_MILLIS);
        }
    }

    /// Everything in the test's folder, but what the child's store needs.
    private List<String> listing() throws Exception {
        try (var files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString()).filter(name -> !name.matches("(classes|warm|workspace|none|errors).*")).sorted().toList();
        }
    }

    private Path export(String name) throws Exception {
        try (var store = PromptStore.open(Files.createDirectories(folder.resolve("source")))) {
            if (store.prompts().list().isEmpty()) {
                var snippet = store.prompts().create(new PromptName("team/_sign"));
                store.prompts().save(new Draft(snippet.id(), BranchName.MAIN, 0, "Yours", List.of(), "first", PromptStore.ADA));
                var prompt = store.prompts().create(new PromptName("team/reply"));
                store.prompts().save(new Draft(prompt.id(), BranchName.MAIN, 0, "Hello {{> sign}}", List.of("sign"), "first", PromptStore.ADA));
                store.prompts().save(new Draft(prompt.id(), BranchName.MAIN, 1, "Hi {{> sign}}", List.of("sign"), "second", PromptStore.ADA));
                store.labels().move(prompt.id(), new LabelName("production"), 2);
            }
            var histories = new HistoryRepository(store.store(), new AuditJournal(new Member(PromptStore.ADA), InstantSource.system()), List.of());
            return new Export(histories).write(PromptSelection.ALL, folder.resolve(name), Progress.NONE).path();
        }
    }

    private static List<HostileArchives.Entry> entries(Path exported) throws Exception {
        var entries = new ArrayList<HostileArchives.Entry>();
        try (var files = Files.walk(exported)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList())
                entries.add(new HostileArchives.Entry(exported.relativize(file).toString(), Files.readAllBytes(file)));
        }
        assertThat(new String(entries.getFirst().content(), StandardCharsets.UTF_8)).contains("pilothouse-export");
        return entries;
    }
}
