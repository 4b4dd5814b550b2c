package pilothouse.runs;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pilothouse.messages.Message;
import pilothouse.metrics.MetricFeed;
import pilothouse.problems.Problem;
import pilothouse.runtime.FinishReason;
import pilothouse.runtime.Generation;
import pilothouse.runtime.GenerationEvent;
import pilothouse.runtime.GenerationEvent.Finished;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Targets;
import pilothouse.safety.DataPolicy;
import pilothouse.safety.OutputFilter;
import pilothouse.safety.SecretRule;
import pilothouse.secrets.Keyring;
import pilothouse.store.UuidV7;

/// Sends requests. The only place that knows the order: render, count, policy, generate, clock,
/// filter, record. Safe for use from any number of threads.
public final class Runner {
    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);

    /// What measures a run.
    ///
    /// @param nanos  time that only goes forward, such as [System#nanoTime]
    /// @param random draws seeds and ids
    public record Instruments(InstantSource clock, LongSupplier nanos, RandomGenerator random) {}

    private final Targets targets;
    private final BudgetCheck budget;
    private final DataPolicy policy;
    private final Keyring keyring;
    private final RunRepository runs;
    private final MetricFeed feed;
    private final Instruments instruments;
    private final UuidV7 ids;

    public Runner(Targets targets, BudgetCheck budget, Keyring keyring, RunRepository runs, MetricFeed feed,
            Instruments instruments) {
        this.targets = targets;
        this.budget = budget;
        this.keyring = keyring;
        this.runs = runs;
        this.feed = feed;
        this.instruments = instruments;
        policy = new DataPolicy(this::secrets);
        ids = new UuidV7(instruments.clock(), instruments.random());
    }

    /// Sends one request and keeps its record, which is durable when this returns; if it could not be
    /// stored, [Run#notStored] says why. Blocks: call it on a virtual thread, interrupt it to cancel.
    /// A run that fails or is cancelled is returned, not thrown.
    ///
    /// @param shown gets every event that is safe to show, on this thread; if it throws, the run fails
    public Run run(RunRequest request, Consumer<GenerationEvent> shown) {
        return run(request, () -> {}, shown);
    }

    /// The same, and tells when the request is handed to its target: from there its [Timings] count.
    ///
    /// @param sent called on this thread, once, unless the run fails before
    public Run run(RunRequest request, Runnable sent, Consumer<GenerationEvent> shown) {
        var recording = new RunRecording(new RunId(ids.next()), request, instruments.clock(), instruments.nanos());
        try {
            generate(request, recording, sent, shown);
        } catch (RuntimeException e) {
            if (Thread.interrupted()) cancelled(recording, shown); // used up, as a generation does
            else recording.failed(Problem.of(e));                  // a failed run is a run: stored, counted, shown
        }
        return keep(recording.finish());
    }

    private void generate(RunRequest request, RunRecording recording, Runnable sent, Consumer<GenerationEvent> shown) {
        var messages = recording.span(Span.RENDER, () -> messages(request));
        var sampling = seeded(request.source().sampling().overriddenBy(request.sampling()));
        var service = request.service().withForm(request.service().form().or(request.source()::form));
        recording.span(Span.COUNT, () -> budget.check(request.target(), messages, sampling))
                .ifPresent(count -> recording.counted(count.tokens()));
        recording.span(Span.POLICY, () -> policy.check(messages, request.target()));
        var runtime = targets.open(request.target());
        var model = request.target().model();
        recording.span(Span.PREPARE, () -> runtime.prepare(model));
        sent.run();
        try (Generation generation = recording.sending(messages, sampling, () -> runtime.generate(model, messages, sampling, service))) {
            stream(generation, recording, shown);
        }
    }

    private void stream(Generation generation, RunRecording recording, Consumer<GenerationEvent> shown) {
        var filter = new OutputFilter(secrets()); // only now: opening a target may have made a secret
        try {
            for (GenerationEvent event : generation) {
                recording.saw(event);             // clocks each event as it came
                show(filter.release(event), recording, shown);
            }
        } finally {                               // a failed answer keeps what came of it
            recording.withheld(filter.withheld());
            show(filter.drain(), recording, shown);
        }
    }

    private static void show(List<GenerationEvent> safe, RunRecording recording, Consumer<GenerationEvent> shown) {
        for (var event : safe) {
            recording.shown(event);
            shown.accept(event);
        }
    }

    /// For an interrupt that came where no generation could turn it into its end.
    private static void cancelled(RunRecording recording, Consumer<GenerationEvent> shown) {
        if (recording.isFinished()) return;
        var end = new Finished(FinishReason.CANCELLED);
        recording.saw(end);
        try {
            shown.accept(end);
        } catch (RuntimeException e) {
            recording.failed(Problem.of(e));
        }
    }

    private Run keep(Run raw) {
        var run = StoredRun.masked(raw, secrets());
        feed.add(run.samples());
        try {
            runs.add(run);
            return run;
        } catch (RuntimeException e) {
            LOG.error("Run {} could not be stored", run.id(), e);
            return run.withNotStored(Problem.of(e));
        }
    }

    private static List<Message> messages(RunRequest request) {
        var all = new ArrayList<>(request.source().render(request.values()));
        all.addAll(request.extraMessages());
        return List.copyOf(all);
    }

    /// A seed is always sent, so that the run can be repeated; 31 bits, which every server takes.
    private Sampling seeded(Sampling sampling) {
        return sampling.seed().isPresent() ? sampling
                : sampling.withSeed(instruments.random().nextInt(Integer.MAX_VALUE));
    }

    private SecretRule secrets() {
        return SecretRule.of(keyring.known());
    }
}
