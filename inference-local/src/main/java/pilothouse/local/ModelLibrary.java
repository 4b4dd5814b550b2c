package pilothouse.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import pilothouse.modelfiles.GgufFile;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// The model files at hand: the one that comes with the program, and those in the workspace's
/// `models` folder. Reads the folders at every call, so files may come and go. Safe for use from any thread.
public final class ModelLibrary {
    /// The name of the model inside the program.
    public static final String EMBEDDED = "smollm2-135m";

    private static final String EMBEDDED_FILE = "inference-local/models/SmolLM2-135M-Instruct.Q4_1.gguf";
    private static final String ENDING = ".gguf";
    private static final int STEP = 4 << 20;

    /// How an added file comes into the workspace.
    public enum Keep {
        /// the workspace has a copy of its own
        COPY,
        /// a symbolic link: the file must stay where it is
        LINK
    }

    private final Path home;
    private final Path folder;

    /// @param home   the program's root, property `pilothouse.home`
    /// @param folder the workspace's `models`; need not exist
    public ModelLibrary(Path home, Path folder) {
        this.home = home;
        this.folder = folder;
    }

    /// All of them, the embedded one first, the others by name. Names are unique: where two files
    /// would have the same, the later in the order of file names gets `-2` and so on.
    public List<ModelFile> list() {
        var models = new ArrayList<ModelFile>();
        var embedded = home.resolve(EMBEDDED_FILE);
        if (Files.isRegularFile(embedded)) models.add(new ModelFile(EMBEDDED, embedded, size(embedded), true));
        var taken = new HashSet<>(Set.of(EMBEDDED));
        for (var file : files()) models.add(new ModelFile(free(nameOf(file), taken), file, size(file), false));
        return models;
    }

    /// The model of that name.
    ///
    /// @throws ProblemException if there is none
    public ModelFile find(String name) {
        return list().stream().filter(model -> model.name().equals(name)).findFirst()
                .orElseThrow(() -> new ProblemException("There is no local model named \"" + name + "\"", folder.toString(),
                        "Known: " + String.join(", ", list().stream().map(ModelFile::name).toList()) + ". Add a GGUF file to have more."));
    }

    /// Checks a GGUF file and adds it. An interrupt stops copying and leaves nothing behind.
    ///
    /// @throws ProblemException if it is no sound GGUF file, is there already, or cannot be copied or linked
    public ModelFile add(Path source, Keep keep, NativeLibraries.Progress progress) throws InterruptedException {
        var file = source.toAbsolutePath().normalize();
        if (!Files.isRegularFile(file)) throw new ProblemException("There is no such file", file.toString(), "Choose a GGUF file.");
        try (var gguf = GgufFile.open(file)) {
            gguf.architecture(); // opening has checked the rest of the header
        }
        var name = file.getFileName().toString();
        var target = folder.resolve(name.toLowerCase(Locale.ROOT).endsWith(ENDING) ? name : name + ENDING);
        try {
            Files.createDirectories(folder);
            if (Files.exists(target)) throw new FileAlreadyExistsException(target.toString());
            if (keep == Keep.LINK) Files.createSymbolicLink(target, file);
            else copy(file, target, progress);
        } catch (FileAlreadyExistsException e) {
            throw new ProblemException(new Problem("A model file of this name is there already", target.toString(),
                    "Rename one of them."), e);
        } catch (ClosedByInterruptException e) {
            Thread.interrupted(); // it goes on as the exception
            throw new InterruptedException();
        } catch (IOException | UnsupportedOperationException e) {
            throw new ProblemException(new Problem("The model file cannot be " + (keep == Keep.LINK ? "linked" : "copied") + ": "
                    + e.getMessage(), target.toString(), keep == Keep.LINK ? "Copy it instead." : "Make room, or link it instead."), e);
        }
        return list().stream().filter(model -> model.path().equals(target)).findFirst().orElseThrow();
    }

    private static void copy(Path file, Path target, NativeLibraries.Progress progress) throws IOException, InterruptedException {
        var partial = Files.createTempFile(target.getParent(), "adding", ".partial");
        try {
            long total = Files.size(file);
            try (var in = FileChannel.open(file); var out = FileChannel.open(partial, StandardOpenOption.WRITE)) {
                var buffer = ByteBuffer.allocateDirect(STEP);
                for (long done = 0; in.read(buffer) >= 0; progress.at(done, total)) {
                    if (Thread.interrupted()) throw new InterruptedException();
                    buffer.flip();
                    while (buffer.hasRemaining()) done += out.write(buffer);
                    buffer.clear();
                }
                out.force(true);
            }
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) return List.of();
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ENDING))
                    .filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new ProblemException(new Problem("The folder of models cannot be read: " + e.getMessage(), folder.toString(), ""), e);
        }
    }

    /// Lower case, only letters, digits, dot, hyphen and underscore, so that it is easily typed.
    static String nameOf(Path file) {
        var name = file.getFileName().toString();
        var stem = name.substring(0, name.length() - ENDING.length()).toLowerCase(Locale.ROOT);
        var plain = stem.replaceAll("[^\\p{L}\\p{N}._-]+", "-").replaceAll("^-+|-+$", "");
        return plain.isEmpty() ? "model" : plain;
    }

    private static String free(String name, Set<String> taken) {
        var candidate = name;
        for (int i = 2; !taken.add(candidate); i++) candidate = name + "-" + i;
        return candidate;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new ProblemException(new Problem("The model file cannot be read: " + e.getMessage(), file.toString(), ""), e);
        }
    }
}
