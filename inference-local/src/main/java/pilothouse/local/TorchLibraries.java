package pilothouse.local;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// PyTorch's native libraries in a folder, ready to be loaded by the engine's process.
///
/// @param folder      holds `libtorch` and its kin
/// @param version     such as `2.7.1`
/// @param flavor      `cpu`, or `cu128` for NVIDIA cards
/// @param searchPath  further folders that the system's loader must look into
/// @param djlCache    where DJL finds its own library, if that is not in `folder`
/// @param bytes       what they take on disk
public record TorchLibraries(Path folder, String version, String flavor, List<Path> searchPath, Optional<Path> djlCache, long bytes) {
    public TorchLibraries {
        searchPath = List.copyOf(searchPath);
    }

    /// The variables that the engine's process must be started with: DJL and the system's loader
    /// read them before anything of ours runs.
    ///
    /// @param inherited the variables it would get anyway
    Map<String, String> environment(Map<String, String> inherited) {
        var variables = new HashMap<String, String>();
        variables.put("PYTORCH_LIBRARY_PATH", folder.toString());
        variables.put("PYTORCH_VERSION", version);
        variables.put("PYTORCH_FLAVOR", flavor);
        djlCache.ifPresent(cache -> variables.put("DJL_CACHE_DIR", cache.toString()));
        if (!searchPath.isEmpty()) {
            var name = File.separatorChar == '\\' ? "PATH" : "LD_LIBRARY_PATH";
            var folders = new ArrayList<>(searchPath.stream().map(Path::toString).toList());
            if (!inherited.getOrDefault(name, "").isEmpty()) folders.add(inherited.get(name));
            variables.put(name, folders.stream().collect(Collectors.joining(File.pathSeparator)));
        }
        return variables;
    }
}
