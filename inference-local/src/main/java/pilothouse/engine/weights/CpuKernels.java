package pilothouse.engine.weights;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import pilothouse.engine.torchscript.ScriptArchive;
import pilothouse.engine.torchscript.TorchModule;
import pilothouse.engine.torchscript.TorchModule.Argument;

/// Which kernels this machine's libtorch runs, and runs fast. Depends on the machine alone, never on a timing, so that
/// a model computes the same here every time.
///
/// @param half the fp16 kernel is there (libtorch has it on x86 only)
/// @param int4 the int4 kernel uses vector instructions: x86 with AVX2, not in libtorch's build for Windows
public record CpuKernels(boolean half, boolean int4) {
    private static final class Found {
        static final CpuKernels HERE = ask();
    }

    /// Asks libtorch and the machine, once.
    public static CpuKernels detect() {
        return Found.HERE;
    }

    private static CpuKernels ask() {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        boolean x86 = List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
        return new CpuKernels(runsHalf(), x86 && !system.startsWith("windows") && hasFlag("avx2"));
    }

    /// The kernel for 16-bit weights.
    public Kernel sixteenBits() {
        return half ? Kernel.HALF : Kernel.FLOAT;
    }

    private static boolean runsHalf() {
        var script = new ScriptArchive(Kernel.HALF.attributes("m"), Kernel.HALF.putMethod("m") + """
                  def run(self, x: Tensor) -> Tensor:
                    return %s
                """.formatted(Kernel.HALF.product("x", "m", "0")));
        var ones = ByteBuffer.allocateDirect(32 * 32 * Float.BYTES).order(ByteOrder.nativeOrder());
        while (ones.hasRemaining()) ones.putFloat(1);
        ones.flip();
        try (var module = TorchModule.load(script)) {
            module.runForLong(Kernel.HALF.putName("m"), new Argument.Floats(ones, 32, 32));
            return module.runForFloats("run", new Argument.Floats(ones, 32, 32))[0] == 32;
        } catch (EngineException _) {
            return false; // the answer to the question: this build does not have it
        }
    }

    /// True also where the system does not list its flags: every x86 machine of the last ten years has AVX2.
    private static boolean hasFlag(String flag) {
        var list = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(list)) return true;
        try (var lines = Files.lines(list)) {
            return lines.anyMatch(line -> line.startsWith("flags") && (line + " ").contains(" " + flag + " "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
