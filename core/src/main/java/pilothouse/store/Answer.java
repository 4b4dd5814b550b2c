package pilothouse.store;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/// Waiting for another thread's result, which an interrupt does not cut short.
final class Answer {
    private static final Set<Thread> INTERRUPTED = ConcurrentHashMap.newKeySet(); // while they wait

    private Answer() {}

    /// The result of `work` on a thread of its own, where no interrupt of the caller reaches it.
    static <T> T elsewhere(Callable<T> work) {
        var answer = new CompletableFuture<T>();
        Thread.ofVirtual().name("store-reader").start(() -> {
            try {
                answer.complete(work.call());
            } catch (Throwable e) { // it is the caller's
                answer.completeExceptionally(e);
            }
        });
        return of(answer);
    }

    /// An interrupt that comes meanwhile is seen by [#isInterrupted] at once, and by the caller when it returns.
    static <T> T of(CompletableFuture<T> answer) {
        var caller = Thread.currentThread();
        try {
            while (true)
                try {
                    return answer.get();
                } catch (InterruptedException e) {
                    INTERRUPTED.add(caller);
                }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException known -> throw known;
                case Error error -> throw error;
                default -> throw new CompletionException(e.getCause());
            }
        } finally {
            if (INTERRUPTED.remove(caller)) caller.interrupt();
        }
    }

    /// Whether `caller` was interrupted, also while it waits here.
    static boolean isInterrupted(Thread caller) {
        return caller.isInterrupted() || INTERRUPTED.contains(caller);
    }
}
