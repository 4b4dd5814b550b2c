package pilothouse.local;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import pilothouse.messages.Message;
import pilothouse.problems.ProblemException;
import pilothouse.runtime.Target;
import pilothouse.tokens.OpenAiTokens;
import pilothouse.tokens.Specials;
import pilothouse.tokens.TokenPiece;

/// A conversation as its target reads it, token by token.
///
/// @param estimated whether what the server adds around the messages is not known: then only what they say is here
public record SentText(String text, List<TokenPiece> pieces, boolean estimated) {
    public SentText {
        pieces = List.copyOf(pieces);
    }

    /// Empty if the target's tokens cannot be known here.
    public static Optional<SentText> of(List<Message> messages, Target target, ModelEncoders encoders) {
        return target.isLocal() ? local(messages, target.model(), encoders) : OpenAiTokens.of(target.model()).map(tokens -> openAi(messages, tokens));
    }

    private static Optional<SentText> local(List<Message> messages, String model, ModelEncoders encoders) {
        try {
            var encoder = encoders.of(model);
            var tokenizer = encoder.tokenizer();
            var written = encoder.chatText(messages, true);
            return Optional.of(new SentText(written.text(), TokenPiece.of(written.text(), written.encode(tokenizer), tokenizer::bytes,
                    id -> tokenizer.decode(new int[] {id}, Specials.AS_TEXT)), false));
        } catch (ProblemException _) { // no such file or no chat template: the run says so
            return Optional.empty();
        }
    }

    private static SentText openAi(List<Message> messages, OpenAiTokens tokens) {
        var text = messages.stream().map(Message::text).collect(Collectors.joining("\n\n"));
        return new SentText(text, TokenPiece.of(text, tokens.encode(text), tokens::bytes, _ -> ""), true);
    }
}
