package pilothouse.local;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Keeps every state it hears and lets a test wait for one.
final class States implements Consumer<EngineState> {
    final List<EngineState> heard = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final java.util.concurrent.locks.Condition more = lock.newCondition();

    @Override
    public void accept(EngineState state) {
        lock.lock();
        try {
            heard.add(state);
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until a state after the first `from` ones is as wanted.
    EngineState await(int from, Predicate<EngineState> wanted) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(60);
            while (true) {
                var found = heard.stream().skip(from).filter(wanted).findFirst();
                if (found.isPresent()) return found.get();
                if (left <= 0) throw new AssertionError("waited in vain; heard " + heard);
                left = more.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    static Predicate<EngineState> ready() {
        return EngineState.Ready.class::isInstance;
    }
}
