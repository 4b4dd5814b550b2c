package pilothouse.cli.bench.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import pilothouse.problems.ProblemException;
import pilothouse.runs.Run;
import pilothouse.runs.RunFilter;
import pilothouse.runs.RunRepository;
import pilothouse.store.Compaction;
import pilothouse.store.H2Store;
import pilothouse.store.Progress;

/// Measures the runs' file: filling, filtering, forgetting, and 500 runs a second beside saves.
final class RunProbe {
    private static final int AT_ONCE = 1_000;
    private static final int FORGET_EVERY = 100_000;
    private static final double MOST_DEAD = 0.5;
    private static final long LEAST_COMPACTED = 1L << 30;
    private static final int PAGE = 50;
    private static final int READS = 100;
    private static final int A_SECOND = 500;
    private static final long BETWEEN_SAVES_NANOS = 100_000_000;
    private static final double FILTER_MILLIS = 300;

    private final Path folder;
    private final RunLoad load;
    private final Figures figures;

    RunProbe(Path folder, RunLoad load, Figures figures) {
        this.folder = folder;
        this.load = load;
        this.figures = figures;
    }

    /// As the program does: old runs go now and then, and the file is compacted when half of it is dead.
    void fill(RunRepository runs, H2Store file, StoreSizes sizes, StoreLoad.Told told) {
        if (runs.count(RunFilter.ALL) >= Math.min(sizes.runs(), sizes.keepRuns())) return; // an earlier bench's
        long start = System.nanoTime();
        int compacted = 0;
        for (int stored = 0; stored < sizes.runs(); stored += AT_ONCE) {
            runs.addAll(IntStream.range(0, Math.min(AT_ONCE, sizes.runs() - stored)).mapToObj(_ -> load.run()).toList());
            told.loaded(stored);
            if ((stored / AT_ONCE + 1) % (FORGET_EVERY / AT_ONCE) > 0) continue;
            runs.forget(Instant.EPOCH, sizes.keepRuns());
            if (compact(file)) compacted++;
        }
        figures.add("runs filled in", "runs/s", sizes.runs() * 1e9 / (System.nanoTime() - start));
        figures.add("compactions meanwhile", "", compacted);
        figures.add("size of runs.mv.db", "MB", StoreProbe.bytes(folder.resolve("runs.mv.db")) / 1e6);
    }

    private boolean compact(H2Store file) {
        if (StoreProbe.bytes(folder.resolve("runs.mv.db")) < LEAST_COMPACTED || file.deadShare() < MOST_DEAD) return false;
        try {
            Files.delete(new Compaction(file, InstantSource.system()).run(Progress.NONE).old());
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void filters(RunRepository runs) {
        Map<String, Supplier<RunFilter>> filters = Map.of(
                "all", () -> RunFilter.ALL,
                "of a prompt", () -> RunFilter.ofPrompt(load.prompt()),
                "of a version", () -> new RunFilter(Optional.of(load.prompt()), OptionalInt.of(3), Optional.empty(), Optional.empty()),
                "of a target", () -> new RunFilter(Optional.empty(), OptionalInt.empty(), Optional.of(load.target()), Optional.empty()),
                "failed", () -> new RunFilter(Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.of("failed")),
                "failed of a prompt", () -> new RunFilter(Optional.of(load.prompt()), OptionalInt.empty(), Optional.empty(), Optional.of("failed")),
                "failed of a target", () -> new RunFilter(Optional.empty(), OptionalInt.empty(), Optional.of(load.target()), Optional.of("failed")),
                "of a prompt at a target", () -> new RunFilter(Optional.of(load.prompt()), OptionalInt.empty(), Optional.of(load.target()), Optional.empty()));
        filters.keySet().stream().sorted().forEach(name -> {
            var filter = filters.get(name);
            figures.times("page of runs, " + name, StoreProbe.times(READS, _ -> Figures.millis(() ->
                    runs.page(filter.get(), OptionalLong.empty(), PAGE))), Optional.of(FILTER_MILLIS));
        });
    }

    void forget(RunRepository runs, int most) {
        figures.add("forgetting old runs", "ms", Figures.millis(() -> runs.forget(Instant.EPOCH, most)));
    }

    /// Stores 500 runs a second, each from a thread of its own as a gateway does, and saves a version ten times a second.
    void traffic(RunRepository runs, MeasuredStore store, StoreProbe saves, int seconds, StoreLoad.Told told) {
        var made = IntStream.range(0, Math.min(seconds * A_SECOND, 20 * A_SECOND)).mapToObj(_ -> load.run()).toList();
        var kept = new ConcurrentLinkedQueue<Double>();
        var lost = new ConcurrentLinkedQueue<RuntimeException>();
        var saved = new ArrayList<Double>();
        long before = StoreProbe.bytes(folder.resolve("runs.mv.db"));
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(seconds);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sender = Thread.ofVirtual().start(() -> send(made, runs, threads, start, seconds, kept, lost));
            for (long next = start; next < end; next += BETWEEN_SAVES_NANOS) {
                LockSupport.parkNanos(next - System.nanoTime());
                saved.add(saves.save(store, saves.any()));
                told.loaded(kept.size());
            }
            sender.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException("The bench was stopped", folder.toString(), "");
        }
        if (!lost.isEmpty()) throw new ProblemException(lost.size() + " runs could not be stored: " + lost.peek().getMessage(), folder.toString(), "");
        figures.add("runs stored beside saves", "runs/s", kept.size() * 1e9 / (System.nanoTime() - start));
        figures.times("run kept, at 500/s", List.copyOf(kept), Optional.empty());
        figures.times("save, at 500 runs/s", saved, Optional.of(40.0));
        figures.hold("save, at 500 runs/s, p50", Figures.quantile(saved, 0.5), 8, "ms");
        figures.add("runs.mv.db grew, at 500/s", "KB/run", (StoreProbe.bytes(folder.resolve("runs.mv.db")) - before) / 1e3 / kept.size());
    }

    private static void send(List<Run> made, RunRepository runs, Executor threads, long start, int seconds,
            ConcurrentLinkedQueue<Double> kept, ConcurrentLinkedQueue<RuntimeException> lost) {
        for (int i = 0; i < seconds * A_SECOND; i++) {
            LockSupport.parkNanos(start + i * (1_000_000_000L / A_SECOND) - System.nanoTime());
            var run = made.get(i % made.size());
            boolean again = i >= made.size(); // the same record under another id
            threads.execute(() -> {
                try {
                    kept.add(Figures.millis(() -> runs.add(again ? RunLoad.again(run) : run)));
                } catch (RuntimeException e) {
                    lost.add(e);
                }
            });
        }
    }
}
