package pilothouse.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.h2.store.fs.FilePath;

/// A disk that fails when it is told to, under the journal (through [#path]) and under H2 (through
/// its own scheme for file names) alike. It counts what changes it: writes, truncations, forces.
final class FaultyDisk {
    static final String SCHEME = "fault";
    private static volatile FaultyDisk mounted;

    /// What goes wrong, from the chosen operation on.
    enum Fault {
        /// One operation fails; the next ones work.
        ONCE,
        /// No room: every write fails until [#heal]; forces and truncations work.
        FULL,
        /// Everything fails until [#heal].
        BROKEN;

        private boolean hits(Action action, boolean first) {
            return first || this == BROKEN || this == FULL && action == Action.WRITE;
        }
    }

    enum Action { WRITE, TRUNCATE, FORCE }

    private final Map<String, Unforced> unforced = new HashMap<>();
    private Fault fault;
    private long left = Long.MAX_VALUE;
    private boolean fired;
    private Optional<DiskRecord> record = Optional.empty();

    /// Puts a new disk in the place of the one before.
    static FaultyDisk mount() {
        mounted = new FaultyDisk();
        FilePath.register(new FaultyDatabase());
        return mounted;
    }

    /// `real` on this disk.
    Path path(Path real) {
        return new FaultyPath(real.toAbsolutePath());
    }

    /// Has everything written down from now on.
    ///
    /// @param root real, empty folder that all is in
    DiskRecord record(Path root) {
        record = Optional.of(new DiskRecord(root));
        return record.get();
    }

    static Optional<DiskRecord> recording() {
        return mounted.record;
    }

    /// Has the operation after `after` others fail, in the way of `fault`.
    synchronized void fail(Fault fault, long after) {
        this.fault = fault;
        left = after;
        fired = false;
    }

    /// Whether anything has failed since the last [#fail].
    synchronized boolean fired() {
        return fired;
    }

    /// Repairs it; returns whether anything had failed.
    synchronized boolean heal() {
        fault = null;
        return fired;
    }

    /// Whether all that was written to files whose name ends in `suffix` is past all doubt on the disk. A
    /// failed force leaves what it was to force in doubt until it is written again: the operating
    /// system may have dropped it, and a second force would not say so.
    synchronized boolean certain(String suffix) {
        return unforced.entrySet().stream().filter(file -> file.getKey().endsWith(suffix)).allMatch(file -> file.getValue().isEmpty());
    }

    static FileChannel channel(FileChannel real, String name) {
        return new FaultyChannel(real, mounted, name);
    }

    synchronized Unforced unforced(String name) {
        return unforced.computeIfAbsent(name, _ -> new Unforced());
    }

    /// Counts an operation.
    ///
    /// @throws IOException if it is to fail
    synchronized void count(Action action) throws IOException {
        if (fault == null) return;
        boolean first = left == 0 && !fired;
        if (left > 0) {
            left--;
            return;
        }
        if (!fault.hits(action, first)) return;
        fired = true;
        throw new IOException(action == Action.WRITE ? "No space left on device" : "Input/output error");
    }
}
