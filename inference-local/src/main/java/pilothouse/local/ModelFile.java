package pilothouse.local;

import java.nio.file.Path;

/// A model file that the engine can load.
///
/// @param name     as in a target: `local/NAME`
/// @param bytes    of the file
/// @param embedded whether it came with the program
public record ModelFile(String name, Path path, long bytes, boolean embedded) {}
