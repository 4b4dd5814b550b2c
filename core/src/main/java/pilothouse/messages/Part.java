package pilothouse.messages;

import java.util.Map;

/// A piece of a [Message]: text, an image or another medium, or a place that is filled in later.
public sealed interface Part {
    record Text(String text) implements Part {}

    /// @param url         where it is: `https:` or `data:`
    /// @param contentType media type such as `image/png`; empty when not stated
    record Media(String url, String contentType) implements Part {}

    /// A part that only marks a place, such as Dotprompt's `{{section "name"}}`.
    record Pending(Map<String, Object> metadata) implements Part {
        public Pending {
            metadata = Map.copyOf(metadata);
        }
    }
}
