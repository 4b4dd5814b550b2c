package pilothouse.runtime;

import java.util.List;
import pilothouse.messages.ToolCall;

/// What a [Generation] reports, in order: any number of texts, then usage if known, then one
/// [Finished] as the last.
public sealed interface GenerationEvent {
    /// A piece of the answer; whole code points, possibly several tokens.
    ///
    /// @param tokens how many tokens it stands for; 1 if the server does not say
    record TextDelta(String text, int tokens, List<TokenLogprob> logprobs) implements GenerationEvent {
        public TextDelta {
            logprobs = List.copyOf(logprobs);
        }

        public TextDelta(String text) {
            this(text, 1, List.of());
        }
    }

    /// A piece of the model's reasoning, not part of the answer.
    record ReasoningDelta(String text) implements GenerationEvent {}

    /// A tool call, whole.
    record ToolCalled(ToolCall call) implements GenerationEvent {}

    record UsageReported(Usage usage) implements GenerationEvent {}

    record Finished(FinishReason reason) implements GenerationEvent {}
}
