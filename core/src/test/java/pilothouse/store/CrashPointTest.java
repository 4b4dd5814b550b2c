package pilothouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.store.CrashedDisk.Loss;
import pilothouse.store.Notes.Note;

/// A crash after every write, cut, force and change of a name, with each way to lose what was not forced.
/// Opened by the program's own way, everything acknowledged is there, nothing is torn, and the chain holds.
class CrashPointTest {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final int SEEDS = 3;

    @TempDir
    Path folder;

    /// A file and how it is written.
    private enum Kind {
        JOURNALLED(Notes::open) {
            @Override
            void write(Store store, Note note) {
                Notes.write(store, note.number(), note.text());
            }
        },
        GROUPED(folder -> Store.open(folder, Notes.GROUPED, Notes.CLOCK, List.of())) {
            @Override
            void write(Store store, Note note) {
                store.write(tx -> Notes.insert(tx, note));
            }
        };

        private final Function<Path, ? extends Store> open;

        Kind(Function<Path, ? extends Store> open) {
            this.open = open;
        }

        abstract void write(Store store, Note note);
    }

    @Test
    void givenACrashAfterAnyWrite_nothingAcknowledgedIsLost() throws Exception {
        crash(400, 0.15);
    }

    @Test
    @Tag("nightly")
    void givenTwentyThousandCrashes_nothingAcknowledgedIsLost() throws Exception {
        crash(Integer.getInteger("crashes", 20_000), 1);
    }

    /// @param share of all crash points of a life that are tried
    private void crash(int points, double share) throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("Crash test: seed " + seed);
        var random = new Random(seed);
        var done = new EnumMap<Loss, Integer>(Loss.class);
        int all = 0;
        for (int run = 0; all < points; run++)
            for (var kind : Kind.values()) all += crash(kind, share, "seed " + seed + ", run " + run + ", " + kind, random, done);
        System.out.printf("Crash test: %,d crash points %s, 0 losses, 0 torn%n", all, done);
    }

    /// Every crash point of one life of a store.
    private int crash(Kind kind, double share, String when, Random random, Map<Loss, Integer> done) throws Exception {
        var texts = new TreeMap<Integer, String>();
        var events = live(kind, random, texts);
        var disk = new CrashedDisk();
        int acknowledged = 0;
        int points = 0;
        for (int i = 0; i < events.size(); i++) {
            disk.apply(events.get(i));
            if (events.get(i) instanceof DiskRecord.Acknowledged(int number)) acknowledged = number;
            else if (random.nextDouble() < share)
                for (var loss : Loss.values())
                    for (int nth = 0; nth < (loss == Loss.DROPPED || loss == Loss.KEPT ? 1 : SEEDS); nth++) {
                        check(kind, disk, loss, random, texts, acknowledged, when + ", after event " + i + " of " + events.size() + ", " + loss);
                        done.merge(loss, 1, Integer::sum);
                        points++;
                    }
        }
        return points;
    }

    /// Two sessions with a few saves each; the second is never closed.
    private List<DiskRecord.Event> live(Kind kind, Random random, Map<Integer, String> texts) throws IOException {
        var real = Files.createTempDirectory(folder, "life");
        var disk = FaultyDisk.mount();
        var record = disk.record(real);
        for (int session = 0, number = 0; session < 2; session++) {
            var store = kind.open.apply(disk.path(real));
            for (int i = 0; i < 3; i++) {
                var text = "é👋 ".repeat(1 + random.nextInt(3_000));
                texts.put(++number, text);
                kind.write(store, new Note(number, text));
                record.add(new DiskRecord.Acknowledged(number));
            }
            if (session == 0) store.close();
            else {
                var events = record.events();
                store.close();
                return events;
            }
        }
        throw new IllegalStateException();
    }

    private void check(Kind kind, CrashedDisk disk, Loss loss, Random random, Map<Integer, String> texts, int acknowledged, String when)
            throws IOException {
        var place = Files.createTempDirectory(Files.isWritable(MEMORY) ? MEMORY : folder, "crash");
        try {
            disk.write(place, loss, random);
            try (var store = kind.open.apply(place)) {
                assertThat(store.problems()).as(when).isEmpty();
                var notes = Notes.all(store);
                assertThat(notes).as(when).extracting(Note::text).isEqualTo(texts.values().stream().limit(notes.size()).toList());
                assertThat(notes.size()).as(when).isBetween(acknowledged, acknowledged + 1);
                kind.write(store, new Note(99, "on"));
                if (kind == Kind.JOURNALLED) assertThat(JournalScan.whole(place.resolve("journal")).problems()).as(when).isEmpty();
            } catch (RuntimeException e) {
                throw new AssertionError(when, e);
            }
        } finally {
            Folders.delete(place);
        }
    }
}
