package pilothouse.runtime;

import java.util.Optional;
import java.util.OptionalInt;

/// How a request is to be served, beside how its tokens are chosen. What is absent is left to the server.
///
/// @param priority       lower ones are served earlier; interactive requests have none or 0, batches a positive one
/// @param sharesPrefixes may take and keep the beginning of the prompt in the server's cache; without it a repetition goes
///                       through the very same computation
/// @param form           that the answer must have
public record Service(OptionalInt priority, boolean sharesPrefixes, Optional<AnswerForm> form) {
    /// Everything left to the server.
    public static final Service DEFAULTS = new Service(OptionalInt.empty(), true, Optional.empty());

    public Service withForm(Optional<AnswerForm> other) {
        return new Service(priority, sharesPrefixes, other);
    }
}
