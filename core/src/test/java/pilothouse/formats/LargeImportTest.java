package pilothouse.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.access.AuditJournal;
import pilothouse.access.Member;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.BulkRepository;
import pilothouse.prompts.Draft;
import pilothouse.prompts.HistoryRepository;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptSelection;
import pilothouse.prompts.PromptStore;
import pilothouse.store.ChildProcess;
import pilothouse.store.Progress;

/// A whole repository comes in at once, in a process with a heap of 256 MB: `-Dversions=100000` versions of 1 KB, that
/// hardly compress, by default.
@Tag("thorough")
class LargeImportTest {
    private static final int VERSIONS = Integer.getInteger("versions", 100_000);
    private static final int EACH = 50;
    private static final long PATIENCE_MILLIS = 600_000;

    @TempDir
    Path folder;

    @Test
    void givenARepositoryLargerThanTheHeap_itIsTakenInAtOnce() throws Exception {
        var archives = Files.createDirectory(folder.resolve("archives"));
        var member = new AuditJournal(new Member(PromptStore.ADA), InstantSource.system());
        try (var store = PromptStore.open(Files.createDirectory(folder.resolve("from")))) {
            fill(store, new BulkRepository(store.store(), member, InstantSource.system()));
            new Export(new HistoryRepository(store.store(), member, List.of())).write(PromptSelection.ALL, archives.resolve("all.zip"), Progress.NONE);
        }
        var classes = ChildProcess.Classes.prepare(Files.createDirectories(folder.resolve("classes")), ImportingChild.class,
                Files.createDirectories(folder.resolve("none")), Files.createDirectories(folder.resolve("warm")));
        long begun = System.nanoTime();
        try (var child = new ChildProcess(classes, ImportingChild.class, folder.resolve("errors"), archives, Files.createDirectories(folder.resolve("to")))) {
            assertThat(child.killAfter(PATIENCE_MILLIS)).containsExactly("all.zip\tTAKEN " + VERSIONS / EACH, "prompts\t" + VERSIONS / EACH);
        }
        System.out.printf("Imported %,d versions, a zip of %,d MB, in %,d s with a heap of 256 MB%n", VERSIONS, Files.size(archives.resolve("all.zip")) >> 20,
                (System.nanoTime() - begun) / 1_000_000_000);
        try (var store = PromptStore.open(folder.resolve("to"))) {
            assertThat(store.store().problems()).isEmpty();
            assertThat(store.prompts().log(store.prompts().list().getLast().id())).hasSize(EACH);
        }
    }

    private static void fill(PromptStore store, BulkRepository bulk) {
        var random = new SplittableRandom(5);
        var names = IntStream.range(0, VERSIONS / EACH).mapToObj(i -> new PromptName("folder-" + i % 20 + "/prompt-" + i)).toList();
        var made = store.prompts().create(names);
        for (int from = 0; from < made.size(); from += 100)
            bulk.save(made.subList(from, Math.min(made.size(), from + 100)).stream().map(prompt -> drafts(prompt, random)).toList());
    }

    private static List<Draft> drafts(Prompt prompt, SplittableRandom random) {
        var drafts = new ArrayList<Draft>();
        for (int number = 1; number <= EACH; number++)
            drafts.add(new Draft(prompt.id(), BranchName.MAIN, number - 1, random.ints(1_024, ' ', '~').collect(StringBuilder::new,
                    StringBuilder::appendCodePoint, StringBuilder::append).toString(), List.of(), "", PromptStore.ADA));
        return drafts;
    }
}
