package pilothouse.prompts;

import java.time.Instant;
import pilothouse.access.MemberId;

/// A named piece of work with a history of [PromptVersion]s.
///
/// @param archived hidden from lists; nothing of it is lost
public record Prompt(PromptId id, PromptName name, MemberId createdBy, Instant createdAt, boolean archived) {}
