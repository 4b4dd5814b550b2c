package pilothouse.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import pilothouse.engine.torchscript.NativeMemory;

/// What this process takes, from Linux's own books.
final class ResidentMemory {
    private static final Path STATUS = Path.of("/proc/self/status");

    private ResidentMemory() {}

    static boolean isKnown() {
        return Files.isReadable(STATUS);
    }

    /// Anonymous pages (no mapped files) in bytes, after giving back what is free.
    static long bytes() {
        System.gc();
        NativeMemory.trim();
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("RssAnon:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
