package pilothouse.kills;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptStore;
import pilothouse.store.Compaction;
import pilothouse.store.H2Store;
import pilothouse.store.Progress;

/// The store is made compact after each save.
final class CompactionPhase extends SavePhase {
    @Override
    void after(PromptStore store, Path folder, Prompt prompt, int head, Random random) {
        new Compaction((H2Store) store.store(), InstantSource.system()).run(Progress.NONE);
    }
}
