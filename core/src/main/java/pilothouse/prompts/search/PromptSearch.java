package pilothouse.prompts.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.PromptId;
import pilothouse.prompts.PromptRepository;
import pilothouse.prompts.PromptVersion;
import pilothouse.store.Change;
import pilothouse.store.Changes;
import pilothouse.store.Store;

/// Finds prompts by names, texts, messages and variables. Its index is made from the store, brought up to
/// it by [#update], and made anew when it is lost or damaged: nothing but time goes with it.
///
/// Owns no thread; it hears of changes and takes them in at the next [#update]. Safe for use from any thread.
public final class PromptSearch implements AutoCloseable {
    private static final int PAGE = 200;
    private static final int VERSIONS_A_COMMIT = 50_000;
    private static final int WORTH_A_COMMIT = 1_000;

    private final Path folder;
    private final PromptRepository prompts;
    private final SearchRepository wanted;
    private final Changes.Subscription changes;
    private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
    private final Set<UUID> whole = ConcurrentHashMap.newKeySet(); // renamed, archived, erased
    private final ReentrantLock updating = new ReentrantLock();
    private final Map<UUID, PromptState> held = new ConcurrentHashMap<>(); // changed while updating is locked
    private volatile boolean compared;
    private int uncommitted;  // guarded by updating
    private volatile TextIndex index;
    private volatile boolean interrupted;
    private volatile boolean closed;

    /// How far an update is.
    ///
    /// @param all prompts that it must look at
    public record Building(int done, int all) {}

    private PromptSearch(Path folder, TextIndex index, Store store, PromptRepository prompts) {
        this.folder = folder;
        this.index = index;
        this.prompts = prompts;
        wanted = new SearchRepository(store);
        changes = store.changes().listen(this::heard);
    }

    /// Opens the index; it finds what was in it when it was closed, until [#update] was called.
    ///
    /// @param folder the workspace's `search`; made if it is not there
    /// @throws ProblemException if it cannot be written
    public static PromptSearch open(Path folder, Store store, PromptRepository prompts) {
        try {
            return new PromptSearch(folder, apart(() -> TextIndex.open(folder), () -> {}), store, prompts);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /// The best versions for what was typed, the best first: see [SearchWords] for what can be. Only prompts that
    /// are not archived.
    ///
    /// @param everyVersion false: only the newest version of each prompt, or the one with the label that is asked for
    /// @throws ProblemException if the index is damaged; it is made anew then by the next [#update]
    public List<SearchHit> find(String typed, int limit, boolean everyVersion) {
        var words = SearchWords.parse(typed);
        if (words.isEmpty()) return List.of();
        List<TextIndex.Found> found;
        try {
            found = index.find(SearchQuery.of(words, everyVersion), limit);
        } catch (IOException e) {
            damaged();
            throw new ProblemException(new Problem("The search index is damaged: " + e.getMessage(), folder.toString(),
                    "It is made anew now; search again in a moment"), e);
        }
        return found.stream().flatMap(it -> hit(it, words).stream()).toList();
    }

    private Optional<SearchHit> hit(TextIndex.Found found, SearchWords words) {
        var id = new PromptId(found.prompt());
        var prompt = prompts.find(id);
        var version = prompts.version(id, found.version());
        if (prompt.isEmpty() || version.isEmpty()) return Optional.empty(); // the store was put back to an older state
        var state = Optional.ofNullable(held.get(found.prompt())).or(() -> wanted.state(found.prompt())).orElseThrow(); // as it was indexed
        var labels = state.labels().entrySet().stream().filter(it -> it.getValue() == found.version()).map(Map.Entry::getKey).toList();
        var line = MarkedLine.of(version.get().text(), words).or(() -> MarkedLine.ofMessage(version.get().message(), words));
        return Optional.of(new SearchHit(prompt.get(), found.version(), state.current() == found.version(), labels, line));
    }

    /// Takes in what was saved since. The first time it compares all prompts with the store. Blocks for as long as
    /// another update goes on; an interrupt ends it after the prompt at hand, and the next one goes on from there.
    ///
    /// @throws ProblemException if the index cannot be written
    public void update() {
        update(_ -> {});
    }

    /// @param told how far it is, before each prompt, on another thread
    public void update(Consumer<Building> told) {
        updating.lock();
        try {
            updateApart(told);
        } finally {
            updating.unlock();
        }
    }

    /// The same if no other update goes on, else nothing.
    public void updateUnlessBusy() {
        if (!updating.tryLock()) return;
        try {
            updateApart(_ -> {});
        } finally {
            updating.unlock();
        }
    }

    /// Whether the next [#update] has something to do, as far as is known.
    public boolean isBehind() {
        return !compared || !changed.isEmpty() || !whole.isEmpty();
    }

    @Override
    public void close() {
        changes.close();
        boolean before = closed;
        closed = true; // an update that runs ends
        updating.lock();
        try {
            if (before) return;
            apart(() -> {
                index.commit();
                index.close();
                return true;
            });
        } catch (IOException e) { // what was committed is there, and the rest will be indexed again
            LoggerFactory.getLogger(PromptSearch.class).warn("Closing the search index failed", e);
        } finally {
            updating.unlock();
        }
    }

    private void heard(Change change) {
        if (change.kind().equals("version")) changed.add(UUID.fromString(change.id()));
        else if (change.kind().equals("label")) changed.add(UUID.fromString(change.id().substring(0, change.id().indexOf('@'))));
        else if (change.kind().equals("prompt")) whole.add(UUID.fromString(change.id()));
        else if (change.kind().equals("store")) compared = false; // a backup took its place
    }

    private void damaged() {
        updating.lock();
        try {
            apart(this::anew);
        } catch (IOException e) {
            throw unusable(folder, e);
        } finally {
            updating.unlock();
        }
    }

    private boolean anew() throws IOException {
        index.close();
        index = TextIndex.anew(folder);
        held.clear();
        compared = false;
        return true;
    }

    private void updateApart(Consumer<Building> told) {
        if (closed || !isBehind()) return;
        interrupted = false;
        try {
            apart(() -> {
                if (!compared) compare();
                takeIn(told);
                return true;
            });
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /// Finds out what the index lacks or has too much.
    private void compare() throws IOException {
        if (!index.isIntact()) anew();
        compared = true; // first: what is heard from now on counts again
        held.clear();
        held.putAll(index.states());
        var now = wanted.states();
        now.forEach((id, state) -> {
            if (!state.equals(held.get(id))) changed.add(id);
        });
        held.keySet().stream().filter(id -> !now.containsKey(id)).forEach(changed::add);
    }

    private void takeIn(Consumer<Building> told) throws IOException {
        changed.addAll(whole);
        int all = changed.size();
        int done = 0;
        for (var id : List.copyOf(changed)) {
            if (closed || interrupted) break;
            told.accept(new Building(done++, all));
            changed.remove(id); // before it is read: what changes now is heard again
            boolean anew = whole.remove(id);
            try {
                takeIn(id, anew);
            } catch (IOException | RuntimeException e) {
                changed.add(id);
                if (anew) whole.add(id);
                throw e;
            }
            if (uncommitted >= VERSIONS_A_COMMIT) commit();
        }
        if (uncommitted >= WORTH_A_COMMIT) commit();
        else index.show(); // on the disk at the end; after a kill it is found missing and made again
    }

    private void commit() throws IOException {
        index.commit();
        uncommitted = 0;
    }

    private void takeIn(UUID id, boolean anew) throws IOException {
        var before = Optional.ofNullable(held.get(id));
        var now = wanted.state(id);
        if (before.isPresent() && (anew || now.isEmpty() || now.get().archived() || before.get().archived()
                || !continues(now.get(), before.get()))) {
            index.remove(id);
            before = Optional.empty();
        }
        held.remove(id);
        if (now.isEmpty()) return;
        if (!now.get().archived()) {
            if (before.isPresent()) replace(now.get(), before.get());
            else addAll(now.get());
        }
        index.hold(now.get());
        held.put(id, now.get());
    }

    /// Whether the versions that are in the index are those of the store: it may have been put back to an older state.
    private boolean continues(PromptState now, PromptState before) {
        if (before.newest() == 0 || now.hash().equals(before.hash())) return true;
        return prompts.version(new PromptId(now.id()), before.newest()).filter(it -> it.hash().hex().equals(before.hash())).isPresent();
    }

    private void replace(PromptState now, PromptState before) throws IOException {
        for (int number : now.changedSince(before)) {
            var version = prompts.version(new PromptId(now.id()), number);
            if (version.isEmpty()) continue;
            if (number > before.newest()) index.add(now, version.get());
            else index.replace(now, version.get());
            uncommitted++;
        }
    }

    private void addAll(PromptState now) throws IOException {
        int before = now.newest() + 1;
        for (List<PromptVersion> page = page(now, before); !page.isEmpty(); page = page(now, before)) {
            for (var version : page) index.add(now, version);
            uncommitted += page.size();
            before = page.getLast().number();
        }
    }

    private List<PromptVersion> page(PromptState now, int before) {
        return before <= 1 ? List.of() : prompts.log(new PromptId(now.id()), before, PAGE);
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T apart(Work<T> work) throws IOException {
        return apart(work, () -> interrupted = true);
    }

    /// On a thread that nobody interrupts: Lucene closes its files when that happens.
    private static <T> T apart(Work<T> work, Runnable onInterrupt) throws IOException {
        var answer = new FutureTask<>(work::run);
        Thread.ofVirtual().name("search-index").start(answer);
        boolean cut = false;
        try {
            while (true)
                try {
                    return answer.get();
                } catch (InterruptedException e) {
                    cut = true;
                    onInterrupt.run();
                }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException known -> throw known;
                case RuntimeException known -> throw known;
                case Error error -> throw error;
                default -> throw new IllegalStateException(e.getCause());
            }
        } finally {
            if (cut) Thread.currentThread().interrupt();
        }
    }

    private static ProblemException unusable(Path folder, IOException e) {
        return new ProblemException(new Problem("The search index cannot be written: " + e.getMessage(), folder.toString(),
                "Check the folder's permissions and the room on the disk. Only searching in texts is affected"), e);
    }
}
