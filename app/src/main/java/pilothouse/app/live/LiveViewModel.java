package pilothouse.app.live;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import pilothouse.app.charts.TimeWindow;
import pilothouse.app.charts.Unit;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.Job;
import pilothouse.local.EngineControl;
import pilothouse.local.EngineProcess;
import pilothouse.metrics.Metric;
import pilothouse.metrics.MetricFeed;
import pilothouse.metrics.Sample;
import pilothouse.problems.Problem;
import pilothouse.runs.RunRepository;

/// What the board shows, once a second while it is open: what came is read in the background, and the local
/// engine is asked for its state. A pause stops reading, not recording. FX thread only.
public final class LiveViewModel {
    private static final Duration PULSE = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofMinutes(2);

    private final Background background;
    private final MetricFeed feed;
    private final RunRepository runs;
    private final EngineProcess engine;
    private final InstantSource clock;
    private final TimeWindow window;
    private final ObjectProperty<TimeRange> range = new SimpleObjectProperty<>(TimeRange.HOUR);
    private final ReadOnlyObjectWrapper<Optional<LiveBoard>> board = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper state = new ReadOnlyStringWrapper("");
    private final AtomicLong runsSeen = new AtomicLong();
    private volatile BoardQuery query;
    private Optional<MetricFeed.Subscription> listening = Optional.empty();
    private Job reading = Job.NONE;
    private Job asking = Job.NONE;
    private Job pulse = Job.NONE;
    private boolean engineRuns;
    private boolean stale = true;
    private Instant pausedAt = Instant.EPOCH;
    private long seenAtPause;

    public LiveViewModel(Background background, MetricFeed feed, RunRepository runs, EngineProcess engine, InstantSource clock) {
        this.background = background;
        this.feed = feed;
        this.runs = runs;
        this.engine = engine;
        this.clock = clock;
        window = new TimeWindow(range.get().length(), clock);
        query = new BoardQuery(feed, runs, range.get());
        range.subscribe((_, now) -> choose(now));
        window.paused().subscribe((_, now) -> pause(now));
    }

    /// Begins to follow what comes.
    public void open() {
        if (listening.isPresent()) return;
        listening = Optional.of(feed.listen(this::heard));
        query = new BoardQuery(feed, runs, range.get()); // it heard nothing meanwhile
        stale = true;
        pulse();
    }

    /// Ends it: what the engine says is not asked for while nobody looks.
    public void close() {
        listening.ifPresent(MetricFeed.Subscription::close);
        listening = Optional.empty();
        List.of(pulse, reading, asking).forEach(Job::cancel);
    }

    /// How far the board looks back; the view may set it.
    public ObjectProperty<TimeRange> range() {
        return range;
    }

    /// The time that all charts show.
    public TimeWindow window() {
        return window;
    }

    /// Empty until it was read once.
    public ReadOnlyObjectProperty<Optional<LiveBoard>> board() {
        return board.getReadOnlyProperty();
    }

    /// Why the board is not up to date, or why charts are not kept.
    public ReadOnlyObjectProperty<Optional<Problem>> problem() {
        return problem.getReadOnlyProperty();
    }

    /// In a few words: `live`, `no runs for 4 min`, `paused 12 s, 3 runs missed`.
    public ReadOnlyStringProperty state() {
        return state.getReadOnlyProperty();
    }

    /// Whether the engine answered the last time.
    public boolean engineRuns() {
        return engineRuns;
    }

    /// Stops the picture or lets it go on.
    public void togglePause() {
        window.paused().set(!window.paused().get());
    }

    /// Reads it all again, after a failure.
    public void readAgain() {
        problem.set(Optional.empty());
        query = new BoardQuery(feed, runs, range.get());
        stale = true;
        beat();
    }

    /// What happens each second.
    void beat() {
        window.follow();
        if (!asking.running().get()) ask();
        if (!window.paused().get() && !reading.running().get() && (stale || query.isChanged())) read();
        state.set(stateNow());
    }

    private void pulse() {
        beat();
        pulse = background.after(PULSE, this::pulse);
    }

    /// On the thread of whoever adds.
    private void heard(List<Sample> samples) {
        query.changed(samples);
        runsSeen.addAndGet(samples.stream().filter(sample -> sample.series().metric().equals(Metric.RUNS.name())).count());
    }

    private void ask() {
        var control = engine.control();
        engineRuns = control.isPresent();
        control.ifPresent(it -> asking = background.run(() -> told(it), _ -> {}, _ -> engineRuns = false));
    }

    private int told(EngineControl control) throws InterruptedException {
        var samples = EngineGauges.parse(control.metrics()).samples(clock.instant());
        feed.add(samples);
        return samples.size();
    }

    private void read() {
        var asked = query;
        stale = false;
        reading = background.run(() -> asked.read(clock.instant()), read -> {
            board.set(Optional.of(read));
            problem.set(feed.problem());
            state.set(stateNow());
        }, this::failed);
    }

    private void failed(Problem why) {
        problem.set(Optional.of(why));
        query = new BoardQuery(feed, runs, range.get()); // what the failed one had taken over is lost
    }

    private void choose(TimeRange chosen) {
        reading.cancel();
        query = new BoardQuery(feed, runs, chosen);
        stale = true;
        window.show(chosen.length());
        if (listening.isPresent()) beat();
    }

    private void pause(boolean paused) {
        pausedAt = clock.instant();
        seenAtPause = runsSeen.get();
        if (listening.isPresent()) beat();
    }

    private String stateNow() {
        if (window.paused().get()) {
            var missed = runsSeen.get() - seenAtPause;
            return "paused " + words(Duration.between(pausedAt, clock.instant()))
                    + (missed == 0 ? "" : missed == 1 ? ", 1 run missed" : ", " + Unit.COUNT.format(missed) + " runs missed");
        }
        if (window.zoomed().get()) return "part of the time";
        return board.get().flatMap(LiveBoard::newest).map(newest -> Duration.between(newest, clock.instant()))
                .map(age -> age.compareTo(QUIET) < 0 ? "live" : "no runs for " + words(age)).orElse("no runs yet");
    }

    /// Whole seconds, minutes, hours or days.
    private static String words(Duration age) {
        if (age.toMinutes() < 1) return age.toSeconds() + " s";
        if (age.toHours() < 1) return age.toMinutes() + " min";
        return age.toDays() < 2 ? age.toHours() + " h" : age.toDays() + " days";
    }
}
