package pilothouse.app.prompts;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import pilothouse.messages.Message;
import pilothouse.problems.ProblemException;
import pilothouse.runtime.FinishReason;
import pilothouse.runtime.Generation;
import pilothouse.runtime.GenerationEvent;
import pilothouse.runtime.GenerationEvent.Finished;
import pilothouse.runtime.GenerationEvent.TextDelta;
import pilothouse.runtime.InferenceRuntime;
import pilothouse.runtime.Model;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Service;

/// A server that says what a test puts in, when it does. After [#fail] it breaks.
final class ScriptedAnswers implements InferenceRuntime {
    private static final TextDelta BROKEN = new TextDelta("", 0, List.of());

    private final BlockingQueue<GenerationEvent> script = new LinkedBlockingQueue<>();
    volatile List<Message> sent = List.of();
    volatile Sampling sampling = Sampling.DEFAULTS;

    void say(String... pieces) {
        for (var piece : pieces) script.add(new TextDelta(piece));
    }

    void say(TextDelta piece) {
        script.add(piece);
    }

    void finish() {
        script.add(new Finished(FinishReason.STOP));
    }

    void fail() {
        script.add(BROKEN);
    }

    @Override
    public Generation generate(String model, List<Message> messages, Sampling with, Service service) {
        sent = messages;
        sampling = with;
        return new Answer();
    }

    private final class Answer implements Generation, Iterator<GenerationEvent> {
        private final ArrayDeque<Finished> end = new ArrayDeque<>();

        @Override
        public Iterator<GenerationEvent> iterator() {
            return this;
        }

        @Override
        public boolean hasNext() {
            return end.isEmpty();
        }

        @Override
        public GenerationEvent next() {
            try {
                var event = script.take();
                if (event == BROKEN) throw new ProblemException("script closed the connection", "script", "Run again");
                if (event instanceof Finished finished) end.add(finished);
                return event;
            } catch (InterruptedException _) {
                end.add(new Finished(FinishReason.CANCELLED));
                return end.getFirst();
            }
        }

        @Override
        public void close() {
            script.clear();
        }
    }

    @Override
    public List<Model> models() {
        return List.of(new Model("m", 4096, "", 0));
    }

    @Override
    public List<Integer> tokenize(String model, String text) {
        return text.codePoints().boxed().toList();
    }

    @Override
    public List<Integer> tokenize(String model, List<Message> messages) {
        return messages.stream().flatMap(it -> it.text().codePoints().boxed()).toList();
    }

    @Override
    public void close() {
        script.clear();
    }
}
