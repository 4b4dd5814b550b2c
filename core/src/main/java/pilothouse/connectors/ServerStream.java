package pilothouse.connectors;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.Response;
import pilothouse.problems.ProblemException;

/// The body of one answer as it comes. A virtual thread reads the socket, so that whoever waits here
/// can be interrupted and can give up in time, on any kind of thread and whatever the socket does.
/// Read by one thread; [#close] may come from any.
final class ServerStream implements AutoCloseable {
    private static final int CHUNKS_AHEAD = 64;
    private static final int CHUNK_BYTES = 8192;
    private static final int MAX_ERROR_BYTES = 64 << 10;

    private sealed interface Signal {
        record Chunk(byte[] bytes) implements Signal {}
        record Failed(ProblemException problem) implements Signal {}
        record Ended() implements Signal {}
    }

    private final BlockingQueue<Signal> signals = new ArrayBlockingQueue<>(CHUNKS_AHEAD);
    private final Call call;
    private final ServerProblems problems;
    private volatile boolean closed;
    private Optional<Signal> last = Optional.empty();

    ServerStream(Call call, ServerProblems problems) {
        this.call = call;
        this.problems = problems;
        Thread.ofVirtual().name("server-stream").start(this::read);
    }

    /// The next bytes, empty at the end and after [#close].
    ///
    /// @throws ProblemException if the server refused or the connection broke
    /// @throws TimeoutException if nothing came within `patience`
    byte[] next(Duration patience) throws InterruptedException, TimeoutException {
        if (Thread.interrupted()) throw new InterruptedException();
        var signal = last.isPresent() ? last.get() : signals.poll(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
        if (signal == null) throw new TimeoutException();
        if (signal instanceof Signal.Chunk(var bytes)) return bytes;
        last = Optional.of(signal);
        if (signal instanceof Signal.Failed(var problem)) throw problem;
        return new byte[0];
    }

    boolean isClosed() {
        return closed;
    }

    /// Closes the socket at once; whoever waits in [#next] gets the end.
    @Override
    public void close() {
        closed = true;
        call.cancel();
        signals.clear();
        signals.offer(new Signal.Ended());
    }

    private void read() {
        try (Response response = call.execute()) {
            var body = response.body().byteStream();
            if (!response.isSuccessful()) {
                put(new Signal.Failed(problems.refused(response.code(),
                        new String(body.readNBytes(MAX_ERROR_BYTES), StandardCharsets.UTF_8),
                        response.header("Location", ""), response.header("Retry-After", ""))));
                return;
            }
            var buffer = new byte[CHUNK_BYTES];
            for (int count = body.read(buffer); count >= 0 && !closed; count = body.read(buffer))
                put(new Signal.Chunk(Arrays.copyOf(buffer, count)));
            put(new Signal.Ended());
        } catch (IOException e) {
            put(new Signal.Failed(problems.broken(e)));
        } catch (RuntimeException e) {
            put(new Signal.Failed(problems.broken(new IOException(e.toString(), e)))); // never leave the waiting thread alone
        }
    }

    /// Waits for room, but not for a reader that has gone.
    private void put(Signal signal) {
        try {
            while (!closed && !signals.offer(signal, 50, TimeUnit.MILLISECONDS)) continue;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }
}
