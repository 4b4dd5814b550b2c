package pilothouse.app.bench;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import pilothouse.messages.Message;
import pilothouse.runtime.FinishReason;
import pilothouse.runtime.Generation;
import pilothouse.runtime.GenerationEvent;
import pilothouse.runtime.InferenceRuntime;
import pilothouse.runtime.Model;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Service;

/// A server that answers at an even speed and never ends by itself.
final class EndlessAnswer implements InferenceRuntime {
    private static final String[] WORDS = "the harbour was quiet and a small boat came in slowly while the keeper of the light watched\n".split("(?<=\\s)");

    private final long gapNanos;

    EndlessAnswer(int tokensPerSecond) {
        gapNanos = 1_000_000_000L / tokensPerSecond;
    }

    @Override
    public Generation generate(String model, List<Message> messages, Sampling sampling, Service service) {
        return new Answer();
    }

    private final class Answer implements Generation, Iterator<GenerationEvent> {
        private final long began = System.nanoTime();
        private int said;
        private boolean ended;

        @Override
        public Iterator<GenerationEvent> iterator() {
            return this;
        }

        @Override
        public boolean hasNext() {
            return !ended;
        }

        @Override
        public GenerationEvent next() {
            var due = began + said * gapNanos;
            while (System.nanoTime() < due && !Thread.currentThread().isInterrupted()) LockSupport.parkNanos(due - System.nanoTime());
            ended = Thread.currentThread().isInterrupted();
            return ended ? new GenerationEvent.Finished(FinishReason.CANCELLED) : new GenerationEvent.TextDelta(WORDS[said++ % WORDS.length]);
        }

        @Override
        public void close() {
            ended = true;
        }
    }

    @Override
    public List<Model> models() {
        return List.of();
    }

    @Override
    public List<Integer> tokenize(String model, String text) {
        return text.codePoints().boxed().toList();
    }

    @Override
    public List<Integer> tokenize(String model, List<Message> messages) {
        return messages.stream().flatMap(message -> message.text().codePoints().boxed()).toList();
    }

    @Override
    public void close() {
        // an answer ends with the interrupt of its reader
    }
}
