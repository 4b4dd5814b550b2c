package pilothouse.cli.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// The machine that a figure was measured on.
///
/// @param processor   its name, as the system gives it
/// @param cores       logical processors of this process
/// @param memoryBytes physical memory
/// @param system      operating system and architecture
/// @param java        version of the running JVM
public record Machine(String processor, int cores, long memoryBytes, String system, String java) {
    /// Above this many runnable processes (one-minute average) other work disturbs a measurement.
    public static final double QUIET = 0.5;

    public static Machine here() {
        return new Machine(processorName(), Runtime.getRuntime().availableProcessors(), memory(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch"),
                Runtime.version().toString());
    }

    /// Runnable processes, averaged over the last minute; negative where the system does not tell.
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize() : 0;
    }

    private static String processorName() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("unknown");
        } catch (IOException _) {
            var windows = System.getenv("PROCESSOR_IDENTIFIER");
            return windows == null ? "unknown" : windows;
        }
    }
}
