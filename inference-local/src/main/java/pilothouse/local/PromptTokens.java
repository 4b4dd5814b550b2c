package pilothouse.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import pilothouse.messages.MessageRole;
import pilothouse.tokens.Price;
import pilothouse.tokens.TokenCount;

/// How many tokens a rendered prompt has for its target, and where they are.
///
/// @param total    all that is sent, what the chat template adds included
/// @param messages tokens of what each message says; what the template adds is in none of them
/// @param context  the longest prompt and answer together; empty if not known
/// @param price    empty if the target has none
public record PromptTokens(TokenCount total, List<Part> messages, OptionalInt context, Optional<Price> price) {
    public static final PromptTokens NONE = new PromptTokens(TokenCount.exact(0), List.of(), OptionalInt.empty(), Optional.empty());

    /// What one message, or all of one role, says.
    public record Part(MessageRole role, int tokens) {}

    public PromptTokens {
        messages = List.copyOf(messages);
    }

    /// The same by role, in order of appearance.
    public List<Part> parts() {
        var byRole = new LinkedHashMap<MessageRole, Integer>();
        for (var message : messages) byRole.merge(message.role(), message.tokens(), Integer::sum);
        var parts = new ArrayList<Part>();
        byRole.forEach((role, tokens) -> parts.add(new Part(role, tokens)));
        return parts;
    }

    /// What the chat template adds; 0 where that is not known.
    public int frame() {
        int said = messages.stream().mapToInt(Part::tokens).sum();
        return total.estimated() ? 0 : Math.max(0, total.tokens() - said);
    }
}
