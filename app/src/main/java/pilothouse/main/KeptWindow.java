package pilothouse.main;

import java.util.Optional;
import pilothouse.app.prompts.OpenDraft;
import pilothouse.app.shell.WindowState;
import pilothouse.workspace.SwapFiles;

/// What the last window of a workspace left: its place, and the drafts that were open in it.
///
/// @param state empty at the first start
record KeptWindow(WindowFile file, Optional<WindowState> state, SwapFiles<OpenDraft> swap, SwapFiles.Left<OpenDraft> drafts) {
    /// Reads it, and opens the files that every page needs. Blocks.
    static KeptWindow load(Pilothouse program) {
        program.runs();
        program.feed();
        var file = new WindowFile(program.workspace());
        var swap = new SwapFiles<>(program.drafts(), OpenDraft.class);
        return new KeptWindow(file, file.load(), swap, swap.load());
    }
}
