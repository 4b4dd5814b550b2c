package pilothouse.local;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What this machine offers the engine, found without starting anything: files of the system only.
///
/// @param processor       its name; empty if not known
/// @param cores           logical ones that this process may use
/// @param physicalCores   as far as known, else `cores`
/// @param vectorUnits     of [#VECTOR_UNITS], those the processor has; empty where the system does not say
/// @param memoryBytes     in all, or the container's limit
/// @param availableBytes  that could be had now without swapping
/// @param gpus            names of NVIDIA cards whose driver is loaded
public record Hardware(String processor, int cores, int physicalCores, Set<String> vectorUnits, long memoryBytes,
        long availableBytes, List<String> gpus) {
    /// The units that decide which kernels are fast, in the names of Linux.
    public static final List<String> VECTOR_UNITS = List.of("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_tile", "asimd", "sve", "bf16");

    public Hardware {
        vectorUnits = Set.copyOf(vectorUnits);
        gpus = List.copyOf(gpus);
    }

    public static Hardware ofThisMachine() {
        return of(Path.of("/"));
    }

    /// Threads to give to the engine: one physical core is left to everything else, but never one of two.
    public int engineThreads() {
        return physicalCores <= 2 ? Math.min(cores, 2) : physicalCores - 1;
    }

    static Hardware of(Path root) {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        int cores = Runtime.getRuntime().availableProcessors();
        var cpu = read(root.resolve("proc/cpuinfo"));
        var available = first("MemAvailable:\\s+(\\d+) kB", read(root.resolve("proc/meminfo"))).map(kb -> Long.parseLong(kb) << 10);
        long free = Math.min(available.orElse(system.getFreeMemorySize()), system.getTotalMemorySize());
        var name = first("(?m)^model name\\s*:\\s*(.+)$", cpu)
                .orElse(Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")).orElse("")); // Windows says it there
        return new Hardware(name, cores, physicalCores(cpu).filter(n -> n <= cores).orElse(cores), vectorUnits(cpu),
                system.getTotalMemorySize(), free, gpus(root));
    }

    private static Optional<Integer> physicalCores(String cpu) {
        var seen = new HashSet<String>();
        for (var block : cpu.split("\n\n"))
            first("(?m)^core id\\s*:\\s*(\\d+)$", block)
                    .ifPresent(core -> seen.add(first("(?m)^physical id\\s*:\\s*(\\d+)$", block).orElse("0") + "/" + core));
        return seen.isEmpty() ? Optional.empty() : Optional.of(seen.size());
    }

    private static Set<String> vectorUnits(String cpu) {
        var units = new TreeSet<>(List.of(first("(?m)^(?:flags|Features)\\s*:\\s*(.+)$", cpu).orElse("").split(" ")));
        units.retainAll(VECTOR_UNITS);
        return units;
    }

    /// Linux: the driver lists its cards. Elsewhere only whether the driver is there.
    private static List<String> gpus(Path root) {
        var cards = root.resolve("proc/driver/nvidia/gpus");
        if (Files.isDirectory(cards))
            try (var list = Files.list(cards)) {
                return list.sorted().map(card -> first("(?m)^Model:\\s*(.+)$", read(card.resolve("information"))).orElse("NVIDIA GPU")).toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        var windows = Optional.ofNullable(System.getenv("SystemRoot"));
        return windows.isPresent() && Files.exists(Path.of(windows.get(), "System32", "nvcuda.dll")) ? List.of("NVIDIA GPU") : List.of();
    }

    private static Optional<String> first(String pattern, String text) {
        var found = Pattern.compile(pattern).matcher(text);
        return found.find() ? Optional.of(found.group(1).strip()) : Optional.empty();
    }

    private static String read(Path file) {
        try {
            return Files.isReadable(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            return ""; // a system that hides it: the record then says what is not known
        }
    }
}
