package pilothouse.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import pilothouse.store.DiskRecord.Event;

/// What is on a disk after a crash: what was forced, and of the rest what [Loss] leaves.
final class CrashedDisk {
    /// What becomes of writes and names that were not forced.
    enum Loss {
        /// all are gone
        DROPPED,
        /// all are there, as after a kill
        KEPT,
        /// all are there but the last write, which was cut at 512 bytes or 4 KB
        TORN,
        /// any of them are there, others not; names in their order up to some moment
        REORDERED
    }

    private static final int SECTOR = 512;
    private static final int PAGE = 4096;

    private final Map<Integer, byte[]> forced = new HashMap<>();
    private final Map<Integer, List<Event>> pending = new HashMap<>();
    private final TreeMap<Path, Integer> names = new TreeMap<>();
    private final List<Event> pendingNames = new ArrayList<>();

    /// The next thing that is done to it.
    void apply(Event event) {
        switch (event) {
            case DiskRecord.Write write -> pending(write.file()).add(write);
            case DiskRecord.Truncate truncate -> pending(truncate.file()).add(truncate);
            case DiskRecord.Force(int file) -> {
                forced.put(file, content(file, pending(file)));
                pending(file).clear();
            }
            case DiskRecord.ForceNames(Path folder) -> {
                for (var name : List.copyOf(pendingNames)) {
                    if (!parent(name).equals(folder)) continue;
                    rename(names, name);
                    pendingNames.remove(name);
                }
            }
            case DiskRecord.Create _, DiskRecord.Delete _, DiskRecord.Move _ -> pendingNames.add(event);
            case DiskRecord.Acknowledged _ -> {}
        }
    }

    /// Puts what `loss` leaves into the empty folder `to`.
    void write(Path to, Loss loss, Random random) throws IOException {
        var there = new TreeMap<>(names);
        int kept = switch (loss) {
            case DROPPED -> 0;
            case KEPT, TORN -> pendingNames.size();
            case REORDERED -> random.nextInt(pendingNames.size() + 1);
        };
        for (var name : pendingNames.subList(0, kept)) rename(there, name);
        for (var entry : there.entrySet()) {
            var path = to.resolve(entry.getKey().toString());
            if (entry.getKey().getParent() != null && !Files.isDirectory(path.getParent())) continue; // its folder was lost
            if (entry.getValue() == 0) Files.createDirectory(path);
            else Files.write(path, content(entry.getValue(), left(entry.getValue(), loss, random)));
        }
    }

    private List<Event> left(int file, Loss loss, Random random) {
        var events = pending(file);
        return switch (loss) {
            case DROPPED -> List.of();
            case KEPT -> events;
            case TORN -> torn(events, random);
            case REORDERED -> events.stream().filter(_ -> random.nextBoolean()).toList();
        };
    }

    private static List<Event> torn(List<Event> events, Random random) {
        if (events.isEmpty() || !(events.getLast() instanceof DiskRecord.Write(int file, long at, byte[] bytes))) return events;
        int unit = random.nextBoolean() ? SECTOR : PAGE;
        long first = at / unit * unit;
        long units = (at + bytes.length - first + unit - 1) / unit;
        int cut = (int) Math.clamp(first + random.nextLong(units) * unit - at, 0, bytes.length);
        var torn = new ArrayList<>(events.subList(0, events.size() - 1));
        torn.add(new DiskRecord.Write(file, at, Arrays.copyOf(bytes, cut)));
        return torn;
    }

    private List<Event> pending(int file) {
        return pending.computeIfAbsent(file, _ -> new ArrayList<>());
    }

    private byte[] content(int file, List<Event> events) {
        var content = forced.getOrDefault(file, new byte[0]);
        long size = content.length;
        for (var event : events)
            if (event instanceof DiskRecord.Write write) size = Math.max(size, write.at() + write.bytes().length);
        var bytes = Arrays.copyOf(content, (int) size);
        int end = content.length;
        for (var event : events)
            switch (event) {
                case DiskRecord.Write write -> {
                    System.arraycopy(write.bytes(), 0, bytes, (int) write.at(), write.bytes().length);
                    end = Math.max(end, (int) write.at() + write.bytes().length);
                }
                case DiskRecord.Truncate truncate -> {
                    if (truncate.size() < end) Arrays.fill(bytes, (int) truncate.size(), end, (byte) 0);
                    end = (int) Math.min(end, truncate.size());
                }
                default -> throw new IllegalStateException(event.toString());
            }
        return Arrays.copyOf(bytes, end);
    }

    private static Path parent(Event name) {
        var path = switch (name) {
            case DiskRecord.Create create -> create.path();
            case DiskRecord.Delete delete -> delete.path();
            case DiskRecord.Move move -> move.to();
            default -> throw new IllegalStateException(name.toString());
        };
        return path.getParent() == null ? Path.of("") : path.getParent();
    }

    private static void rename(Map<Path, Integer> names, Event event) {
        switch (event) {
            case DiskRecord.Create(Path path, int file) -> names.put(path, file);
            case DiskRecord.Delete(Path path) -> names.remove(path);
            case DiskRecord.Move(Path from, Path to) -> {
                var file = names.remove(from);
                if (file != null) names.put(to, file);
            }
            default -> throw new IllegalStateException(event.toString());
        }
    }
}
