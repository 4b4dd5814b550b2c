package pilothouse.store;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Waiting for another thread's result, which an interrupt does not cut short.
final class Answer {
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

    static <T> T of(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException known -> throw known;
                case Error error -> throw error;
                default -> throw e;
            }
        }
    }
}
