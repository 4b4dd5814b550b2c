package pilothouse.local;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import pilothouse.connectors.Server;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.secrets.Secret;

/// Starts the engine's process when it is first needed, watches it, and starts it again after a
/// crash, with the models it had. Too many crashes in a row and it stays down, saying why, until
/// [#restart]. Safe for use from any thread; one thread of its own watches.
public final class EngineProcess implements AutoCloseable {
    /// Makes ready what the process needs, such as the native libraries, and says how to start it.
    public interface Preparation {
        EngineCommand prepare(NativeLibraries.Progress unpacking) throws InterruptedException;
    }

    /// One life of the process that answers.
    record Life(EngineChild child, Server server, EngineControl control, Set<String> loaded) {}

    /// Ends what [#listen] began.
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    private final Preparation preparation;
    private final Supplier<Secret> tokens;
    private final Patience patience;
    private final List<Consumer<EngineState>> listeners = new CopyOnWriteArrayList<>();
    /// Held while preparing and while loading: one at a time.
    private final ReentrantLock preparing = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // guarded by lock
    private final Map<String, ModelLoad> wanted = new LinkedHashMap<>();
    private Optional<Life> life = Optional.empty();
    private Optional<Thread> watcher = Optional.empty();
    private Optional<Problem> gaveUp = Optional.empty();
    private EngineState state = new EngineState.Stopped();
    private boolean closed;

    /// @param tokens a new secret for each life of the process, which requests must carry
    public EngineProcess(Preparation preparation, Supplier<Secret> tokens, Patience patience) {
        this.preparation = preparation;
        this.tokens = tokens;
        this.patience = patience;
    }

    /// `heard` gets every change of state from now on, on the thread that made it; it must not block.
    public Subscription listen(Consumer<EngineState> heard) {
        listeners.add(heard);
        return () -> listeners.remove(heard);
    }

    public EngineState state() {
        return locked(() -> state);
    }

    /// The control of the process if it runs now; does not start it.
    public Optional<EngineControl> control() {
        return locked(() -> life.map(Life::control));
    }

    /// Where the process listens now, and with which key; empty if it does not run.
    public Optional<Server> server() {
        return locked(() -> life.map(Life::server));
    }

    /// Sees to it that the process runs and has the model, and remembers the model for its next lives.
    /// Blocks; an interrupt stops waiting, unpacking and loading.
    ///
    /// @throws ProblemException if the process cannot be started or the model cannot be loaded
    public void load(ModelLoad load) throws InterruptedException {
        ready(load);
    }

    /// Frees the model's memory; nothing happens if it is not loaded.
    public void unload(String model) throws InterruptedException {
        var now = locked(() -> {
            wanted.remove(model);
            return life;
        });
        if (now.isPresent() && now.get().loaded().remove(model)) now.get().control().unload(model);
    }

    /// Starts it afresh: after a change of settings, or when it had given up.
    public void restart() {
        Optional<Thread> old = locked(() -> {
            gaveUp = Optional.empty();
            return watcher;
        });
        stop(old);
        if (old.isEmpty()) announce(new EngineState.Stopped()); // else its watcher says so
    }

    /// Ends the process; nothing starts it again.
    @Override
    public void close() {
        stop(locked(() -> {
            closed = true;
            changed.signalAll();
            return watcher;
        }));
    }

    /// As [#load], with the life that has the model.
    Life ready(ModelLoad load) throws InterruptedException {
        var now = running();
        if (now.loaded().contains(load.model())) return now;
        preparing.lockInterruptibly();
        try {
            if (now.loaded().contains(load.model())) return now;
            loadInto(now, load);
            locked(() -> wanted.put(load.model(), load));
            return now;
        } catch (ProblemException e) {
            throw explained(now, "while loading " + load.model(), e);
        } finally {
            preparing.unlock();
            if (isRunning(now)) announce(new EngineState.Ready(now.child().pid()));
        }
    }

    /// The failure in the light of what became of the process.
    ///
    /// @param when such as `in the middle of the answer`
    ProblemException explained(Life broken, String when, ProblemException failure) throws InterruptedException {
        boolean gone = !broken.child().isAlive()
                || !broken.control().isHealthy() && broken.child().awaitEnd(Duration.ofSeconds(2));
        if (!gone) return failure;
        return new ProblemException(new Problem("The local engine stopped " + when + ": " + broken.child().obituary(), "local engine",
                "It is being started again: try once more."), failure);
    }

    private Life running() throws InterruptedException {
        while (true) {
            preparing.lockInterruptibly();
            try {
                if (locked(() -> watcher.isEmpty())) start();
            } finally {
                preparing.unlock();
            }
            lock.lockInterruptibly();
            try {
                while (!isAlive() && watcher.isPresent() && !closed) changed.await();
                if (isAlive() && !closed) return life.orElseThrow();
            } finally {
                lock.unlock();
            }
        } // it was stopped to be started afresh, or for good: start says which
    }

    private void start() throws InterruptedException {
        Optional<Problem> reason = locked(() -> closed ? Optional.of(new Problem("The program is ending", "local engine", "")) : gaveUp);
        if (reason.isPresent()) throw new ProblemException(reason.get());
        try {
            var command = preparation.prepare((done, total) -> announce(new EngineState.Unpacking(done, total)));
            announce(new EngineState.Starting());
            locked(() -> watcher = closed ? watcher : Optional.of(Thread.ofPlatform().daemon().name("engine-watch")
                    .start(() -> watch(command))));
        } catch (ProblemException e) {
            announce(new EngineState.Failed(e.problem()));
            throw e;
        } catch (InterruptedException e) {
            announce(new EngineState.Stopped());
            throw e;
        }
    }

    private void watch(EngineCommand command) {
        EngineState last = new EngineState.Stopped();
        try {
            var crashes = new ArrayDeque<Long>();
            while (true) {
                var why = live(command);
                var attempt = count(crashes);
                if (attempt >= patience.crashes()) {
                    var problem = new Problem("The local engine stopped " + attempt + " times within "
                            + patience.window().toSeconds() + " s. The last time: " + why, "local engine",
                            "Start the engine again from its settings; if it stays so, send the support bundle.");
                    last = new EngineState.Failed(problem);
                    return;
                }
                var pause = patience.before(attempt);
                announce(new EngineState.Restarting(attempt, pause, why));
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            return; // restart or close: whoever asked goes on
        } catch (ProblemException e) {
            last = new EngineState.Failed(e.problem());
        } finally {
            var end = last;
            announce(end); // before those who wait go on
            locked(() -> {
                watcher = Optional.empty();
                if (end instanceof EngineState.Failed(var problem)) gaveUp = Optional.of(problem);
                changed.signalAll();
                return end;
            });
        }
    }

    private int count(Deque<Long> crashes) {
        long now = System.nanoTime();
        crashes.addLast(now);
        while (now - crashes.getFirst() > patience.window().toNanos()) crashes.removeFirst();
        return crashes.size();
    }

    /// One life from start to end; says how it ended. An interrupt ends it.
    private String live(EngineCommand command) throws InterruptedException {
        var child = EngineChild.start(command, tokens.get());
        try {
            long deadline = System.nanoTime() + patience.start().toNanos();
            var server = child.awaitServer(patience.start());
            if (server.isEmpty()) return failedStart(child);
            try (var control = new EngineControl(server.get(), patience.silence())) {
                while (!control.isHealthy())
                    if (child.awaitEnd(Duration.ofMillis(50)) || System.nanoTime() > deadline) return failedStart(child);
                var born = new Life(child, server.get(), control, ConcurrentHashMap.newKeySet());
                if (!reload(born)) return "while loading its models: " + child.obituary();
                announce(new EngineState.Ready(child.pid()));
                present(Optional.of(born));
                guard(child, control);
                return child.obituary();
            }
        } finally {
            present(Optional.empty());
            child.end(patience.end());
        }
    }

    private static String failedStart(EngineChild child) throws InterruptedException {
        child.awaitEnd(Duration.ofSeconds(1)); // its output ends a moment before it does
        return "it did not start: " + child.obituary();
    }

    /// Loads what its predecessor had. A model that is refused now is left out: the next request for
    /// it says why. False if the process died of it.
    private boolean reload(Life born) throws InterruptedException {
        for (var load : locked(() -> List.copyOf(wanted.values())))
            try {
                loadInto(born, load);
            } catch (ProblemException e) {
                if (!born.control().isHealthy()) {
                    born.child().awaitEnd(Duration.ofSeconds(1));
                    return false;
                }
                locked(() -> wanted.remove(load.model()));
            }
        return true;
    }

    /// Returns when the process has ended or answers no more; then it is killed.
    private void guard(EngineChild child, EngineControl control) throws InterruptedException {
        long heard = System.nanoTime();
        while (!child.awaitEnd(patience.healthEvery())) {
            if (control.isHealthy()) heard = System.nanoTime();
            else if (System.nanoTime() - heard > patience.silence().toNanos()) {
                child.kill();
                child.awaitEnd(patience.end());
                return;
            }
        }
    }

    private void loadInto(Life now, ModelLoad load) throws InterruptedException {
        announce(new EngineState.Loading(load.model(), 0, "opening"));
        now.control().load(load, step -> announce(new EngineState.Loading(load.model(), step.progress(), step.step())));
        now.loaded().add(load.model());
    }

    /// Under the lock. A life may be over before the watcher has seen it.
    private boolean isAlive() {
        return life.isPresent() && life.get().child().isAlive();
    }

    private boolean isRunning(Life asked) {
        return locked(() -> life.filter(now -> now == asked).isPresent());
    }

    private void present(Optional<Life> now) {
        locked(() -> {
            life = now;
            changed.signalAll();
            return now;
        });
    }

    private void announce(EngineState now) {
        locked(() -> state = now);
        listeners.forEach(listener -> listener.accept(now));
    }

    private void stop(Optional<Thread> thread) {
        thread.ifPresent(Thread::interrupt);
        try {
            if (thread.isPresent()) thread.get().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the process ends all the same
        }
    }

    private interface Guarded<T> {
        T get();
    }

    private <T> T locked(Guarded<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
