package pilothouse.kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.Draft;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptIntegrity;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptStore;
import pilothouse.prompts.PromptVersion;
import pilothouse.prompts.SaveOutcome;

/// Versions of one prompt are saved, and what a derived phase does after each.
class SavePhase implements Phase {
    static final PromptName NAME = new PromptName("kill/test");

    @Override
    public void work(Path folder, Random random, int rounds) throws Exception {
        try (var store = PromptStore.open(folder)) {
            var prompt = store.prompts().find(NAME).orElseGet(() -> store.prompts().create(NAME));
            int head = head(store, prompt);
            for (int round = 0; round < rounds; round++) {
                head = save(store, prompt, head, random);
                after(store, folder, prompt, head, random);
            }
        }
    }

    /// What happens after each save.
    void after(PromptStore store, Path folder, Prompt prompt, int head, Random random) throws Exception {}

    private static int save(PromptStore store, Prompt prompt, int head, Random random) {
        var text = "Version after " + head + "\n" + "é👋 text ".repeat(20 + random.nextInt(400));
        var draft = new Draft(prompt.id(), BranchName.MAIN, head, text, List.of(), "m", PromptStore.ADA);
        var saved = ((SaveOutcome.Saved) store.prompts().save(draft)).version();
        System.out.println("saved " + saved.number() + " " + saved.hash());
        return saved.number();
    }

    private static int head(PromptStore store, Prompt prompt) {
        return store.prompts().head(prompt.id(), BranchName.MAIN).map(PromptVersion::number).orElse(0);
    }

    @Override
    public long check(Path folder, List<String> acknowledged, String when, boolean whole) throws Exception {
        long start = System.nanoTime();
        try (var store = PromptStore.open(folder)) {
            var found = store.prompts().find(NAME);
            long open = System.nanoTime() - start;
            assertThat(store.store().problems()).as(when).isEmpty();
            if (found.isEmpty()) {
                assertThat(acknowledged).as(when).isEmpty();
                return open;
            }
            var prompt = found.get();
            assertThat(store.store().<List<?>>read(SavePhase::damages)).as(when).isEmpty();
            assertThat(store.prompts().log(prompt.id())).as(when).hasSize(head(store, prompt));
            for (var line : acknowledged) {
                var words = line.split(" ");
                if (words[0].equals("saved"))
                    assertThat(store.prompts().version(prompt.id(), Integer.parseInt(words[1]))).as("%s: %s", when, line)
                            .hasValueSatisfying(version -> assertThat(version.hash().hex()).isEqualTo(words[2]));
                else check(store, folder, prompt, words, when + ": " + line);
            }
            checkAll(store, folder, prompt, when);
            if (whole) assertThat(store.check().run()).as(when).isEmpty();
            return open;
        }
    }

    /// A line that a derived phase printed.
    void check(PromptStore store, Path folder, Prompt prompt, String[] words, String when) throws Exception {}

    /// What must be so whatever was acknowledged.
    void checkAll(PromptStore store, Path folder, Prompt prompt, String when) throws Exception {}

    private static List<?> damages(pilothouse.store.Transaction tx) {
        try {
            return new PromptIntegrity().damages(tx);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
