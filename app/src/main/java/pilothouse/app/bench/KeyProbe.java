package pilothouse.app.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import pilothouse.app.fx.Toolkit;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// Types into a node and looks when the frame with the letter is painted.
final class KeyProbe {
    static final int KEYS = 200;
    static final String PAINTED_P50 = "key to painted frame, p50";
    static final String PAINTED_P99 = "key to painted frame, p99";
    static final String WORK_P50 = "FX thread's work for it, p50";
    static final String WORK_P99 = "FX thread's work for it, p99";

    private static final int WARM_UP = 20;
    private static final int LEAST_PAUSE = 70;
    private static final int MOST_PAUSE = 130;
    private static final long PATIENCE_SECONDS = 20;
    private static final String TYPED = "the quick brown fox jumps over the lazy dog ";

    private KeyProbe() {}

    /// Milliseconds, a value a key.
    ///
    /// @param paint from the key's arrival, the wait for the FX thread included, until the frame is painted
    /// @param work  of it, what the FX thread worked: on the key, and in the pulse that made the frame
    record Times(double[] paint, double[] work) {
        double painted(double share) {
            return quantile(paint, share);
        }

        double work(double share) {
            return quantile(work, share);
        }

        private static double quantile(double[] values, double share) {
            var sorted = values.clone();
            Arrays.sort(sorted);
            return sorted[(int) Math.min(sorted.length - 1L, Math.round(Math.ceil(share * sorted.length)) - 1)];
        }
    }

    /// @param target gets the keys as if it had the focus
    static Times measure(BenchWindow window, Node target, int keys) throws InterruptedException {
        var random = new SplittableRandom(11);
        var times = new Times(new double[keys], new double[keys]);
        for (int i = -WARM_UP; i < keys; i++) {
            Thread.sleep(random.nextInt(LEAST_PAUSE, MOST_PAUSE)); // as a person types, and not in step with the frames
            var letter = TYPED.substring(Math.floorMod(i, TYPED.length())).substring(0, 1);
            var arrived = System.nanoTime();
            var handled = Toolkit.call(() -> handle(window, target, letter));
            var frame = await(handled.frame());
            if (i < 0) continue;
            times.paint[i] = (frame.at() - arrived) / 1e6;
            times.work[i] = (handled.nanos() + frame.work()) / 1e6;
        }
        return times;
    }

    private record Handled(long nanos, CompletableFuture<Frames.Painted> frame) {}

    private static Handled handle(BenchWindow window, Node target, String letter) {
        var began = System.nanoTime();
        var code = letter.isBlank() ? KeyCode.SPACE : KeyCode.getKeyCode(letter.toUpperCase(java.util.Locale.ROOT));
        Event.fireEvent(target, new KeyEvent(KeyEvent.KEY_PRESSED, KeyEvent.CHAR_UNDEFINED, letter, code, false, false, false, false));
        Event.fireEvent(target, new KeyEvent(KeyEvent.KEY_TYPED, letter, "", KeyCode.UNDEFINED, false, false, false, false));
        Event.fireEvent(target, new KeyEvent(KeyEvent.KEY_RELEASED, KeyEvent.CHAR_UNDEFINED, letter, code, false, false, false, false));
        return new Handled(System.nanoTime() - began, window.frames().next());
    }

    private static Frames.Painted await(CompletableFuture<Frames.Painted> frame) throws InterruptedException {
        try {
            return frame.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new ProblemException(new Problem("A key was typed and no frame was painted for " + PATIENCE_SECONDS + " s", "bench ui",
                    "Leave the bench's window visible and run it again."), e);
        }
    }
}
