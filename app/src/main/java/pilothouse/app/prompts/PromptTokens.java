package pilothouse.app.prompts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import pilothouse.local.ModelEncoders;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.problems.ProblemException;
import pilothouse.runtime.Target;
import pilothouse.tokens.Specials;
import pilothouse.tokens.TokenCount;

/// How many tokens the rendered prompt has for its target, and where they are.
///
/// @param total   all that is sent, what the chat template adds included
/// @param parts   tokens of what is said, by role in order of appearance; what the template adds is in none of them
/// @param context the longest prompt and answer together; empty if not known
record PromptTokens(TokenCount total, List<Part> parts, OptionalInt context) {
    static final PromptTokens NONE = new PromptTokens(TokenCount.exact(0), List.of(), OptionalInt.empty());

    record Part(MessageRole role, int tokens) {}

    PromptTokens {
        parts = List.copyOf(parts);
    }

    /// Exact where the target's model file is at hand, else an estimate.
    static PromptTokens of(List<Message> messages, Target target, ModelEncoders encoders) {
        if (messages.isEmpty()) return NONE;
        return target.isLocal() ? exact(messages, target.model(), encoders) : estimated(messages);
    }

    private static PromptTokens exact(List<Message> messages, String model, ModelEncoders encoders) {
        try {
            var encoder = encoders.of(model);
            var byRole = new LinkedHashMap<MessageRole, Integer>();
            for (var message : messages)
                byRole.merge(message.role(), encoder.tokenizer().count(message.text(), Specials.AS_TEXT), Integer::sum);
            return new PromptTokens(TokenCount.exact(encoder.encode(messages, true).length), parts(byRole), OptionalInt.of(encoder.trainedContext()));
        } catch (ProblemException _) { // no such file or no chat template: the run will say so, the length can still be guessed
            return estimated(messages);
        }
    }

    private static PromptTokens estimated(List<Message> messages) {
        var byRole = new LinkedHashMap<MessageRole, Integer>();
        for (var message : messages) byRole.merge(message.role(), TokenCount.estimate(message.text()).tokens(), Integer::sum);
        var all = messages.stream().map(Message::text).collect(Collectors.joining("\n"));
        return new PromptTokens(TokenCount.estimate(all), parts(byRole), OptionalInt.empty());
    }

    private static List<Part> parts(Map<MessageRole, Integer> byRole) {
        var parts = new ArrayList<Part>();
        byRole.forEach((role, tokens) -> parts.add(new Part(role, tokens)));
        return parts;
    }
}
