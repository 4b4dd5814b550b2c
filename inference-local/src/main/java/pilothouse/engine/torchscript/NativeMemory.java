package pilothouse.engine.torchscript;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// The C library's memory, outside of the heap.
public final class NativeMemory {
    private static final Optional<MethodHandle> TRIM = find();

    private NativeMemory() {}

    @SuppressWarnings("restricted") // the program is started with native access
    private static Optional<MethodHandle> find() {
        var linker = Linker.nativeLinker();
        return linker.defaultLookup().find("malloc_trim").map(function -> linker.downcallHandle(function,
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG)));
    }

    /// Gives freed memory back to the system. glibc keeps freed blocks of up to 32 MB otherwise; other C libraries have
    /// no such call and need none.
    public static void trim() {
        TRIM.ifPresent(trim -> {
            try {
                int released = (int) trim.invokeExact(0L);
                assert released == 0 || released == 1;
            } catch (Throwable e) {
                throw new IllegalStateException("malloc_trim failed", e);
            }
        });
    }
}
