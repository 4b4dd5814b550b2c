package pilothouse.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pilothouse.access.AuditJournal;
import pilothouse.access.Member;
import pilothouse.cli.Version;
import pilothouse.local.CacheFolder;
import pilothouse.local.EngineCommand;
import pilothouse.local.EngineProcess;
import pilothouse.local.Hardware;
import pilothouse.local.LocalRuntime;
import pilothouse.local.ModelLibrary;
import pilothouse.local.NativeLibraries;
import pilothouse.local.Patience;
import pilothouse.metrics.MetricFeed;
import pilothouse.metrics.MetricRepository;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.LabelRepository;
import pilothouse.prompts.ErasureRepository;
import pilothouse.prompts.PromptRepository;
import pilothouse.prompts.HistoryRepository;
import pilothouse.prompts.search.PromptSearch;
import pilothouse.prompts.values.ValueSetRepository;
import pilothouse.runs.BudgetCheck;
import pilothouse.runs.FeedbackRepository;
import pilothouse.runs.RunRepository;
import pilothouse.runs.Runner;
import pilothouse.runtime.Target;
import pilothouse.runtime.Targets;
import pilothouse.safety.SecretRule;
import pilothouse.secrets.Keyring;
import pilothouse.secrets.Secret;
import pilothouse.secrets.SecretRef;
import pilothouse.secrets.UsersPlaces;
import pilothouse.store.Changes;
import pilothouse.store.Compaction;
import pilothouse.store.H2Store;
import pilothouse.store.Operation;
import pilothouse.store.Progress;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;
import pilothouse.store.TeamDatabase;
import pilothouse.store.backups.Backups;
import pilothouse.store.backups.Replacement;
import pilothouse.tokens.Price;
import pilothouse.tokens.prices.PriceFile;
import pilothouse.workspace.Erasure;
import pilothouse.workspace.Examples;
import pilothouse.workspace.ReadersCopy;
import pilothouse.workspace.Settings;
import pilothouse.workspace.SettingsFile;
import pilothouse.workspace.Workspace;

/// The program, put together on one workspace that this process owns. Built in the order of the map
/// of packages, closed in reverse.
final class Pilothouse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pilothouse.class);

    /// All that the journal may hold.
    static final List<Operation<?>> OPERATIONS = Stream.of(PromptRepository.OPERATIONS, LabelRepository.OPERATIONS,
            ValueSetRepository.OPERATIONS, ErasureRepository.OPERATIONS).<Operation<?>>flatMap(List::stream).toList();

    private static final Duration BEFORE_THE_CHECK = Duration.ofMinutes(2);
    private static final SecretRef ENGINE_TOKEN = new SecretRef("engine token");
    private static final SecretRef USERS_TOKEN = new SecretRef(SecretRef.ENVIRONMENT + "PILOTHOUSE_TOKEN");

    private static final double MOST_DEAD = 0.5;
    private static final long LEAST_COMPACTED = 64L << 20; // below that it is not worth the writing

    private final Workspace workspace;
    private final Member member = Member.ofThisProcess();
    private final AskedPassphrases passphrases = new AskedPassphrases();
    private final Keyring keyring = new Keyring(System.getenv(), UsersPlaces.all(passphrases));
    private final InstantSource clock = InstantSource.system();
    private final SettingsFile settingsFile;
    private final PriceFile prices;
    private final Housekeeping housekeeping;
    private volatile Settings settings;
    private final Optional<ReadersCopy> copy; // if the workspace's own folder cannot be written
    private final Optional<TeamDatabase> team;
    private final Store store;
    private final Optional<H2Store> files; // none where a team's store is used
    private final StoreHealth health;
    private final PromptRepository prompts;
    private final LabelRepository labels;
    private final ValueSetRepository valueSets;
    private final HistoryRepository histories;
    private final Optional<Backups> backups;
    private final Optional<DailyBackup> dailyBackup;
    private final Part<PromptSearch> search;
    private final Part<H2Store> runStore;
    private final Part<MetricFeed> feed;
    private final ModelLibrary models;
    private final EngineProcess engine;
    private final LocalRuntime local;
    private final Targets targets;
    private volatile OptionalInt enginePort = OptionalInt.empty();

    private Pilothouse(Workspace workspace, StoreChoice choice, Optional<ReadersCopy> copy) {
        this.workspace = workspace;
        this.copy = copy;
        team = choice.team();
        LogFiles.open(workspace.logs(), text -> SecretRule.of(keyring.known()).mask(text));
        settingsFile = new SettingsFile(workspace);
        prices = new PriceFile(workspace.folder().resolve("prices.json"));
        var loaded = settingsFile.load();
        loaded.problem().ifPresent(problem -> LOG.warn("{}", problem));
        settings = loaded.settings();

        Replacement.finish(workspace.folder());
        files = team.isPresent() ? Optional.empty() : Optional.of(Store.open(workspace.folder(), StoreFile.work(), clock, OPERATIONS));
        store = files.isPresent() ? files.get()
                : Store.connect(team.orElseThrow(), choice.password(keyring), StoreFile.work(), clock, OPERATIONS);
        store.problems().forEach(problem -> LOG.warn("{}", problem));
        files.ifPresent(own -> copy.map(ReadersCopy::why).ifPresent(own::refuseWrites));
        var journal = new AuditJournal(member, clock);
        prompts = new PromptRepository(store, journal, clock);
        labels = new LabelRepository(store, journal, List.of(), clock);
        valueSets = new ValueSetRepository(store, journal, clock);
        search = new Part<>(() -> PromptSearch.open(ofStore(workspace.search()), store, prompts));
        histories = new HistoryRepository(store, journal, List.of());
        runStore = new Part<>(() -> Store.open(workspace.folder(), StoreFile.runs(), clock, List.of()));
        feed = new Part<>(() -> new MetricFeed(MetricRepository.open(workspace.folder()), clock));

        models = new ModelLibrary(home(), workspace.models());
        engine = new EngineProcess(this::engineCommand, this::engineToken, Patience.DEFAULTS);
        local = new LocalRuntime(engine, models);
        targets = new Targets(Map.of(Target.LOCAL, () -> local));
        if (team.isEmpty() && copy.isEmpty()) addExamples(); // a team's store gets what the team saves
        backups = files.map(own -> new Backups(own, runStore::get, this::backupFolder, Version.text(), clock));
        dailyBackup = backups.filter(_ -> copy.isEmpty()).map(DailyBackup::new);
        housekeeping = Housekeeping.start(this::tidy, this::hourly);
        var mark = team.map(database -> "team-" + database.id() + ".checked").orElse("store.checked");
        health = StoreHealth.watch(workspace.folder().resolve(mark), BEFORE_THE_CHECK, store.problems(), care()::check);
        LOG.info("Opened {} with the prompts in {}", workspace.folder(), team.map(TeamDatabase::toString).orElse("it"));
    }

    private void addExamples() {
        try {
            Examples.addTo(prompts, member.id());
        } catch (RuntimeException e) { // what else is in the store is worth more, and its check will say what is damaged
            LOG.error("The examples could not be added", e);
        }
    }

    /// @throws ProblemException if a file of the workspace or the team's store cannot be opened
    static Pilothouse open(Workspace workspace) {
        return open(workspace, StoreChoice.WORKSPACE);
    }

    /// @throws ProblemException as above
    static Pilothouse open(Workspace workspace, StoreChoice choice) {
        return new Pilothouse(workspace, choice, Optional.empty());
    }

    /// What can be read of a workspace that cannot be written; prompts cannot be saved in it.
    ///
    /// @throws ProblemException as above
    static Pilothouse open(ReadersCopy copy) {
        return new Pilothouse(copy.workspace(), StoreChoice.WORKSPACE, Optional.of(copy));
    }

    /// Drafts and the index of a team's store lie apart: they say nothing to who opens the workspace without it.
    private Path ofStore(Path folder) {
        return team.map(database -> folder.resolve("team-" + database.id())).orElse(folder);
    }

    /// Where the program itself lies: the project's folder, or that of the application image.
    static Path home() {
        return Path.of(System.getProperty("pilothouse.home", ""));
    }

    private EngineCommand engineCommand(NativeLibraries.Progress unpacking) throws InterruptedException {
        var libraries = NativeLibraries.onClassPath(CacheFolder.ofUser()).unpack(unpacking);
        int threads = settings.engineThreads() > 0 ? settings.engineThreads() : Hardware.ofThisMachine().engineThreads();
        var command = EngineCommand.of(libraries, OptionalInt.of(threads));
        return enginePort.isPresent() ? command.onPort(enginePort.getAsInt()) : command;
    }

    /// The token of the environment if the user set one, so that applications can keep theirs; else a new one.
    private Secret engineToken() {
        return keyring.find(USERS_TOKEN).orElseGet(() -> keyring.generate(ENGINE_TOKEN));
    }

    private void hourly() {
        forgetRuns();
        files.ifPresent(own -> new Compaction(own, clock).forgetOld());
        runStore.made().ifPresent(open -> {
            new Compaction(open, clock).forgetOld();
            compactRuns(open);
        });
        dailyBackup.ifPresent(DailyBackup::startIfDue);
    }

    /// Runs are deleted after their time, so that their file dies slowly.
    private void compactRuns(H2Store open) {
        if (open.deadShare() < MOST_DEAD || runsFileBytes() < LEAST_COMPACTED) return;
        var outcome = new Compaction(open, clock).run(Progress.NONE);
        LOG.info("Compacted the runs' file from {} to {} bytes", outcome.before(), outcome.after());
    }

    private long runsFileBytes() {
        return workspace.folder().resolve("runs.mv.db").toFile().length();
    }

    private Path backupFolder() {
        return settings.backupFolder().isBlank() ? workspace.backups() : Path.of(settings.backupFolder());
    }

    private void tidy() {
        feed.made().ifPresent(MetricFeed::flush);
        search.made().ifPresent(PromptSearch::updateUnlessBusy);
    }

    /// Deletes the runs that are older or more than the settings allow, while the runs' file is open anyway.
    private void forgetRuns() {
        int days = Math.max(0, settings.keepRunsDays());
        int most = Math.max(0, settings.keepRuns());
        if (days == 0 && most == 0 || runStore.made().isEmpty()) return;
        var before = days == 0 ? Instant.EPOCH : clock.instant().minus(Duration.ofDays(days));
        int forgotten = runs().forget(before, most);
        if (forgotten > 0) LOG.info("Deleted {} runs: kept are {} days (0: all), at most {} (0: any number)", forgotten, days, most);
    }

    /// From its next start on the engine listens there.
    void useEnginePort(int port) {
        enginePort = OptionalInt.of(port);
    }

    Workspace workspace() {
        return workspace;
    }

    /// The copy that is open in the place of a workspace that cannot be written.
    Optional<ReadersCopy> copy() {
        return copy;
    }

    /// The folder that the user knows the workspace by.
    Path place() {
        return copy.map(ReadersCopy::original).orElse(workspace.folder());
    }

    Member member() {
        return member;
    }

    AskedPassphrases passphrases() {
        return passphrases;
    }

    /// Finds the secrets of servers by name.
    Keyring keyring() {
        return keyring;
    }

    Settings settings() {
        return settings;
    }

    /// Saves other settings; who reads them next gets these.
    synchronized void change(Settings changed) {
        settingsFile.save(changed);
        settings = changed;
    }

    Path settingsFile() {
        return settingsFile.path();
    }

    PriceFile prices() {
        return prices;
    }

    /// What a target takes today for its tokens, for whoever shows it beside a count.
    Optional<Price> price(Target target) {
        try {
            return prices.book().find(target.server(), target.model(), LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault()))
                    .filter(price -> price.promptPerMillion().signum() > 0);
        } catch (ProblemException e) { // `prices list` shows it; a count is worth more than its price
            LOG.debug("No prices", e);
            return Optional.empty();
        }
    }

    InstantSource clock() {
        return clock;
    }

    StoreHealth health() {
        return health;
    }

    /// Checks and repairs the store.
    StoreCare care() {
        return new StoreCare(workspace, Optional.of(store));
    }

    /// What the store commits.
    Changes changes() {
        return store.changes();
    }

    /// The database that the prompts are in, if it is a team's.
    Optional<TeamDatabase> team() {
        return team;
    }

    /// @throws ProblemException if the prompts are in a team's store
    H2Store store() {
        return files.orElseThrow(this::notHere);
    }

    private ProblemException notHere() {
        return new ProblemException("The prompts are in a team's store, whose files are not here", String.valueOf(team.orElseThrow()),
                "Its administrator backs it up with PostgreSQL's own tools (pg_dump)");
    }

    /// Where the drafts of this store's prompts are kept.
    Path drafts() {
        var folder = ofStore(workspace.drafts());
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ProblemException(new Problem("The folder for drafts cannot be made: " + e.getMessage(), folder.toString(), ""), e);
        }
    }

    /// The runs' store, opened if it is not yet.
    H2Store runStore() {
        return runStore.get();
    }

    /// @throws ProblemException if the prompts are in a team's store
    Backups backups() {
        return backups.orElseThrow(this::notHere);
    }

    Optional<DailyBackup> dailyBackup() {
        return dailyBackup;
    }

    MetricFeed feed() {
        return feed.get();
    }

    PromptRepository prompts() {
        return prompts;
    }

    LabelRepository labels() {
        return labels;
    }

    ValueSetRepository valueSets() {
        return valueSets;
    }

    /// @throws ProblemException if the prompts are in a team's store
    Erasure erasure() {
        return new Erasure(workspace, new Erasure.Parts(store(), runStore::get, OPERATIONS, backups(), () -> closed("search index", search::close)),
                new AuditJournal(member, clock), clock, Version.text());
    }

    HistoryRepository histories() {
        return histories;
    }

    PromptSearch search() {
        return search.get();
    }

    RunRepository runs() {
        return new RunRepository(runStore.get());
    }

    FeedbackRepository feedback() {
        return new FeedbackRepository(runStore.get());
    }

    Runner runner() {
        return new Runner(targets, BudgetCheck.local(targets), keyring, runs(), feed.get(),
                new Runner.Instruments(clock, System::nanoTime, RandomGeneratorFactory.of("L64X128MixRandom").create()));
    }

    ModelLibrary models() {
        return models;
    }

    EngineProcess engine() {
        return engine;
    }

    Targets targets() {
        return targets;
    }

    LocalRuntime local() {
        return local;
    }

    @Override
    public void close() {
        closed("check of the store", team.isPresent() ? health::leave : health::close);
        housekeeping.close();
        dailyBackup.ifPresent(made -> closed("daily backup", made::close));
        closed("targets", targets::close);
        closed("local engine", local::close);
        closed("metrics", feed::close);
        closed("runs", runStore::close);
        closed("search index", search::close);
        closed("store", store::close);
        LOG.info("Closed {}", workspace.folder());
    }

    private interface Closing {
        void close() throws Exception;
    }

    /// The rest is closed, whatever one part says.
    private static void closed(String part, Closing closing) {
        try {
            closing.close();
        } catch (Exception e) {
            LOG.error("Closing the {} failed", part, e);
        }
    }
}
