package pilothouse.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FreezeWatchdogTest {
    private final LinkedBlockingQueue<FreezeWatchdog.Stall> stalls = new LinkedBlockingQueue<>();

    @Test
    void givenAThreadThatBlocks_theStallCarriesTheBlockingMethod() throws InterruptedException {
        var known = new CountDownLatch(1);
        try (var thread = Executors.newSingleThreadExecutor();
                var _ = new FreezeWatchdog(question -> thread.execute(() -> {
                    question.run();
                    known.countDown();
                }), Duration.ofMillis(50), Duration.ofMillis(200), stalls::add)) {
            known.await(); // a thread that never answered has no stack to take
            thread.execute(FreezeWatchdogTest::standStill);
            var stall = stalls.poll(60, TimeUnit.SECONDS);
            while (stall != null && !stall.frozen()) stall = stalls.poll(60, TimeUnit.SECONDS); // a loaded machine stumbles too
            assertThat(stall).isNotNull();
            assertThat(stall.stack()).contains("standStill");
            assertThat(stall.length()).isGreaterThan(Duration.ofMillis(200));
        }
    }

    private static void standStill() {
        try {
            new CountDownLatch(1).await(600, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
