package pilothouse.runs;

import java.util.List;
import java.util.Optional;
import pilothouse.messages.ToolCall;
import pilothouse.runtime.FinishReason;
import pilothouse.runtime.TokenLogprob;

/// What came back, secrets masked.
///
/// @param text      as far as it came, if the run failed or was cancelled
/// @param logprobs  those of the answer's tokens, if they were asked for; a masked piece has none
/// @param finish    why it ended; empty if it failed before it said so
/// @param withheld  how many secrets were masked in it
public record Answer(String text, String reasoning, List<ToolCall> toolCalls, List<TokenLogprob> logprobs,
        Optional<FinishReason> finish, int withheld) {
    public Answer {
        toolCalls = List.copyOf(toolCalls);
        logprobs = List.copyOf(logprobs);
    }
}
