package pilothouse.kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import pilothouse.prompts.LabelName;
import pilothouse.prompts.LabelOutcome;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptStore;

/// A label is moved four times after each save.
final class LabelPhase extends SavePhase {
    private static final LabelName LABEL = new LabelName("production");
    private static final int MOVES = 4;

    @Override
    void after(PromptStore store, Path folder, Prompt prompt, int head, Random random) {
        for (int i = 0; i < MOVES; i++)
            if (store.labels().move(prompt.id(), LABEL, 1 + random.nextInt(head)) instanceof LabelOutcome.Moved(var move))
                System.out.println("label " + move.move() + " " + move.to());
    }

    @Override
    void check(PromptStore store, Path folder, Prompt prompt, String[] words, String when) {
        var moves = store.labels().history(prompt.id(), LABEL);
        assertThat(moves.get(moves.size() - Integer.parseInt(words[1])).to()).as(when).isEqualTo(Integer.parseInt(words[2]));
    }

    @Override
    void checkAll(PromptStore store, Path folder, Prompt prompt, String when) {
        var moves = store.labels().history(prompt.id(), LABEL);
        for (int i = 0; i < moves.size(); i++) assertThat(moves.get(i).move()).as(when).isEqualTo(moves.size() - i);
    }
}
