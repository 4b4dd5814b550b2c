package pilothouse.app.prompts;

import java.util.Optional;
import java.util.OptionalInt;
import pilothouse.app.editor.UndoHistory;
import pilothouse.prompts.PromptId;

/// One open tab and its text: what must not be lost when the program ends without warning.
///
/// @param prompt  what it is a draft of; empty if it was never saved
/// @param title   what its tab says
/// @param basedOn the version it grew from; 0 if from none
/// @param caret   UTF-16 units before the caret; empty if it was kept by a program that did not know
/// @param undo    what can be undone in it; empty as well
public record OpenDraft(Optional<PromptId> prompt, String title, int basedOn, String text, OptionalInt caret, Optional<UndoHistory> undo) {}
