package pilothouse.app.prompts;

import java.util.function.Consumer;
import pilothouse.prompts.PromptSelection;

/// Something that can be done with a prompt or a folder as a whole, in its menu.
///
/// @param folders whether with a folder, too
public record TreeAction(String text, boolean folders, Consumer<PromptSelection> action) {}
