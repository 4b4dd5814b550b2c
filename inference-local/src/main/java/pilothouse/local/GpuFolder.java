package pilothouse.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import pilothouse.problems.ProblemException;

/// A user's own PyTorch with CUDA: `torch/lib` of the Python wheel, or `lib` of the libtorch archive.
///
/// @param folder     holds `libtorch`
/// @param flavor     such as `cu128`
/// @param searchPath it, and the CUDA folders that the Python wheel keeps in packages of their own
record GpuFolder(Path folder, String flavor, List<Path> searchPath) {
    private static final Pattern VERSION = Pattern.compile("(\\d+\\.\\d+\\.\\d+)\\+(cu\\d+)");
    private static final List<String> NEEDED = List.of("torch", "torch_cpu", "torch_cuda", "c10", "c10_cuda");

    /// What can be said without starting anything: the libraries are there, and of the right version.
    ///
    /// @param torchVersion the one that DJL was built for
    /// @throws ProblemException that says what is missing or wrong
    static GpuFolder check(Path folder, String torchVersion) {
        var wanted = "Install torch " + torchVersion + "+cu128 and choose its folder torch/lib, or leave the setting empty to use the processor.";
        if (!Files.isDirectory(folder)) throw new ProblemException("The GPU folder is not there", folder.toString(), wanted);
        for (var name : NEEDED)
            if (!Files.isRegularFile(folder.resolve(System.mapLibraryName(name))))
                throw new ProblemException("The GPU folder has no " + System.mapLibraryName(name), folder.toString(), wanted);
        var found = VERSION.matcher(version(folder));
        if (!found.find())
            throw new ProblemException("The GPU folder does not say which version of PyTorch it is, or that it is one for CUDA",
                    folder.toString(), wanted);
        if (!found.group(1).equals(torchVersion))
            throw new ProblemException("The GPU folder holds PyTorch " + found.group() + ", the engine needs " + torchVersion,
                    folder.toString(), wanted);
        return new GpuFolder(folder, found.group(2), searchPath(folder));
    }

    /// The wheel says it in `torch/version.py`, the archive in `build-version`; both lie beside `lib`.
    private static String version(Path folder) {
        var parent = folder.toAbsolutePath().normalize().getParent();
        for (var name : List.of("version.py", "build-version")) {
            var file = parent.resolve(name);
            try {
                if (Files.isRegularFile(file) && Files.size(file) < 1 << 16) return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return "";
    }

    private static List<Path> searchPath(Path folder) {
        var path = new ArrayList<>(List.of(folder));
        var nvidia = folder.toAbsolutePath().normalize().getParent().resolveSibling("nvidia");
        if (Files.isDirectory(nvidia))
            try (var packages = Files.list(nvidia)) {
                packages.sorted().flatMap(p -> List.of(p.resolve("lib"), p.resolve("bin")).stream()).filter(Files::isDirectory).forEach(path::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        return path;
    }
}
