package pilothouse.modelfiles;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// How much memory this machine can still give.
public final class FreeMemory {
    private static final Path MEMINFO = Path.of("/proc/meminfo");

    private FreeMemory() {}

    /// Bytes: what Linux calls available (free, or given back by caches on demand), elsewhere what is free.
    public static long available() {
        try {
            if (Files.isReadable(MEMINFO)) return ofMeminfo(Files.readString(MEMINFO));
        } catch (IOException _) {
            return free(); // no such view on this system: the next best one
        }
        return free();
    }

    private static long ofMeminfo(String text) {
        return text.lines().filter(line -> line.startsWith("MemAvailable:")).findFirst()
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024).orElseGet(FreeMemory::free);
    }

    private static long free() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getFreeMemorySize();
    }
}
