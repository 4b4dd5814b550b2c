package pilothouse.app.prompts;

import java.util.HashSet;
import java.util.Set;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.Latest;
import pilothouse.prompts.values.ValueSetRepository;
import pilothouse.store.Change;
import pilothouse.store.Changes;

/// Has the page read again what someone changed: the list when prompts came, went or were renamed, the
/// history and the value sets of the open tabs whose prompts have new ones or a label elsewhere. However many changes come,
/// at most one reading is pending.
final class PromptNews implements Changes.Subscription {
    private static final String RESTORED = "store"; // a backup took its place
    private static final Set<String> KINDS = Set.of("prompt", "version", "label", ValueSetRepository.CHANGE, RESTORED);

    private final PromptsViewModel model;
    private final Latest<Change> signal;
    private final Changes.Subscription subscription;
    private final Set<Change> heard = new HashSet<>(); // guarded by itself

    PromptNews(PromptsViewModel model, Background background, Changes changes) {
        this.model = model;
        signal = background.latest(_ -> take());
        subscription = changes.listen(this::hear);
    }

    @Override
    public void close() {
        subscription.close();
    }

    private void hear(Change change) {
        if (!KINDS.contains(change.kind())) return;
        synchronized (heard) {
            heard.add(new Change(change.kind(), change.id().split("@", 2)[0], 0));
        }
        signal.put(change);
    }

    private void take() {
        Set<Change> changes;
        synchronized (heard) {
            changes = Set.copyOf(heard);
            heard.clear();
        }
        if (changes.stream().anyMatch(change -> change.kind().equals(RESTORED))) model.reopen();
        if (changes.stream().anyMatch(change -> change.kind().equals("prompt"))) model.refreshList();
        for (var tab : model.tabs()) {
            var kinds = changes.stream().filter(change -> tab.prompt().get().filter(prompt -> change.id().equals(prompt.id().toString())).isPresent())
                    .map(Change::kind).toList();
            if (kinds.contains(ValueSetRepository.CHANGE)) tab.valueSets().refresh();
            if (kinds.stream().anyMatch(kind -> !kind.equals(ValueSetRepository.CHANGE))) tab.refreshHistory();
        }
    }
}
