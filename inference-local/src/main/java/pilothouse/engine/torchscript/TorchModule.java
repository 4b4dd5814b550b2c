package pilothouse.engine.torchscript;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/// A loaded [ScriptArchive] on the CPU. One thread at a time. Errors inside libtorch come as
/// [ai.djl.engine.EngineException]; the module stays usable. Every native handle of a call is closed when it returns.
public final class TorchModule implements AutoCloseable {
    private static final ThreadLocal<Boolean> ENTERED = ThreadLocal.withInitial(TorchModule::enter);

    private final PtNDManager manager;
    private final PtSymbolBlock block;

    private TorchModule(PtNDManager manager, PtSymbolBlock block) {
        this.manager = manager;
        this.block = block;
    }

    /// Compiles the archive's source; an unknown operator fails here.
    public static TorchModule load(ScriptArchive archive) {
        ENTERED.get();
        var manager = (PtNDManager) Engine.getEngine("PyTorch").newBaseManager(Device.cpu());
        try (var in = new ByteArrayInputStream(archive.bytes())) {
            return new TorchModule(manager, JniUtils.loadModule(manager, in, true, false));
        } catch (IOException e) {
            manager.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    /// Turns libtorch's graph optimiser off for this thread: it costs seconds at the first calls and gains nothing
    /// here. The switch is thread-local in libtorch too. The engine must be there before any other native call.
    private static Boolean enter() {
        Engine.getEngine("PyTorch");
        JniUtils.setGraphExecutorOptimize(false);
        return Boolean.TRUE;
    }

    /// Threads that one call may use inside libtorch; for the whole process.
    public static void useThreads(int threads) {
        ENTERED.get();
        JniUtils.setNumThreads(threads);
    }

    /// An argument made for one call.
    public sealed interface Argument {
        /// A view of memory outside of the heap, row-major in the machine's byte order; nothing is copied, so a
        /// method that keeps it must clone it.
        record Floats(ByteBuffer values, long... shape) implements Argument {}

        /// The same, unsigned bytes.
        record Bytes(ByteBuffer values, long... shape) implements Argument {}

        record Whole(long value) implements Argument {}

        record Wholes(long... values) implements Argument {}
    }

    /// Runs a method whose result is an int.
    public long runForLong(String method, Argument... arguments) {
        ENTERED.get();
        try (var frame = (PtNDManager) manager.newSubManager(); var result = call(frame, method, arguments)) {
            return result.toLong();
        }
    }

    /// Runs a method whose result is an fp32 tensor.
    ///
    /// @return its elements, row-major
    public float[] runForFloats(String method, Argument... arguments) {
        ENTERED.get();
        try (var frame = (PtNDManager) manager.newSubManager(); var result = call(frame, method, arguments)) {
            return result.toTensor(frame).toFloatArray();
        }
    }

    private IValue call(PtNDManager frame, String method, Argument... arguments) {
        var values = new IValue[arguments.length];
        try {
            for (int i = 0; i < arguments.length; i++) values[i] = value(frame, arguments[i]);
            return IValueUtils.runMethod(block, method, values);
        } finally {
            for (var value : values) if (value != null) value.close();
        }
    }

    private static IValue value(PtNDManager frame, Argument argument) {
        return switch (argument) {
            case Argument.Floats(var values, var shape) -> tensor(frame, values, shape, DataType.FLOAT32);
            case Argument.Bytes(var values, var shape) -> tensor(frame, values, shape, DataType.UINT8);
            case Argument.Whole(var value) -> IValue.from(value);
            case Argument.Wholes(var values) -> IValue.listFrom(values);
        };
    }

    private static IValue tensor(PtNDManager frame, ByteBuffer values, long[] shape, DataType type) {
        return IValue.from(frame.create(values, new Shape(shape), type));
    }

    @Override
    public void close() {
        block.close();
        manager.close();
    }
}
