package pilothouse.runs;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import pilothouse.messages.Message;
import pilothouse.runtime.FinishReason;
import pilothouse.runtime.Generation;
import pilothouse.runtime.GenerationEvent;
import pilothouse.runtime.InferenceRuntime;
import pilothouse.runtime.Model;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Service;

/// A runtime that says what a test wrote down, in the order it wrote: orders that no server here can
/// be brought to. A step may wait, fail or move a clock before its event.
final class ScriptedRuntime implements InferenceRuntime {
    /// Gives the next event, or throws.
    interface Step {
        GenerationEvent next() throws InterruptedException;
    }

    /// Waits until the reader is interrupted.
    static final Step FOREVER = () -> {
        new CountDownLatch(1).await();
        throw new IllegalStateException("nothing ends this wait but an interrupt");
    };

    private final Step[] steps;
    volatile Sampling sampling = Sampling.DEFAULTS;
    volatile Service service = Service.DEFAULTS;
    volatile List<Message> messages = List.of();
    volatile boolean closed;

    ScriptedRuntime(Step... steps) {
        this.steps = steps;
    }

    static Step[] events(GenerationEvent... events) {
        return Arrays.stream(events).map(event -> (Step) () -> event).toArray(Step[]::new);
    }

    @Override
    public Generation generate(String model, List<Message> sent, Sampling with, Service how) {
        service = how;
        messages = sent;
        sampling = with;
        var events = new Iterator<GenerationEvent>() {
            private int at;
            private Optional<GenerationEvent> end = Optional.empty();

            @Override
            public boolean hasNext() {
                return end.isEmpty() && at < steps.length;
            }

            @Override
            public GenerationEvent next() {
                if (!hasNext()) throw new NoSuchElementException();
                try {
                    return steps[at++].next();
                } catch (InterruptedException e) {
                    end = Optional.of(new GenerationEvent.Finished(FinishReason.CANCELLED));
                    return end.get();
                }
            }
        };
        return new Generation() {
            @Override
            public Iterator<GenerationEvent> iterator() {
                return events;
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }

    @Override
    public List<Model> models() {
        return List.of(new Model("m", 100, "", 0));
    }

    @Override
    public List<Integer> tokenize(String model, String text) {
        return text.codePoints().boxed().toList();
    }

    @Override
    public List<Integer> tokenize(String model, List<Message> conversation) {
        return conversation.stream().flatMap(message -> message.text().codePoints().boxed()).toList();
    }

    @Override
    public void close() {
        closed = true;
    }
}
