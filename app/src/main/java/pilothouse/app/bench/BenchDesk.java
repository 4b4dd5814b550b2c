package pilothouse.app.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import pilothouse.access.AuditJournal;
import pilothouse.access.Member;
import pilothouse.app.fx.Background;
import pilothouse.app.prompts.PromptsViewModel;
import pilothouse.local.ModelEncoders;
import pilothouse.local.ModelLibrary;
import pilothouse.metrics.MetricFeed;
import pilothouse.metrics.MetricRepository;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.Draft;
import pilothouse.prompts.LabelRepository;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptRepository;
import pilothouse.prompts.search.PromptSearch;
import pilothouse.prompts.values.ValueSetRepository;
import pilothouse.runs.FeedbackRepository;
import pilothouse.runs.RunRepository;
import pilothouse.runs.Runner;
import pilothouse.runtime.InferenceRuntime;
import pilothouse.runtime.Target;
import pilothouse.runtime.Targets;
import pilothouse.secrets.Keyring;
import pilothouse.store.Operation;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;

/// A workspace of the bench's own in a temporary folder, so that the user's runs and prompts stay as they are.
final class BenchDesk implements AutoCloseable {
    private static final Target LOCAL = new Target(Target.LOCAL, ModelLibrary.EMBEDDED);

    private final Path folder = Files.createTempDirectory("pilothouse-bench");
    private final Member member = Member.ofThisProcess();
    private final PromptRepository prompts;
    private final Store store;
    private final Store runStore;
    private final MetricFeed feed;
    private final PromptsViewModel model;
    private Optional<PromptSearch> search = Optional.empty();

    /// @param server takes the place of the local engine
    BenchDesk(Background background, InferenceRuntime server, ModelLibrary models) throws IOException {
        var clock = InstantSource.system();
        store = Store.open(folder, StoreFile.work(), clock, Stream.of(PromptRepository.OPERATIONS, LabelRepository.OPERATIONS, ValueSetRepository.OPERATIONS).<Operation<?>>flatMap(List::stream).toList());
        runStore = Store.open(folder, StoreFile.runs(), clock, List.of());
        feed = new MetricFeed(MetricRepository.open(folder), clock);
        var journal = new AuditJournal(member, clock);
        prompts = new PromptRepository(store, journal, clock);
        var runs = new RunRepository(runStore);
        var runner = new Runner(new Targets(Map.of(Target.LOCAL, () -> server)), (_, _, _) -> Optional.empty(), new Keyring(Map.of()), runs, feed,
                new Runner.Instruments(clock, System::nanoTime, RandomGeneratorFactory.of("L64X128MixRandom").create(7)));
        model = new PromptsViewModel(background, prompts, new LabelRepository(store, journal, List.of(), clock), new ValueSetRepository(store, journal, clock), runner, runs,
                new FeedbackRepository(runStore), new ModelEncoders(models), this::search, () -> List.of(LOCAL), () -> LOCAL, member);
    }

    PromptsViewModel model() {
        return model;
    }

    private synchronized PromptSearch search() {
        if (search.isEmpty()) search = Optional.of(PromptSearch.open(folder.resolve("search"), store, prompts));
        return search.get();
    }

    Prompt save(PromptName name, String text) {
        var prompt = prompts.create(name);
        prompts.save(new Draft(prompt.id(), BranchName.MAIN, 0, text, List.of(), "", member.id()));
        return prompt;
    }

    @Override
    public void close() {
        feed.close();
        search.ifPresent(PromptSearch::close);
        runStore.close();
        store.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
