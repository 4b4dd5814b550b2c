package pilothouse.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import pilothouse.app.fx.Background;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// The FX thread is this one: it runs what comes to it when the test says so.
class AutoSaveTest {
    private final BlockingQueue<Runnable> coming = new LinkedBlockingQueue<>();
    private final Background background = new Background(coming::add);
    private final List<String> disk = new ArrayList<>(List.of("a"));
    private final List<Problem> told = new ArrayList<>();
    private String value = "a";
    private boolean full;
    private final AutoSave<String> save = new AutoSave<>(background, "a", () -> value, this::write, told::add);

    @AfterEach
    void close() {
        background.close();
    }

    @Test
    void givenNoStart_nothingIsWritten() {
        value = "b";
        save.look();
        save.end();
        assertThat(disk).containsExactly("a");
    }

    @Test
    void givenAChange_itIsWrittenOnceAndWithinSeconds() throws Exception {
        save.start();
        value = "b";
        turn(); // two seconds are over: it looks
        turn(); // the writing is over
        assertThat(disk).containsExactly("a", "b");
        save.look();
        save.end();
        assertThat(disk).containsExactly("a", "b");
    }

    @Test
    void givenAFullDisk_theProblemIsToldOnceAndTheNextWritingGoesThrough() throws Exception {
        save.start();
        full = true;
        value = "b";
        for (int i = 0; i < 2; i++) {
            save.look();
            turn();
        }
        assertThat(told).hasSize(1);
        full = false;
        save.end();
        assertThat(disk).containsExactly("a", "b");
    }

    private void turn() throws InterruptedException {
        var next = coming.poll(60, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        next.run();
    }

    private void write(String text) {
        if (full) throw new ProblemException("The disk is full", "drafts", "Make room");
        disk.add(text);
    }
}
