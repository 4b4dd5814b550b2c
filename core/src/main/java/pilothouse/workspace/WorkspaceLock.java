package pilothouse.workspace;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.store.Folders;
import tools.jackson.core.JacksonException;

/// Makes one process the owner of a workspace. What decides is a lock of the operating system on
/// `instance.lock`, which ends with the process however it ends: a killed owner leaves nothing to
/// clean up. `instance.json` only tells others where the owner listens.
public final class WorkspaceLock implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_AGAIN = Duration.ofMillis(20).toNanos();

    /// Locked by this very process. POSIX drops a process's lock when it closes *any* descriptor of the
    /// file, so asking a second time must not even open it.
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;
    private final String token;

    private WorkspaceLock(Path folder, FileChannel channel, String token) {
        this.folder = folder;
        this.channel = channel;
        this.token = token;
    }

    /// @param port 0 while it opens the workspace
    private record Instance(long pid, int port, String token) {}

    /// Tries to become the owner. When another process is, waits up to 10 s for it to say where it listens.
    ///
    /// @throws ProblemException if the folder refuses, or the owner says nothing; at once if it is suspended
    public static Ownership claim(Workspace workspace) {
        var folder = workspace.folder();
        long patience = System.nanoTime() + PATIENCE.toNanos();
        try {
            do {
                var lock = lock(folder);
                if (lock.isPresent()) return new Ownership.Owner(lock.get());
                var owner = instance(folder);
                if (owner.isPresent() && owner.get().port() > 0)
                    return new Ownership.OwnedBy(owner.get().pid(), owner.get().port(), owner.get().token());
                if (owner.isPresent() && ProcessState.isStopped(owner.get().pid())) throw stopped(owner.get().pid(), folder);
                LockSupport.parkNanos(LOOK_AGAIN);
            } while (System.nanoTime() < patience && !Thread.currentThread().isInterrupted());
        } catch (IOException e) {
            throw failure(e, folder);
        }
        throw new ProblemException("Another Pilothouse has this workspace and does not answer", folder.toString(),
                "Wait until it has started, end it, or choose another folder with --workspace DIR");
    }

    /// What the user is told when the owner is suspended.
    public static ProblemException stopped(long pid, Path folder) {
        return new ProblemException("Another Pilothouse (process " + pid + ") has this workspace and is suspended", folder.toString(),
                "Let it go on (kill -CONT " + pid + "), or end it (kill -9 " + pid + ", nothing that was saved is lost by that); then try again");
    }

    /// What commands from other processes must carry: 256 random bits in hexadecimal.
    public String token() {
        return token;
    }

    /// Tells other processes where this one takes commands.
    public void announce(int port) {
        try {
            write(folder, port, token);
        } catch (IOException e) {
            throw failure(e, folder);
        }
    }

    private static void write(Path folder, int port, String token) throws IOException {
        var content = Json.write(new Instance(ProcessHandle.current().pid(), port, token)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Folders.replacePrivately(folder.resolve("instance.json"), content);
    }

    /// Gives the workspace up.
    @Override
    public void close() {
        try {
            Files.deleteIfExists(folder.resolve("instance.json"));
            channel.close();
        } catch (IOException e) {
            throw failure(e, folder);
        } finally {
            OWN.remove(folder);
        }
    }

    private static Optional<WorkspaceLock> lock(Path folder) throws IOException {
        if (!OWN.add(folder)) return Optional.empty();
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(folder.resolve("instance.lock"), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            locked = channel.tryLock() != null;
            if (!locked) return Optional.empty();
            var random = new byte[32];
            new SecureRandom().nextBytes(random);
            var token = HexFormat.of().formatHex(random);
            write(folder, 0, token); // in place of a killed owner's
            return Optional.of(new WorkspaceLock(folder, channel, token));
        } finally {
            if (!locked) {
                if (channel != null) channel.close();
                OWN.remove(folder);
            }
        }
    }

    private static Optional<Instance> instance(Path folder) throws IOException {
        var file = folder.resolve("instance.json");
        if (!Files.exists(file)) return Optional.empty();
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), Instance.class));
        } catch (JacksonException | java.nio.file.NoSuchFileException e) {
            return Optional.empty(); // the owner is just leaving or arriving: look again
        }
    }

    private static ProblemException failure(IOException e, Path folder) {
        return new ProblemException(new Problem("The workspace cannot be locked: " + e.getMessage(), folder.toString(),
                "Check that the folder can be written, or choose another one with --workspace DIR"), e);
    }
}
