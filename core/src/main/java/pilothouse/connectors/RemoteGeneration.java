package pilothouse.connectors;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;
import pilothouse.runtime.Generation;
import pilothouse.runtime.GenerationEvent;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// One streamed answer of an OpenAI-shaped server. Read by one thread; [#close] may come from any
/// and makes the reader's next event the end. An interrupt of the reader is used up by the end it brings.
final class RemoteGeneration implements Generation, Iterator<GenerationEvent> {
    /// What the body turns out to be, by its first character: servers do not always say it right.
    private enum Shape { UNKNOWN, EVENTS, WHOLE }

    private static final int MAX_WHOLE = ServerSentEvents.MAX_BYTES;
    /// How long usage may take once the server has said that the answer is complete.
    private static final Duration FOR_USAGE = Duration.ofSeconds(2);

    private final ServerStream stream;
    private final ServerProblems problems;
    private final Limits limits;
    private final ChatAnswer answer = new ChatAnswer();
    private final ServerSentEvents events = new ServerSentEvents(this::event);
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final Deque<GenerationEvent> ready = new ArrayDeque<>();
    private final long begun = System.nanoTime();
    private long lastPiece = begun;
    private boolean anyPiece;
    private Shape shape = Shape.UNKNOWN;
    private boolean over;
    private Optional<ProblemException> failure = Optional.empty();

    RemoteGeneration(ServerStream stream, ServerProblems problems, Limits limits) {
        this.stream = stream;
        this.problems = problems;
        this.limits = limits;
    }

    @Override
    public Iterator<GenerationEvent> iterator() {
        return this;
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && !over) read();
        if (ready.isEmpty() && failure.isPresent()) throw failure.get(); // only after every token that came before it
        return !ready.isEmpty();
    }

    @Override
    public GenerationEvent next() {
        if (!hasNext()) throw new NoSuchElementException();
        return ready.removeFirst();
    }

    @Override
    public void close() {
        stream.close();
    }

    private void read() {
        try {
            var bytes = stream.next(patience());
            if (stream.isClosed()) end(answer.cancel());
            else if (bytes.length == 0) endOfStream();
            else take(bytes);
        } catch (InterruptedException e) {
            end(answer.cancel());
        } catch (TimeoutException e) {
            if (answer.isEnded()) end(answer.finish());
            else fail(late());
        } catch (ProblemException e) {
            if (stream.isClosed()) end(answer.cancel());
            else if (answer.isEnded()) end(answer.finish()); // the answer was complete, only its tail is lost
            else fail(e);
        }
    }

    private Duration patience() {
        var limit = answer.isEnded() ? FOR_USAGE : anyPiece ? limits.betweenTokens() : limits.firstToken();
        long now = System.nanoTime();
        return Duration.ofNanos(Math.min(limit.toNanos() - (now - lastPiece), limits.whole().toNanos() - (now - begun)));
    }

    private ProblemException late() {
        if (System.nanoTime() - begun >= limits.whole().toNanos()) return problems.tooSlow("complete answer", limits.whole());
        return anyPiece ? problems.tooSlow("further token", limits.betweenTokens())
                : problems.tooSlow("first token", limits.firstToken());
    }

    private void take(byte[] bytes) {
        if (shape == Shape.EVENTS) {
            events.accept(bytes, 0, bytes.length);
            return;
        }
        head.writeBytes(bytes);
        if (head.size() > MAX_WHOLE) throw problems.strange("more than " + (MAX_WHOLE >> 20) + " MB in one piece");
        if (shape == Shape.UNKNOWN) shape = shape(head.toString(StandardCharsets.ISO_8859_1).strip());
        if (shape == Shape.EVENTS) events.accept(head.toByteArray(), 0, head.size());
    }

    private static Shape shape(String start) {
        if (start.isEmpty()) return Shape.UNKNOWN;
        return start.charAt(0) == '{' || start.charAt(0) == '<' ? Shape.WHOLE : Shape.EVENTS;
    }

    private void endOfStream() {
        if (shape == Shape.WHOLE) whole(head.toString(StandardCharsets.UTF_8));
        else events.finish();
        if (over) return;
        if (!answer.isEnded()) throw problems.endedEarly();
        end(answer.finish());
    }

    /// A server that answers at once instead of streaming, or says that it failed with status 200.
    private void whole(String body) {
        try {
            chunk(Json.parse(body));
        } catch (JacksonException e) {
            throw new ProblemException(problems.strange(body).problem(), e);
        }
        if (!answer.isEnded()) throw problems.strange(body);
    }

    private void event(ServerSentEvents.Event event) {
        if (over) return; // whatever follows [DONE] belongs to no answer
        var data = event.data().strip();
        if (data.equals("[DONE]")) {
            if (!answer.isEnded() && !anyPiece) throw problems.endedEarly();
            end(answer.finish());
            return;
        }
        if (data.isEmpty()) return;
        try {
            var node = Json.parse(data);
            if (event.type().equals("error") && !node.has("error")) throw problems.midStream(node);
            chunk(node);
        } catch (JacksonException e) {
            throw new ProblemException(problems.strange(data).problem(), e);
        }
    }

    private void chunk(JsonNode node) {
        if (node.hasNonNull("error")) throw problems.midStream(node);
        if (node.path("choices").path(0).path("finish_reason").asString("").equals("error")) throw problems.midStream(node);
        var found = answer.accept(node);
        ready.addAll(found);
        if (found.isEmpty() && !node.path("choices").path(0).path("delta").has("tool_calls") && !answer.isEnded()) return;
        anyPiece = true;
        lastPiece = System.nanoTime();
    }

    private void end(List<GenerationEvent> last) {
        over = true;
        ready.addAll(last);
        stream.close();
    }

    private void fail(ProblemException problem) {
        over = true;
        failure = Optional.of(problem);
        stream.close();
    }
}
