package pilothouse.app.prompts;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import pilothouse.messages.Message;
import pilothouse.runtime.FinishReason;
import pilothouse.runtime.Generation;
import pilothouse.runtime.GenerationEvent;
import pilothouse.runtime.GenerationEvent.Finished;
import pilothouse.runtime.GenerationEvent.TextDelta;
import pilothouse.runtime.InferenceRuntime;
import pilothouse.runtime.Model;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Service;

/// A server that gives several answers at once, each saying what a test puts into it.
final class ManyAnswers implements InferenceRuntime {
    /// In the order in which they were asked for.
    final List<Answer> answers = new CopyOnWriteArrayList<>();

    @Override
    public Generation generate(String model, List<Message> messages, Sampling with, Service service) {
        var answer = new Answer(model, messages, with);
        answers.add(answer);
        return answer;
    }

    /// How many are asked for and not over.
    long open() {
        return answers.stream().filter(it -> !it.closed).count();
    }

    /// The one whose messages have this text.
    Answer to(String text) {
        return answers.stream().filter(it -> it.sent.getLast().text().contains(text)).findFirst().orElseThrow();
    }

    boolean isAsked(String text) {
        return answers.stream().anyMatch(it -> it.sent.getLast().text().contains(text));
    }

    static final class Answer implements Generation, Iterator<GenerationEvent> {
        final String model;
        final List<Message> sent;
        final Sampling sampling;
        private final BlockingQueue<GenerationEvent> script = new LinkedBlockingQueue<>();
        private final ArrayDeque<Finished> end = new ArrayDeque<>();
        private volatile boolean closed;

        private Answer(String model, List<Message> sent, Sampling sampling) {
            this.model = model;
            this.sent = sent;
            this.sampling = sampling;
        }

        void say(String text) {
            for (var word : text.split("(?<= )")) script.add(new TextDelta(word));
        }

        void finish() {
            script.add(new Finished(FinishReason.STOP));
        }

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
                if (event instanceof Finished finished) end.add(finished);
                return event;
            } catch (InterruptedException _) {
                end.add(new Finished(FinishReason.CANCELLED));
                return end.getFirst();
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Override
    public List<Model> models() {
        return List.of(new Model("m", 4096, "", 0), new Model("other", 4096, "", 0));
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
    public void close() {}
}
