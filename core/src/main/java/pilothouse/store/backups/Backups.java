package pilothouse.store.backups;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import pilothouse.archives.ArchiveWriter;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.store.Folders;
import pilothouse.store.Progress;
import pilothouse.store.H2Store;

/// The backups of a workspace: where they lie, when the next is due, which go. One is made at a time. Safe for use
/// from any thread.
public final class Backups {
    /// Ends the name of the folder in which something is taken out of a backup.
    public static final String ERASING = ".erasing";

    private static final Duration EVERY = Duration.ofHours(24);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile("pilothouse-\\d{8}-\\d{6}Z(-\\d+)?\\.zip");
    private static final Pattern UNFINISHED = Pattern.compile(NAME.pattern() + Pattern.quote(ArchiveWriter.UNFINISHED));
    private static final Pattern HALF_ERASED = Pattern.compile(NAME.pattern() + Pattern.quote(ERASING));

    private final H2Store work;
    private final Supplier<H2Store> runs;
    private final Supplier<Path> folder;
    private final String program;
    private final InstantSource clock;
    private final ReentrantLock making = new ReentrantLock();

    /// @param runs    the runs' store, asked for only when it is to be in a backup
    /// @param folder  where they lie as the settings say now
    /// @param program version of this program
    public Backups(H2Store work, Supplier<H2Store> runs, Supplier<Path> folder, String program, InstantSource clock) {
        this.work = work;
        this.runs = runs;
        this.folder = folder;
        this.program = program;
        this.clock = clock;
    }

    /// Where they lie.
    public Path folder() {
        return folder.get();
    }

    /// Makes one in `to`, or in the usual folder, where older ones then go as [Rotation] says. Blocks for long; an
    /// interrupt ends it.
    ///
    /// @throws ProblemException if it cannot be made, or one is being made
    /// @throws InterruptedException if it was stopped; nothing is left of it
    public BackupFile make(Optional<Path> to, boolean withRuns, Progress progress) throws InterruptedException {
        if (!making.tryLock())
            throw new ProblemException("A backup is being made already", folder().toString(), "Wait until it has ended");
        try {
            clean(to.orElseGet(folder), UNFINISHED);
            var made = new Backup(work, withRuns ? Optional.of(runs) : Optional.empty(), program, clock)
                    .make(free(to.orElseGet(folder)), progress.untilInterrupted());
            if (to.isEmpty() && made.manifest().problems().isEmpty()) rotate(); // what a damaged store gave replaces nothing
            return made;
        } catch (RuntimeException e) {
            if (!Thread.interrupted() && !(e instanceof CancellationException) && !closedByInterrupt(e)) throw e;
            var stopped = new InterruptedException("The backup was stopped");
            stopped.initCause(e);
            throw stopped;
        } finally {
            making.unlock();
        }
    }

    /// An interrupt closes the file that is being read, and who meets that may take the interrupt as done with.
    private static boolean closedByInterrupt(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause).anyMatch(ClosedByInterruptException.class::isInstance);
    }

    /// Whether a day has passed since the last one and there is something new to keep.
    public boolean isDue() {
        var newest = newest();
        if (newest.isEmpty()) return true;
        var manifest = newest.get().manifest();
        return manifest.madeAt().isBefore(clock.instant().minus(EVERY)) && !manifest.work().head().equals(work.head());
    }

    /// Those in the usual folder that can be read, the newest first.
    public List<BackupFile> list() {
        var found = found();
        found.unreadable().forEach(file -> LoggerFactory.getLogger(Backups.class).warn("A backup cannot be read: {}", file.why())); // others may be better
        return found.readable();
    }

    /// All in the usual folder.
    ///
    /// @param readable the newest first
    public record Found(List<BackupFile> readable, List<Unreadable> unreadable) {}

    /// One that nobody knows the content of.
    public record Unreadable(Path path, Problem why) {}

    public Found found() {
        var readable = new ArrayList<BackupFile>();
        var unreadable = new ArrayList<Unreadable>();
        for (var path : paths())
            try {
                readable.add(Restoration.look(path));
            } catch (ProblemException e) {
                unreadable.add(new Unreadable(path, e.problem()));
            }
        readable.sort(Comparator.comparing((BackupFile file) -> file.manifest().madeAt()).reversed());
        return new Found(List.copyOf(readable), List.copyOf(unreadable));
    }

    /// Takes away what killed programs left of backups that were being made, or erased in. Waits for one that is being made.
    public void clean() {
        making.lock();
        try {
            clean(folder(), UNFINISHED);
            clean(folder(), HALF_ERASED);
        } finally {
            making.unlock();
        }
    }

    public Optional<BackupFile> newest() {
        return list().stream().findFirst();
    }

    /// Nobody else makes one now.
    private static void clean(Path folder, Pattern names) {
        if (!Files.isDirectory(folder)) return;
        try (var files = Files.list(folder)) {
            for (var left : files.filter(file -> names.matcher(file.getFileName().toString()).matches()).toList()) Folders.delete(left);
        } catch (IOException e) {
            throw Backup.failure(e, folder);
        }
    }

    private void rotate() {
        var all = list();
        var kept = Rotation.STANDARD.kept(all.stream().map(file -> file.manifest().madeAt()).toList(), clock.instant());
        for (var file : all.stream().filter(it -> !kept.contains(it.manifest().madeAt())).toList())
            try {
                Files.deleteIfExists(file.path());
            } catch (IOException e) {
                throw Backup.failure(e, file.path());
            }
    }

    private List<Path> paths() {
        if (!Files.isDirectory(folder())) return List.of();
        try (var files = Files.list(folder())) {
            return files.filter(file -> NAME.matcher(file.getFileName().toString()).matches()).toList();
        } catch (IOException e) {
            throw Backup.failure(e, folder());
        }
    }

    private Path free(Path folder) {
        var stamp = STAMP.format(clock.instant());
        var path = folder.resolve("pilothouse-" + stamp + ".zip");
        for (int i = 2; Files.exists(path); i++) path = folder.resolve("pilothouse-" + stamp + "-" + i + ".zip");
        return path;
    }
}
