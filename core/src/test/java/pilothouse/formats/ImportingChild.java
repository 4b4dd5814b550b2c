package pilothouse.formats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import pilothouse.access.AuditJournal;
import pilothouse.access.Member;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.HistoryRepository;
import pilothouse.prompts.PromptStore;
import pilothouse.store.Progress;

/// Imports every archive of a folder into a workspace, in a JVM of 256 MB, and prints what became of each.
public final class ImportingChild {
    private ImportingChild() {}

    public static void main(String... arguments) throws IOException {
        try (var store = PromptStore.open(Path.of(arguments[1])); var files = Files.list(Path.of(arguments[0]))) {
            var histories = new HistoryRepository(store.store(), new AuditJournal(new Member(PromptStore.ADA), InstantSource.system()), List.of());
            for (var file : files.filter(path -> !path.toString().endsWith(".dir")).sorted().toList())
                System.out.println(file.getFileName() + "\t" + outcome(histories, file).replaceAll("[\\n\\t]", " "));
            System.out.println("prompts\t" + store.prompts().list().size());
        }
    }

    private static String outcome(HistoryRepository histories, Path archive) {
        try {
            return "TAKEN " + new Import(histories).read(archive, Progress.NONE).take(false, Progress.NONE).size();
        } catch (ProblemException e) {
            return "REFUSED " + e.problem();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return "FAILED " + e;
        }
    }
}
