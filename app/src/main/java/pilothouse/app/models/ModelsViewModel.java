package pilothouse.app.models;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import pilothouse.app.charts.Unit;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.Job;
import pilothouse.app.fx.Latest;
import pilothouse.app.fx.Progress;
import pilothouse.local.EngineProcess;
import pilothouse.local.EngineState;
import pilothouse.local.LocalRuntime;
import pilothouse.local.ModelFile;
import pilothouse.local.ModelLibrary;
import pilothouse.problems.Problem;
import pilothouse.runs.RunRepository;

/// The model files, what the local engine does with them, and files on their way into the library. FX thread only.
public final class ModelsViewModel {
    private static final String ENDING = ".gguf";

    /// A file that is being copied or linked.
    public record Adding(String name, Job job) {}

    /// A file that could not be added.
    public record NotAdded(Path file, Problem problem) {}

    private final Background background;
    private final ModelLibrary library;
    private final EngineProcess engine;
    private final LocalRuntime local;
    private final LibraryReading.Source source;
    private final Latest<EngineState> states;
    private final ObservableList<ModelRow> rows = FXCollections.observableArrayList();
    private final ObservableList<Path> chosen = FXCollections.observableArrayList();
    private final ObservableList<Adding> adding = FXCollections.observableArrayList();
    private final ObservableList<NotAdded> notAdded = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<EngineState> engineState = new ReadOnlyObjectWrapper<>(new EngineState.Stopped());
    private final ReadOnlyObjectWrapper<Optional<LibraryReading>> reading = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Map<String, Job> loading = new HashMap<>();
    private final Map<String, Problem> failed = new HashMap<>();
    private Optional<EngineProcess.Subscription> listening = Optional.empty();
    private Optional<String> lastAsked = Optional.empty();
    private Job refreshing = Job.NONE;

    public ModelsViewModel(Background background, ModelLibrary library, EngineProcess engine, LocalRuntime local, RunRepository runs) {
        this.background = background;
        this.library = library;
        this.engine = engine;
        this.local = local;
        source = new LibraryReading.Source(library, engine, runs);
        states = background.latest(this::heard);
    }

    /// Begins to follow the engine and reads the library.
    public void open() {
        if (listening.isEmpty()) listening = Optional.of(engine.listen(states::put));
        engineState.set(engine.state());
        refresh();
    }

    /// Ends it; jobs go on.
    public void close() {
        listening.ifPresent(EngineProcess.Subscription::close);
        listening = Optional.empty();
    }

    public ObservableList<ModelRow> rows() {
        return rows;
    }

    /// Files whose way into the library is not yet decided: see [#add].
    public ObservableList<Path> chosen() {
        return chosen;
    }

    public ObservableList<Adding> adding() {
        return adding;
    }

    public ObservableList<NotAdded> notAdded() {
        return notAdded;
    }

    public ReadOnlyObjectProperty<EngineState> engineState() {
        return engineState.getReadOnlyProperty();
    }

    /// Empty until it was read once.
    ReadOnlyObjectProperty<Optional<LibraryReading>> reading() {
        return reading.getReadOnlyProperty();
    }

    /// Why the library could not be read.
    public ReadOnlyObjectProperty<Optional<Problem>> problem() {
        return problem.getReadOnlyProperty();
    }

    /// Reads files, engine and runs again.
    public void refresh() {
        refreshing.cancel();
        refreshing = background.run(source::read, found -> {
            reading.set(Optional.of(found));
            problem.set(Optional.empty());
            show();
        }, why -> problem.set(Optional.of(why)));
    }

    /// Loads a model, starting the engine if need be.
    public void load(String model) {
        if (isLoading(model)) return;
        failed.remove(model);
        lastAsked = Optional.of(model);
        follow(model, background.run("Loading " + model, progress -> prepare(model, progress), _ -> {}, why -> failed.put(model, why)));
    }

    /// Stops loading it.
    public void cancel(String model) {
        Optional.ofNullable(loading.get(model)).ifPresent(Job::cancel);
    }

    /// Frees its memory.
    public void unload(String model) {
        background.run(() -> {
            engine.unload(model);
            return model;
        }, _ -> refresh(), why -> {
            failed.put(model, why);
            refresh();
        });
    }

    /// Starts the engine afresh, with the models it had or the one it failed on.
    public void restart() {
        failed.clear();
        var wanted = rows.stream().filter(row -> row.state() instanceof ModelRow.State.Loaded).map(ModelRow::name).findFirst()
                .or(() -> lastAsked).or(() -> rows.stream().map(ModelRow::name).findFirst());
        var job = background.run("Starting the local engine", progress -> {
            engine.restart();
            return wanted.isPresent() ? prepare(wanted.get(), progress) : "";
        }, _ -> {}, _ -> {}); // the engine's state tells why
        wanted.ifPresent(model -> follow(model, job));
    }

    /// Takes files for the library: each waits in [#chosen] for [#add]. What is no GGUF file by its name is said so.
    public void choose(List<Path> files) {
        for (var file : files) {
            if (isGguf(file)) {
                if (!chosen.contains(file)) chosen.add(file);
            } else {
                notAdded.add(new NotAdded(file, new Problem(file.getFileName() + " is no GGUF file", file.toString(),
                        "Choose a file that ends in .gguf: the one format that the local engine reads.")));
            }
        }
    }

    /// Whether a file may be dropped here.
    public static boolean isGguf(Path file) {
        return file.getFileName() != null && file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ENDING);
    }

    /// Adds a chosen file.
    public void add(Path file, ModelLibrary.Keep keep) {
        chosen.remove(file);
        var name = file.getFileName().toString();
        var job = background.run("Adding " + name, progress -> copied(file, keep, progress), _ -> {}, why -> notAdded.add(new NotAdded(file, why)));
        var entry = new Adding(name, job);
        adding.add(entry);
        job.running().subscribe(running -> {
            if (running) return;
            adding.remove(entry);
            refresh();
        });
    }

    /// Forgets a chosen file.
    public void leave(Path file) {
        chosen.remove(file);
    }

    /// Puts a failure aside.
    public void dismiss(NotAdded failure) {
        notAdded.remove(failure);
    }

    private ModelFile copied(Path file, ModelLibrary.Keep keep, Progress progress) throws InterruptedException {
        progress.report(-1, "checking its header");
        return library.add(file, keep, (done, total) -> progress.report(done / (double) total,
                Unit.BYTES.format(done) + " of " + Unit.BYTES.format(total)));
    }

    private String prepare(String model, Progress progress) {
        try (var _ = engine.listen(state -> {
            if (state instanceof EngineState.Loading(String name, double done, String step) && name.equals(model)) progress.report(done, step);
            if (state instanceof EngineState.Unpacking(long done, long total)) progress.report(done / (double) total, "unpacking the engine's libraries");
        })) {
            local.prepare(model);
        }
        return model;
    }

    private void follow(String model, Job job) {
        loading.put(model, job);
        show();
        job.running().subscribe(running -> {
            if (running) return;
            loading.remove(model, job);
            show();
            refresh(); // is delivered after the job's outcome
        });
    }

    private boolean isLoading(String model) {
        return loading.containsKey(model);
    }

    private void heard(EngineState state) {
        engineState.set(state);
        show();
        if (!(state instanceof EngineState.Loading) && !(state instanceof EngineState.Unpacking)) refresh();
    }

    /// Brings the rows up to date, touching only those that changed, so that a button is not lost under the pointer.
    private void show() {
        if (reading.get().isEmpty()) return;
        var found = reading.get().get().rows().stream().map(this::now).toList();
        for (int i = 0; i < found.size(); i++) {
            if (i == rows.size()) rows.add(found.get(i));
            else if (!rows.get(i).equals(found.get(i))) rows.set(i, found.get(i));
        }
        if (rows.size() > found.size()) rows.remove(found.size(), rows.size());
    }

    private ModelRow now(ModelRow row) {
        if (engineState.get() instanceof EngineState.Loading(String model, double progress, String step) && model.equals(row.name()))
            return row.with(new ModelRow.State.Loading(progress, step, isLoading(model)));
        if (isLoading(row.name())) return row.with(new ModelRow.State.Loading(-1, "waiting for the engine", true));
        var why = failed.get(row.name());
        return why == null || row.state() instanceof ModelRow.State.Loaded ? row : row.with(new ModelRow.State.Failed(why));
    }
}
