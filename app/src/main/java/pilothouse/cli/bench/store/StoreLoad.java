package pilothouse.cli.bench.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.Draft;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptId;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptVersion;

/// Fills a store with versions of 1 KB, through its own tables and journal, many in one transaction. A tenth of
/// them, at most 10,000, belongs to one prompt; the others are spread evenly.
final class StoreLoad {
    private static final int AT_ONCE = 500;
    private static final int LONGEST = 10_000;
    private static final int FOLDER = 50;

    private final StoreText text;
    private final StoreSizes sizes;
    private final List<PromptId> prompts = new ArrayList<>();
    private final Map<PromptId, Integer> heads = new java.util.HashMap<>();
    private int loaded;

    /// Told how many versions there are.
    interface Told {
        void loaded(int versions);
    }

    StoreLoad(StoreText text, StoreSizes sizes) {
        this.text = text;
        this.sizes = sizes;
    }

    /// The prompts; the first has the longest history.
    List<PromptId> prompts() {
        return prompts;
    }

    /// The number of a prompt's newest version.
    int head(PromptId prompt) {
        return heads.get(prompt);
    }

    void saved(PromptId prompt) {
        heads.merge(prompt, 1, Integer::sum);
    }

    /// How many versions there are.
    int loaded() {
        return loaded;
    }

    /// Goes on with what an earlier bench left in the store.
    void takeUp(MeasuredStore store) {
        store.prompts().list().stream().sorted(Comparator.comparingInt(StoreLoad::number)).map(Prompt::id).forEach(prompt -> {
            int head = store.prompts().head(prompt, BranchName.MAIN).map(PromptVersion::number).orElse(0);
            prompts.add(prompt);
            heads.put(prompt, head);
            loaded += head;
        });
    }

    private static int number(Prompt prompt) {
        var name = prompt.name().toString();
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    /// Adds versions until there are `versions`.
    void fill(MeasuredStore store, int versions, Told told) {
        int most = sizes.prompts(versions);
        while (prompts.size() < most) create(store, most);
        int longest = Math.min(LONGEST, versions / 10);
        while (loaded < versions) {
            var batch = new ArrayList<List<Draft>>();
            int more = Math.min(AT_ONCE, versions - loaded);
            var first = prompts.getFirst();
            if (heads.get(first) < longest) batch.add(history(first, Math.min(more, longest - heads.get(first))));
            else spread(batch, more, versions);
            store.histories().save(batch);
            batch.forEach(history -> loaded += history.size());
            told.loaded(loaded);
        }
    }

    /// To the prompts with the fewest versions first, in their order.
    private void spread(List<List<Draft>> batch, int most, int versions) {
        int others = Math.max(1, prompts.size() - 1);
        int each = Math.max(1, versions / others);
        int left = most;
        for (int i = prompts.size() > 1 ? 1 : 0; i < prompts.size() && left > 0; i++) {
            int more = Math.min(left, each - heads.get(prompts.get(i)));
            if (more <= 0) continue;
            batch.add(history(prompts.get(i), more));
            left -= more;
        }
        if (batch.isEmpty()) batch.add(history(prompts.getLast(), most));
    }

    private List<Draft> history(PromptId prompt, int versions) {
        int head = heads.get(prompt);
        heads.put(prompt, head + versions);
        return IntStream.range(head, head + versions).mapToObj(basedOn -> draft(prompt, basedOn)).toList();
    }

    Draft draft(PromptId prompt, int basedOn) {
        return new Draft(prompt, BranchName.MAIN, basedOn, text.document(), List.of(), text.word() + " " + text.word(), MeasuredStore.AUTHOR);
    }

    private void create(MeasuredStore store, int most) {
        int from = prompts.size();
        var names = IntStream.range(from, Math.min(most, from + AT_ONCE))
                .mapToObj(i -> new PromptName("folder" + i / FOLDER + "/" + text.word() + "-" + i)).toList();
        for (var prompt : store.prompts().create(names).stream().map(Prompt::id).toList()) {
            prompts.add(prompt);
            heads.put(prompt, 0);
        }
    }
}
