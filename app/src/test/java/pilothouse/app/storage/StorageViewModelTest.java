package pilothouse.app.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.SimpleStringProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.TestThread;
import pilothouse.store.Compaction;
import pilothouse.store.H2Store;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;
import pilothouse.store.backups.Backups;

class StorageViewModelTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    Path folder;

    private final TestThread fx = new TestThread();
    private final Background background = new Background(fx);
    private final SimpleStringProperty elsewhere = new SimpleStringProperty("");
    private H2Store store;
    private final List<String> said = new ArrayList<>();
    private final StorageWork work = new StorageWork(background, notice -> said.add(notice.text()), () -> {});
    private StorageViewModel model;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(Files.createDirectory(folder.resolve("workspace")), StoreFile.work(), CLOCK, List.of());
        var backups = new Backups(store, () -> store, () -> elsewhere.get().isEmpty() ? folder.resolve("backups") : Path.of(elsewhere.get()), "0.1.0", CLOCK);
        model = new StorageViewModel(background, work, backups, store, new StorageViewModel.Keeping(() -> new Compaction(store, CLOCK), CLOCK), elsewhere);
        model.refresh();
    }

    @AfterEach
    void close() {
        background.close();
        store.close();
    }

    @Test
    void givenNoBackup_oneIsMadeRestoredAndListed() throws Exception {
        fx.drainUntil(() -> model.last().get().equals("none yet"));
        model.backUp();
        assertThat(background.jobs()).singleElement().satisfies(job -> assertThat(job.title()).isEqualTo("Backing up"));
        assertThat(work.working().get()).isTrue();
        fx.drainUntil(() -> model.kept().get().startsWith("1,"));
        assertThat(model.last().get()).contains("verified");
        assertThat(said).singleElement().asString().startsWith("Backed up and verified: pilothouse-");
        assertThat(work.working().get()).isFalse();
        try (var files = Files.list(folder.resolve("backups"))) {
            model.restore(files.findFirst().orElseThrow(), folder.resolve("restored"));
        }
        fx.drainUntil(() -> lastSaid().startsWith("Restored to"));
        assertThat(folder.resolve("restored/pilothouse.mv.db")).exists();
        model.restore(folder.resolve("nothing.zip"), folder.resolve("again"));
        fx.drainUntil(() -> lastSaid().contains("no such file"));
    }

    @Test
    void givenAnotherFolder_backupsGoThere() {
        model.useFolder(folder.resolve("elsewhere"));
        model.backUp();
        fx.drainUntil(() -> model.kept().get().startsWith("1,"));
        assertThat(folder.resolve("elsewhere")).isDirectoryContaining("glob:**.zip");
    }

    @Test
    void givenTheStore_itIsCompacted() {
        model.compact();
        fx.drainUntil(() -> !said.isEmpty());
        assertThat(lastSaid()).startsWith("Compacted from");
    }

    @Test
    void givenSomethingUnderWay_theNextIsNotBegunAndThatIsSaid() {
        model.backUp();
        model.compact();
        assertThat(background.jobs()).hasSize(1);
        assertThat(said).containsExactly("Not begun, since something is under way: Backing up");
        fx.drainUntil(() -> model.kept().get().startsWith("1,"));
    }

    @Test
    void givenACancelledBackup_nothingIsLeftAndTheNextIsMade() throws Exception {
        model.backUp();
        background.jobs().getFirst().cancel();
        assertThat(work.working().get()).isFalse();
        assertThat(said).containsExactly("The backup was stopped; nothing is left of it");
        fx.drainUntil(() -> {
            if (!work.working().get() && !lastSaid().startsWith("Backed up")) model.backUp(); // until the cancelled one has let go
            return model.kept().get().startsWith("1,");
        });
        try (var files = Files.list(folder.resolve("backups"))) {
            assertThat(files.toList()).allMatch(file -> file.toString().endsWith(".zip"));
        }
    }

    private String lastSaid() {
        return said.isEmpty() ? "" : said.getLast();
    }
}
