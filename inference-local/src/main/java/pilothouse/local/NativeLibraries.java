package pilothouse.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// Unpacks PyTorch's native libraries from the jars of the program, once, into the user's cache
/// folder, so that DJL finds them ready and writes nothing itself.
///
/// They are written to a folder of another name, forced to disk and renamed: a folder of the final
/// name is complete. Two processes at once wait for each other; one that was killed leaves a
/// partial folder that the next one removes. Safe for use from any thread.
public final class NativeLibraries {
    private static final String TORCH = "native/lib/pytorch.properties";
    private static final String JNI = "jnilib/pytorch.properties";
    private static final int STEP = 1 << 20;
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    /// Hears how far the unpacking is.
    public interface Progress {
        void at(long bytesDone, long bytesTotal);
    }

    /// One file to be unpacked. DJL loads every file of the folder, so nothing else may lie in it.
    private record Part(Path jar, String entry, String target, long bytes, long crc) {}

    private final Path cache;
    private final Path jniJar;
    private final String classifier;
    private final String djlVersion;
    private final String version;
    private final Path folder;
    private final List<Part> parts;

    /// @param torchJar the jar of `pytorch-native-cpu`
    /// @param jniJar   the jar of `pytorch-jni`
    /// @param cache    the user's cache folder of this program; need not exist
    /// @throws ProblemException if the jars do not fit each other or this machine
    public NativeLibraries(Path torchJar, Path jniJar, Path cache) {
        this.cache = cache;
        this.jniJar = jniJar;
        var torch = properties(torchJar, TORCH);
        var built = torch.getProperty("version");
        version = built.replaceFirst("-.*", "");
        classifier = torch.getProperty("classifier");
        var jni = properties(jniJar, JNI).getProperty("jni_version");
        if (!jni.startsWith(version + "-")) throw misfit(torchJar, "It goes with PyTorch " + jni + ", not " + version);
        djlVersion = jni.substring(version.length() + 1);
        folder = cache.resolve("natives").resolve("pytorch-" + built + "-djl-" + djlVersion + "-cpu-" + classifier);
        parts = new ArrayList<>();
        for (var name : torch.getProperty("libraries").split(",")) parts.add(part(torchJar, "/" + name, name));
        parts.add(jniPart("cpu"));
    }

    /// Those on the class path of the running program.
    ///
    /// @throws ProblemException if the program was built without them
    public static NativeLibraries onClassPath(Path cache) {
        return new NativeLibraries(jarOf(TORCH), jarOf(JNI), cache);
    }

    /// Where they are, or will be.
    public Path folder() {
        return folder;
    }

    /// What they take on disk.
    public long bytes() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }

    /// Whether they are there, each of the right size.
    public boolean areUnpacked() {
        return parts.stream().allMatch(part -> size(folder.resolve(part.target())) == part.bytes());
    }

    /// Unpacks them unless they are there. Blocks for seconds the first time; an interrupt stops it
    /// and leaves nothing behind.
    ///
    /// @throws ProblemException if the disk is full, the folder cannot be written or a jar is damaged
    public TorchLibraries unpack(Progress progress) throws InterruptedException {
        if (!areUnpacked()) {
            ONE_AT_A_TIME.lockInterruptibly();
            try {
                Files.createDirectories(folder.getParent());
                unpackAlone(progress);
            } catch (ClosedByInterruptException | FileLockInterruptionException e) {
                Thread.interrupted(); // it goes on as the exception
                throw new InterruptedException();
            } catch (IOException e) {
                throw new ProblemException(new Problem("The native libraries cannot be unpacked: " + e.getMessage(),
                        folder.toString(), "Make room or allow writing there, or set another cache folder."), e);
            } finally {
                ONE_AT_A_TIME.unlock();
            }
        }
        return new TorchLibraries(folder, version, "cpu", List.of(), Optional.empty(), bytes());
    }

    /// The user's own PyTorch with CUDA instead. Its libraries stay where they are; only DJL's small
    /// library for it is put into the cache.
    ///
    /// @throws ProblemException if it is not complete, not of the version that DJL needs, or there is no build of DJL for it
    public TorchLibraries gpu(Path torchFolder) throws InterruptedException {
        var found = GpuFolder.check(torchFolder, version);
        var djl = cache.resolve("natives").resolve("djl-" + djlVersion);
        var part = jniPart(found.flavor());
        var target = djl.resolve("pytorch").resolve(version + "-" + found.flavor() + "-" + classifier).resolve(part.target());
        try {
            if (size(target) != part.bytes()) {
                Files.createDirectories(target.getParent());
                var partial = Files.createTempFile(target.getParent(), "partial", "");
                copy(part, partial, _ -> {});
                Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new ProblemException(new Problem("DJL's library cannot be unpacked: " + e.getMessage(), target.toString(),
                    "Make room or allow writing there, or set another cache folder."), e);
        }
        return new TorchLibraries(found.folder(), version, found.flavor(), found.searchPath(), Optional.of(djl), part.bytes());
    }

    private void unpackAlone(Progress progress) throws IOException, InterruptedException {
        try (var file = FileChannel.open(folder.resolveSibling(folder.getFileName() + ".lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); var _ = file.lock()) {
            removeLeftovers();
            if (areUnpacked()) return; // another process did it while this one waited
            checkRoom();
            var partial = Files.createTempDirectory(folder.getParent(), folder.getFileName() + ".partial");
            try {
                long total = bytes();
                long done = 0;
                progress.at(0, total);
                for (var part : parts) {
                    long before = done;
                    copy(part, partial.resolve(part.target()), bytes -> progress.at(before + bytes, total));
                    done += part.bytes();
                }
                if (Files.exists(folder)) Files.move(folder, partial.resolveSibling(partial.getFileName() + ".old"));
                move(partial);
            } finally {
                removeLeftovers();
            }
        }
    }

    private void move(Path partial) throws IOException {
        try {
            Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new FileSystemException(folder.toString(), partial.toString(), "this file system cannot rename a folder at once");
        }
    }

    private interface Copied {
        void upTo(long bytes);
    }

    private static void copy(Part part, Path target, Copied copied) throws IOException, InterruptedException {
        var crc = new CRC32();
        long written = 0;
        try (var zip = new ZipFile(part.jar().toFile()); InputStream in = zip.getInputStream(zip.getEntry(part.entry()));
                var out = FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var buffer = new byte[STEP];
            for (int count = in.readNBytes(buffer, 0, STEP); count > 0; count = in.readNBytes(buffer, 0, STEP)) {
                if (Thread.interrupted()) throw new InterruptedException();
                crc.update(buffer, 0, count);
                for (var bytes = ByteBuffer.wrap(buffer, 0, count); bytes.hasRemaining();) out.write(bytes);
                written += count;
                copied.upTo(written);
            }
            out.force(true);
        }
        if (written != part.bytes() || crc.getValue() != part.crc())
            throw new FileSystemException(part.jar().toString(), part.entry(), "the jar is damaged");
    }

    /// Called under the lock: whatever has a partial name belongs to a process that is gone.
    private void removeLeftovers() throws IOException {
        var start = folder.getFileName() + ".partial";
        try (var siblings = Files.list(folder.getParent())) {
            for (var sibling : siblings.filter(path -> path.getFileName().toString().startsWith(start)).toList())
                try (var tree = Files.walk(sibling)) {
                    for (var path : tree.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
                }
        }
    }

    private void checkRoom() throws IOException {
        long room = Files.getFileStore(folder.getParent()).getUsableSpace();
        if (room < bytes() + (16 << 20))
            throw new ProblemException("The native libraries take " + megabytes(bytes()) + " and " + megabytes(room) + " are free",
                    folder.toString(), "Make room, or set another cache folder.");
    }

    private Part jniPart(String flavor) {
        var library = System.mapLibraryName("djl_torch");
        return part(jniJar, "jnilib/" + classifier + "/" + flavor + "/" + library, djlVersion + "-" + library);
    }

    private static Part part(Path jar, String end, String target) {
        try (var zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.stream().filter(e -> e.getName().endsWith(end)).findFirst()
                    .orElseThrow(() -> misfit(jar, "It has no " + end));
            return new Part(jar, entry.getName(), target, entry.getSize(), entry.getCrc());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties properties(Path jar, String entry) {
        try (var zip = new ZipFile(jar.toFile())) {
            if (zip.getEntry(entry) == null) throw misfit(jar, "It has no " + entry);
            var properties = new Properties();
            properties.load(zip.getInputStream(zip.getEntry(entry)));
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProblemException misfit(Path jar, String why) {
        return new ProblemException("The engine's libraries do not fit: " + why, jar.toString(), "Install the program anew.");
    }

    private static Path jarOf(String resource) {
        URL url = NativeLibraries.class.getClassLoader().getResource(resource);
        try {
            if (url != null && url.openConnection() instanceof JarURLConnection jar) return Path.of(jar.getJarFileURL().toURI());
        } catch (IOException | java.net.URISyntaxException e) {
            throw new ProblemException(new Problem("The engine's libraries cannot be read: " + e.getMessage(), url.toString(), ""), e);
        }
        throw new ProblemException("This build has no engine libraries for this machine (" + System.getProperty("os.name") + ", "
                + System.getProperty("os.arch") + ")", resource, "Install the program for this machine, or use a server elsewhere.");
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : -1;
        } catch (IOException e) {
            return -1; // not readable is not there: unpacking says why
        }
    }

    private static String megabytes(long bytes) {
        return bytes / 1_000_000 + " MB";
    }
}
