package pilothouse.app.prompts;

import java.util.Optional;
import pilothouse.prompts.PromptId;

/// One open tab and its text: what must not be lost when the program ends without warning.
///
/// @param prompt  what it is a draft of; empty if it was never saved
/// @param title   what its tab says
/// @param basedOn the version it grew from; 0 if from none
public record OpenDraft(Optional<PromptId> prompt, String title, int basedOn, String text) {}
