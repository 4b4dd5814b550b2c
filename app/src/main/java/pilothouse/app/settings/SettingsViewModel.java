package pilothouse.app.settings;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.Job;
import pilothouse.app.fx.Latest;
import pilothouse.app.shell.Appearance.Theme;
import pilothouse.local.EngineProcess;
import pilothouse.local.EngineState;
import pilothouse.problems.Problem;
import pilothouse.runtime.InferenceRuntime;
import pilothouse.runtime.Target;
import pilothouse.workspace.Settings;

/// The settings as they are edited; every change is saved at once. FX thread only.
public final class SettingsViewModel implements AutoCloseable {
    /// Choices of [Settings#keepRunsDays]; 0 is for ever.
    public static final List<Integer> KEEP_DAYS = List.of(7, 30, 90, 0);
    /// Choices of [Settings#keepRuns]; 0 is any number.
    public static final List<Integer> KEEP_RUNS = List.of(100_000, 1_000_000, 0);

    private final Background background;
    private final Consumer<Settings> save;
    private final InferenceRuntime local;
    private final EngineProcess engine;
    private final InstantSource clock;
    private final EngineProcess.Subscription subscription;

    private final ObjectProperty<Theme> theme = new SimpleObjectProperty<>();
    private final IntegerProperty scale = new SimpleIntegerProperty();
    private final StringProperty target = new SimpleStringProperty();
    private final IntegerProperty engineThreads = new SimpleIntegerProperty();
    private final IntegerProperty keepRunsDays = new SimpleIntegerProperty();
    private final StringProperty backupFolder = new SimpleStringProperty();
    private final IntegerProperty keepRuns = new SimpleIntegerProperty();

    private final ObservableList<String> targets = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Optional<Instant>> savedAt = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper engineRuns = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper restartNeeded = new ReadOnlyBooleanWrapper();
    private Settings saved;
    private Job saving = Job.NONE;

    /// @param save  keeps them; blocks, called away from the FX thread
    /// @param local whose models can be the default target
    public SettingsViewModel(Background background, Settings settings, Consumer<Settings> save, InferenceRuntime local,
            EngineProcess engine, InstantSource clock) {
        this.background = background;
        this.save = save;
        this.local = local;
        this.engine = engine;
        this.clock = clock;
        this.saved = settings;
        theme.set(theme(settings.theme()));
        scale.set(settings.uiScale());
        target.set(settings.target());
        engineThreads.set(Math.max(0, settings.engineThreads()));
        keepRunsDays.set(Math.max(0, settings.keepRunsDays()));
        keepRuns.set(Math.max(0, settings.keepRuns()));
        backupFolder.set(settings.backupFolder());
        targets.add(settings.target());
        for (var property : List.of(theme, scale, target, engineThreads, keepRunsDays, keepRuns, backupFolder)) property.addListener(_ -> changed());
        engineThreads.addListener(_ -> restartNeeded.set(engineRuns.get()));
        Latest<EngineState> states = background.latest(this::heard);
        subscription = engine.listen(states::put);
        heard(engine.state());
    }

    private static Theme theme(String name) {
        return List.of(Theme.values()).stream().filter(it -> name(it).equals(name)).findFirst().orElse(Theme.SYSTEM);
    }

    private static String name(Theme theme) {
        return theme.name().toLowerCase(Locale.ROOT);
    }

    /// As they are now, saved or not yet.
    public Settings settings() {
        return new Settings(target.get(), name(theme.get()), scale.get(), engineThreads.get(), keepRunsDays.get(), keepRuns.get(),
                backupFolder.get(), saved.network());
    }

    /// Asks again what can be a target.
    public void refresh() {
        background.run(() -> local.models().stream().map(model -> new Target(Target.LOCAL, model.name()).toString()).toList(),
                found -> {
                    for (var name : found) if (!targets.contains(name)) targets.add(name);
                    targets.removeIf(name -> !found.contains(name) && !name.equals(target.get()));
                }, this::show);
    }

    /// Ends the engine's process, so that the next run starts it with the settings of now.
    public void restartEngine() {
        background.run("Ending the local engine", _ -> {
            engine.restart();
            return true;
        }, _ -> restartNeeded.set(false), this::show);
    }

    private void changed() {
        if (!saving.running().get()) save();
    }

    private void save() {
        var now = settings();
        if (now.equals(saved)) return;
        saving = background.run(() -> {
            save.accept(now);
            return now;
        }, this::saved, this::show);
    }

    private void saved(Settings kept) {
        saved = kept;
        savedAt.set(Optional.of(clock.instant()));
        problem.set(Optional.empty());
        save(); // what changed meanwhile
    }

    private void show(Problem now) {
        problem.set(Optional.of(now));
    }

    private void heard(EngineState state) {
        var runs = !(state instanceof EngineState.Stopped || state instanceof EngineState.Failed);
        engineRuns.set(runs);
        if (!runs) restartNeeded.set(false);
    }

    public ObjectProperty<Theme> theme() {
        return theme;
    }

    /// Percent, 100 to 200.
    public IntegerProperty scale() {
        return scale;
    }

    /// Where a prompt goes that names none: `server/model`.
    public StringProperty target() {
        return target;
    }

    /// 0: as many as fit this machine.
    public IntegerProperty engineThreads() {
        return engineThreads;
    }

    /// One of [#KEEP_DAYS], or what the settings file says.
    public IntegerProperty keepRuns() {
        return keepRuns;
    }

    public IntegerProperty keepRunsDays() {
        return keepRunsDays;
    }

    /// Where backups go; empty: the workspace's own folder.
    public StringProperty backupFolder() {
        return backupFolder;
    }

    /// What [#target] can be.
    public ObservableList<String> targets() {
        return targets;
    }

    /// When a change was last saved; empty before the first.
    public ReadOnlyObjectProperty<Optional<Instant>> savedAt() {
        return savedAt.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Problem>> problem() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty engineRuns() {
        return engineRuns.getReadOnlyProperty();
    }

    /// Whether the engine runs with other settings than those of now.
    public ReadOnlyBooleanProperty restartNeeded() {
        return restartNeeded.getReadOnlyProperty();
    }

    @Override
    public void close() {
        subscription.close();
    }
}
