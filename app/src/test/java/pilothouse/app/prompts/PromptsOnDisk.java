package pilothouse.app.prompts;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import pilothouse.access.AuditJournal;
import pilothouse.access.Member;
import pilothouse.access.MemberId;
import pilothouse.app.fx.Background;
import pilothouse.local.ModelEncoders;
import pilothouse.local.ModelLibrary;
import pilothouse.metrics.MetricFeed;
import pilothouse.metrics.MetricRepository;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.Draft;
import pilothouse.prompts.BulkRepository;
import pilothouse.prompts.LabelRepository;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptRepository;
import pilothouse.prompts.SaveOutcome;
import pilothouse.prompts.search.PromptSearch;
import pilothouse.prompts.values.ValueSetRepository;
import pilothouse.runs.FeedbackRepository;
import pilothouse.runs.RunRepository;
import pilothouse.runs.Runner;
import pilothouse.runtime.InferenceRuntime;
import pilothouse.runtime.Target;
import pilothouse.runtime.Targets;
import pilothouse.secrets.Keyring;
import pilothouse.store.Changes;
import pilothouse.store.Operation;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;

/// A workspace on real files with a scripted server, and the page's model on it.
final class PromptsOnDisk implements AutoCloseable {
    static final Target LOCAL = new Target(Target.LOCAL, ModelLibrary.EMBEDDED);
    static final Target SCRIPT = new Target("script", "m");
    static final Member ADA = new Member(new MemberId("ada"));

    static final List<Operation<?>> OPERATIONS =
            Stream.of(PromptRepository.OPERATIONS, LabelRepository.OPERATIONS, ValueSetRepository.OPERATIONS).<Operation<?>>flatMap(List::stream).toList();

    final ScriptedAnswers script = new ScriptedAnswers();
    final PromptRepository prompts;
    final LabelRepository labels;
    final ValueSetRepository valueSets;
    final RunRepository runs;
    final ModelEncoders encoders;
    final PromptsViewModel model;
    final BulkRepository histories;
    final PromptSearch search;
    final FeedbackRepository feedback;
    private final Store store;
    private final Store runStore;
    private final MetricFeed feed;

    PromptsOnDisk(Path folder, Background background) {
        this(folder, background, Map.of());
    }

    /// @param more servers beside the scripted one
    PromptsOnDisk(Path folder, Background background, Map<String, Supplier<InferenceRuntime>> more) {
        this(Store.open(folder, StoreFile.work(), InstantSource.system(), OPERATIONS), folder, background, more);
    }

    /// @param store with the prompts; closed with this
    PromptsOnDisk(Store store, Path folder, Background background, Map<String, Supplier<InferenceRuntime>> more) {
        this.store = store;
        var clock = InstantSource.system();
        runStore = Store.open(folder, StoreFile.runs(), clock, List.of());
        feed = new MetricFeed(MetricRepository.open(folder), clock);
        var journal = new AuditJournal(ADA, clock);
        prompts = new PromptRepository(store, journal, clock);
        labels = new LabelRepository(store, journal, List.of(), clock);
        valueSets = new ValueSetRepository(store, journal, clock);
        histories = new BulkRepository(store, journal, clock);
        search = PromptSearch.open(folder.resolve("search"), store, prompts);
        runs = new RunRepository(runStore);
        feedback = new FeedbackRepository(runStore);
        var servers = new HashMap<>(more);
        servers.put("script", () -> script);
        var runner = new Runner(new Targets(servers), (_, _, _) -> Optional.empty(), new Keyring(Map.of()), runs, feed,
                new Runner.Instruments(clock, System::nanoTime, RandomGeneratorFactory.of("L64X128MixRandom").create(7)));
        encoders = new ModelEncoders(new ModelLibrary(Path.of(System.getProperty("pilothouse.home", "..")), folder));
        model = new PromptsViewModel(background, prompts, labels, valueSets, runner, runs, feedback, encoders, () -> search, () -> List.of(LOCAL, SCRIPT), () -> SCRIPT, ADA);
    }

    /// Saves a version past the window, as another program would.
    Prompt save(String name, int basedOn, String text, String message) {
        var prompt = prompts.find(new PromptName(name)).orElseGet(() -> prompts.create(new PromptName(name)));
        var outcome = prompts.save(new Draft(prompt.id(), BranchName.MAIN, basedOn, text, List.of(), message, new MemberId("bo")));
        if (!(outcome instanceof SaveOutcome.Saved)) throw new AssertionError(outcome);
        return prompt;
    }

    /// What the prompts' store commits.
    Changes changes() {
        return store.changes();
    }

    @Override
    public void close() {
        feed.close();
        search.close();
        runStore.close();
        store.close();
    }
}
