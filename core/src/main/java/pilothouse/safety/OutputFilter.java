package pilothouse.safety;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import pilothouse.messages.ToolCall;
import pilothouse.runtime.GenerationEvent;
import pilothouse.runtime.GenerationEvent.ReasoningDelta;
import pilothouse.runtime.GenerationEvent.TextDelta;
import pilothouse.runtime.GenerationEvent.ToolCalled;
import pilothouse.runtime.TokenLogprob;

/// Withholds secrets from one answer while it streams: no character is let go until no secret can
/// still begin before it and end after it. Answer, reasoning and the tokens of log-probabilities are
/// three texts, each watched across the borders of events; a tool call comes whole. Events keep
/// their order, those without a secret pass unchanged.
///
/// A delta whose end may begin a secret comes in two: first its safe part, with no tokens, then the
/// rest with the delta's tokens and log-probabilities. A delta that a mask touches loses its
/// log-probabilities.
///
/// For one generation and one thread.
public final class OutputFilter {
    private final SecretRule rule;
    private final MaskedStream answer;
    private final MaskedStream reasoning;
    private final MaskedStream tokens;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean headTouched; // a mask stands in what was let go of the first waiting delta
    private boolean headSplit;   // a part of it was let go
    private int withheldFromCalls;

    /// An event and where its texts end in the streams.
    private record Waiting(GenerationEvent event, long textEnd, long tokensEnd) {}

    public OutputFilter(SecretRule rule) {
        this.rule = rule;
        answer = new MaskedStream(rule);
        reasoning = new MaskedStream(rule);
        tokens = new MaskedStream(rule);
    }

    /// Takes the next event of the generation; returns what is safe to show now, in order.
    public List<GenerationEvent> release(GenerationEvent event) {
        waiting.add(switch (event) {
            case TextDelta delta -> new Waiting(delta, answer.accept(delta.text()), tokens.accept(chosen(delta)));
            case ReasoningDelta delta -> new Waiting(delta, reasoning.accept(delta.text()), 0);
            case ToolCalled called -> new Waiting(new ToolCalled(masked(called.call())), 0, 0);
            default -> new Waiting(event, 0, 0);
        });
        return ready();
    }

    /// What was still held back, once the generation is over.
    public List<GenerationEvent> drain() {
        answer.finish();
        reasoning.finish();
        tokens.finish();
        return ready();
    }

    /// How many places have been masked so far, log-probabilities not counted.
    public int withheld() {
        return answer.regions() + reasoning.regions() + withheldFromCalls;
    }

    private List<GenerationEvent> ready() {
        var safe = new ArrayList<GenerationEvent>();
        while (!waiting.isEmpty()) {
            var first = waiting.peek();
            boolean whole = switch (first.event) {
                case TextDelta delta -> text(delta, first, safe);
                case ReasoningDelta delta -> reasoning(delta, first, safe);
                default -> safe.add(first.event);
            };
            if (!whole) break;
            waiting.poll();
        }
        return safe;
    }

    private boolean text(TextDelta delta, Waiting at, List<GenerationEvent> safe) {
        long to = Math.min(at.textEnd, answer.settled());
        boolean whole = to == at.textEnd && tokens.settled() >= at.tokensEnd;
        var piece = answer.take(to);
        headTouched |= piece.touched();
        if (!whole) {
            if (!piece.text().isEmpty()) safe.add(new TextDelta(piece.text(), 0, List.of()));
            headSplit |= !piece.text().isEmpty();
            return false;
        }
        boolean clean = !tokens.take(at.tokensEnd).touched() && !headTouched;
        var probabilities = clean ? masked(delta.logprobs()) : List.<TokenLogprob>of();
        boolean unchanged = clean && !headSplit && probabilities.equals(delta.logprobs());
        safe.add(unchanged ? delta : new TextDelta(piece.text(), delta.tokens(), probabilities));
        headTouched = false;
        headSplit = false;
        return true;
    }

    private boolean reasoning(ReasoningDelta delta, Waiting at, List<GenerationEvent> safe) {
        boolean whole = reasoning.settled() >= at.textEnd;
        var piece = reasoning.take(Math.min(at.textEnd, reasoning.settled()));
        if (piece.text().equals(delta.text())) safe.add(delta);
        else if (!piece.text().isEmpty()) safe.add(new ReasoningDelta(piece.text()));
        return whole;
    }

    private static String chosen(TextDelta delta) {
        var text = new StringBuilder();
        delta.logprobs().forEach(token -> text.append(token.token()));
        return text.toString();
    }

    /// The alternatives are no text that goes on; each is looked at alone.
    private List<TokenLogprob> masked(List<TokenLogprob> probabilities) {
        return probabilities.stream().map(token -> new TokenLogprob(rule.mask(token.token()), token.logprob(),
                masked(token.top()))).toList();
    }

    private ToolCall masked(ToolCall call) {
        withheldFromCalls += rule.count(call.id()) + rule.count(call.name()) + rule.count(call.arguments());
        return new ToolCall(rule.mask(call.id()), rule.mask(call.name()), rule.mask(call.arguments()));
    }
}
