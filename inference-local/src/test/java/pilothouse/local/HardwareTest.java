package pilothouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardwareTest {
    @TempDir
    Path root;

    @Test
    void givenThisMachine_theFiguresArePlausible() {
        var hardware = Hardware.ofThisMachine();
        assertThat(hardware.cores()).isPositive();
        assertThat(hardware.physicalCores()).isBetween(1, hardware.cores());
        assertThat(hardware.availableBytes()).isBetween(1L << 20, hardware.memoryBytes());
        assertThat(hardware.engineThreads()).isBetween(1, hardware.cores());
    }

    @Test
    void givenFilesOfLinux_processorUnitsAndCardsAreRead() throws Exception {
        Files.createDirectories(root.resolve("proc/driver/nvidia/gpus/0000:01:00.0"));
        Files.writeString(root.resolve("proc/driver/nvidia/gpus/0000:01:00.0/information"), "Model: \t\t NVIDIA H100 80GB HBM3\nIRQ: 1\n");
        Files.writeString(root.resolve("proc/meminfo"), "MemTotal: 100 kB\nMemAvailable:   50 kB\n");
        Files.writeString(root.resolve("proc/cpuinfo"), """
                processor\t: 0
                model name\t: AMD EPYC 7713
                physical id\t: 0
                core id\t\t: 0
                flags\t\t: fpu sse avx2 avx512f avx512_bf16

                processor\t: 1
                model name\t: AMD EPYC 7713
                physical id\t: 0
                core id\t\t: 0
                flags\t\t: fpu sse avx2 avx512f avx512_bf16
                """);
        var hardware = Hardware.of(root);
        assertThat(hardware.processor()).isEqualTo("AMD EPYC 7713");
        assertThat(hardware.physicalCores()).isEqualTo(1);
        assertThat(hardware.vectorUnits()).isEqualTo(Set.of("avx2", "avx512f", "avx512_bf16"));
        assertThat(hardware.availableBytes()).isEqualTo(50 << 10);
        assertThat(hardware.gpus()).isEqualTo(List.of("NVIDIA H100 80GB HBM3"));
    }

    @Test
    void givenASystemThatSaysNothing_nothingIsInvented() {
        var hardware = Hardware.of(root);
        assertThat(hardware.vectorUnits()).isEmpty();
        assertThat(hardware.physicalCores()).isEqualTo(hardware.cores());
    }

    @Test
    void givenCores_oneIsLeftToOthersUnlessThereAreOnlyTwo() {
        assertThat(machine(1, 1).engineThreads()).isEqualTo(1);
        assertThat(machine(2, 1).engineThreads()).isEqualTo(2);
        assertThat(machine(4, 2).engineThreads()).isEqualTo(2);
        assertThat(machine(16, 8).engineThreads()).isEqualTo(7);
    }

    private static Hardware machine(int cores, int physical) {
        return new Hardware("", cores, physical, Set.of(), 1, 1, List.of());
    }
}
