package pilothouse.prompts;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/// Saves versions and moves a label, for ever or as many as it is told, and prints each acknowledgement.
final class SavingChild {
    private SavingChild() {}

    public static void main(String[] arguments) {
        var random = new Random(Long.parseLong(arguments[1]));
        try (var store = PromptStore.open(Path.of(arguments[0]))) {
            var name = new PromptName("kill/test");
            var prompt = store.prompts().find(name).orElseGet(() -> store.prompts().create(name));
            int head = store.prompts().head(prompt.id(), BranchName.MAIN).map(PromptVersion::number).orElse(0);
            int last = arguments.length > 2 ? head + Integer.parseInt(arguments[2]) : Integer.MAX_VALUE;
            while (head < last) {
                var text = "Version after " + head + "\n" + "é👋 text ".repeat(20 + random.nextInt(400));
                var draft = new Draft(prompt.id(), BranchName.MAIN, head, text, List.of(), "m", PromptStore.ADA);
                var saved = ((SaveOutcome.Saved) store.prompts().save(draft)).version();
                head = saved.number();
                System.out.println("saved " + head + " " + saved.hash());
                if (random.nextInt(3) == 0 && store.labels().move(prompt.id(), new LabelName("production"),
                        1 + random.nextInt(head)) instanceof LabelOutcome.Moved(var move))
                    System.out.println("label " + move.move() + " " + move.to());
            }
        }
    }
}
