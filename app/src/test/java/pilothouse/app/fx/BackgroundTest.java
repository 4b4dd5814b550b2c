package pilothouse.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

class BackgroundTest {
    private final TestThread fx = new TestThread();
    private final Background background = new Background(fx);
    private final List<Object> heard = new ArrayList<>();

    @AfterEach
    void close() {
        background.close();
    }

    @Test
    void givenWorkThatSucceeds_onlyDoneIsCalledOnceOnTheFxThread() {
        var job = background.run(() -> Thread.currentThread().isVirtual(), heard::add, heard::add);
        assertThat(job.running().get()).isTrue();
        fx.drainUntil(() -> !job.running().get());
        assertThat(heard).containsExactly(true);
    }

    @Test
    void givenWorkThatFails_itsProblemIsHeard() {
        var problem = new Problem("The disk is full", "runs.mv.db", "Free some space");
        var job = background.run(() -> {
            throw new ProblemException(problem);
        }, heard::add, heard::add);
        fx.drainUntil(() -> !job.running().get());
        assertThat(heard).containsExactly(problem);
    }

    @Test
    void givenAnErrorInTheWork_itIsHeardAsAProblem() {
        var job = background.run(() -> {
            throw new StackOverflowError();
        }, heard::add, heard::add);
        fx.drainUntil(() -> !job.running().get());
        assertThat(heard).singleElement().isInstanceOf(Problem.class);
    }

    @Test
    void givenCancelAfterTheWorkEndedButBeforeItsOutcomeWasDelivered_neitherIsHeard() throws InterruptedException {
        var worked = new CountDownLatch(1);
        var job = background.run(() -> {
            worked.countDown();
            return 1;
        }, heard::add, heard::add);
        worked.await();
        while (fx.waiting() == 0) Thread.onSpinWait(); // the outcome is in the queue, undelivered
        job.cancel();
        fx.drain();
        assertThat(heard).isEmpty();
        assertThat(job.cancelled()).isTrue();
    }

    @Test
    void givenCancelWhileWorking_theWorkIsInterruptedAndNothingHeard() throws InterruptedException {
        var started = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        var job = background.run(() -> {
            started.countDown();
            try {
                return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        }, heard::add, heard::add);
        started.await();
        job.cancel();
        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        fx.drain();
        assertThat(heard).isEmpty();
        assertThat(job.running().get()).isFalse();
    }

    @Test
    void givenCancelAfterDelivery_itChangesNothing() {
        var job = background.run(() -> "kept", heard::add, heard::add);
        fx.drainUntil(() -> !job.running().get());
        job.cancel();
        assertThat(job.cancelled()).isFalse();
        assertThat(heard).containsExactly("kept");
    }

    @Test
    void givenTitledWork_itIsListedWithItsProgressUntilItEnds() {
        var go = new CountDownLatch(1);
        var job = background.run("Reading runs", progress -> {
            progress.report(0.25, "10 of 40");
            go.await();
            return "read";
        }, heard::add, heard::add);
        assertThat(background.jobs()).containsExactly(job);
        fx.drainUntil(() -> job.progress().get() == 0.25);
        assertThat(job.message().get()).isEqualTo("10 of 40");
        go.countDown();
        fx.drainUntil(() -> !heard.isEmpty());
        assertThat(background.jobs()).isEmpty();
    }

    @Test
    void givenADelay_theActionRunsOnTheFxThreadUnlessCancelled() {
        var never = background.after(Duration.ofMillis(5), () -> heard.add("cancelled"));
        never.cancel();
        background.after(Duration.ofMillis(10), () -> heard.add("ran"));
        fx.drainUntil(() -> !heard.isEmpty());
        assertThat(heard).containsExactly("ran");
    }

    @Test
    void givenAClosedBackground_newWorkIsCancelledAtOnce() {
        background.close();
        var job = background.run("Late", _ -> 1, heard::add, heard::add);
        assertThat(job.cancelled()).isTrue();
        assertThat(background.jobs()).isEmpty();
    }

    @Test
    void givenComputingWork_itRunsOnAPlatformThread() {
        var job = background.compute(() -> Thread.currentThread().isVirtual(), heard::add, heard::add);
        fx.drainUntil(() -> !job.running().get());
        assertThat(heard).containsExactly(false);
    }
}
