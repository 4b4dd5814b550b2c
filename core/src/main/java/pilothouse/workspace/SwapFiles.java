package pilothouse.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.store.Folders;
import pilothouse.store.Hashes;
import tools.jackson.core.JacksonException;

/// What is open and not saved, in a folder of its own, so that a killed process loses no more than what
/// changed since the last [#keep]. Each thing is a file named by the hash of its content; `open.json`
/// lists those that count, in order, and is replaced in one step. Safe for use from any thread.
///
/// @param <T> a record that Jackson can write and read
public final class SwapFiles<T> {
    private static final String LIST = "open.json";
    private static final String ENDING = ".swap";

    private final Path folder;
    private final Class<T> type;
    private final Set<String> there = new HashSet<>();
    private List<String> listed = List.of();

    /// @param folder exists, and nobody else writes in it
    public SwapFiles(Path folder, Class<T> type) {
        this.folder = folder;
        this.type = type;
    }

    /// @param files names in the folder
    private record Listing(List<String> files) {}

    /// What was left behind.
    ///
    /// @param things   in their order
    /// @param problems one for each file that cannot be read; it stays where it is
    public record Left<T>(List<T> things, List<Problem> problems) {}

    /// Reads what the last process left.
    public synchronized Left<T> load() {
        there.clear();
        there.addAll(files());
        var things = new ArrayList<T>();
        var problems = new ArrayList<Problem>();
        listed = listing(problems);
        for (var name : listed) {
            try {
                things.add(Json.MAPPER.readValue(Files.readAllBytes(folder.resolve(name)), type));
            } catch (JacksonException | IOException e) {
                problems.add(unreadable(name, e));
                there.remove(name); // so that it is never deleted
            }
        }
        return new Left<>(List.copyOf(things), List.copyOf(problems));
    }

    /// Keeps what is open now in place of what was. Blocks until it is on the disk.
    ///
    /// @throws ProblemException if that fails; then what was kept last is still kept
    public synchronized void keep(List<T> open) {
        var names = new ArrayList<String>();
        try {
            for (var thing : open) {
                var content = Json.write(thing);
                var name = Hashes.sha256(content) + ENDING;
                names.add(name);
                if (!there.add(name)) continue;
                try {
                    Folders.replacePrivately(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    there.remove(name);
                    throw e;
                }
            }
            if (!names.equals(listed)) Folders.replacePrivately(folder.resolve(LIST), Json.write(new Listing(names)).getBytes(StandardCharsets.UTF_8));
            listed = List.copyOf(names);
            for (var name : List.copyOf(there)) {
                if (listed.contains(name)) continue;
                Files.deleteIfExists(folder.resolve(name));
                there.remove(name);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /// Without a list that can be read, everything counts.
    private List<String> listing(List<Problem> problems) {
        try {
            if (!Files.exists(folder.resolve(LIST))) return files();
            return List.copyOf(Json.MAPPER.readValue(Files.readAllBytes(folder.resolve(LIST)), Listing.class).files());
        } catch (JacksonException | IOException | NullPointerException e) {
            problems.add(unreadable(LIST, e));
            return files();
        }
    }

    private List<String> files() {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(ENDING)).sorted().toList();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private Problem unreadable(String name, Exception reason) {
        var why = reason.getMessage() == null ? reason.getClass().getSimpleName() : reason.getMessage().lines().findFirst().orElse("");
        return new Problem("A draft cannot be read: " + why, folder.resolve(name).toString(), "The file stays where it is.");
    }

    private ProblemException failure(IOException e) {
        return new ProblemException(new Problem("Drafts cannot be kept: " + e.getMessage(), folder.toString(),
                "Save what is open, then check the room on the disk and the folder's permissions."), e);
    }
}
