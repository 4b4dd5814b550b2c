package pilothouse.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Everything that was done to a [FaultyDisk], in order, so that a crash after any of it can be acted out.
/// Files are known by numbers, because names move.
final class DiskRecord {
    sealed interface Event {}

    record Write(int file, long at, byte[] bytes) implements Event {}

    record Truncate(int file, long size) implements Event {}

    record Force(int file) implements Event {}

    /// Has the names in a folder on the disk.
    record ForceNames(Path folder) implements Event {}

    /// @param file 0 for a folder
    record Create(Path path, int file) implements Event {}

    record Delete(Path path) implements Event {}

    record Move(Path from, Path to) implements Event {}

    /// The caller was told that its work number `number` is kept.
    record Acknowledged(int number) implements Event {}

    private final Path root;
    private final List<Event> events = new ArrayList<>();
    private final Map<Path, Integer> files = new HashMap<>();
    private int next;

    /// @param root empty folder that all of it is in
    DiskRecord(Path root) {
        this.root = root.toAbsolutePath();
    }

    synchronized void add(Event event) {
        events.add(event);
    }

    synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /// The number of the file that was opened; made if it is new.
    synchronized int opened(Path path) {
        var name = root.relativize(path);
        var known = files.get(name);
        if (known != null) return known;
        files.put(name, ++next);
        events.add(new Create(name, next));
        return next;
    }

    synchronized void madeFolder(Path path) {
        events.add(new Create(root.relativize(path), 0));
    }

    synchronized void deleted(Path path) {
        var name = root.relativize(path);
        files.remove(name);
        events.add(new Delete(name));
    }

    synchronized void moved(Path from, Path to) {
        var file = files.remove(root.relativize(from));
        files.put(root.relativize(to), file);
        events.add(new Move(root.relativize(from), root.relativize(to)));
    }

    synchronized void forcedNames(Path folder) {
        if (folder.startsWith(root)) events.add(new ForceNames(root.relativize(folder)));
    }
}
