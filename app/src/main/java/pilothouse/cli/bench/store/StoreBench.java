package pilothouse.cli.bench.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import pilothouse.cli.Console;
import pilothouse.cli.ProgressBar;
import pilothouse.cli.Version;
import pilothouse.cli.bench.Bench;
import pilothouse.cli.bench.BenchOptions;
import pilothouse.cli.bench.BenchReport;
import pilothouse.cli.bench.Machine;
import pilothouse.cli.bench.Ratio;
import pilothouse.runs.RunRepository;

/// The store at several sizes: opening, histories, full text, durable saves against a plain forced append of the same
/// bytes, memory, files; then the runs' file: filters, forgetting, 500 runs a second beside saves. All in a folder of
/// its own on the workspace's disk, which it deletes.
public final class StoreBench implements Bench {
    private static final String KEPT = "bench-store"; // of its own, so that no one's store is ever filled

    private final Supplier<Path> workspace;

    /// @param workspace folder on whose disk is measured
    public StoreBench(Supplier<Path> workspace) {
        this.workspace = workspace;
    }

    @Override
    public String topic() {
        return "store";
    }

    @Override
    public String description() {
        return "the store: open, history, search, save, runs; --set versions=N, prompts=N, runs=N, keep-runs=N, saves=N, runs-seconds=N, folder=PATH";
    }

    @Override
    public BenchReport run(Console console, BenchOptions options) {
        var sizes = StoreSizes.of(options);
        double load = Machine.load();
        var kept = Optional.ofNullable(options.values().get("folder")).map(path -> console.terminal().resolve(Path.of(path)).resolve(KEPT));
        var folder = folder(kept);
        var figures = new Figures();
        var ratios = new ArrayList<Ratio>();
        try (var bar = console.progress("Measuring")) {
            measure(folder, sizes, figures, ratios, bar);
        } finally {
            if (kept.isEmpty()) delete(folder);
        }
        var versions = new LinkedHashMap<String, String>();
        versions.put("Pilothouse", Version.text());
        versions.put("sizes", "%,d versions of 1 KB in %,d prompts, %,d runs".formatted(sizes.versions(), sizes.prompts(), sizes.runs()));
        return new BenchReport(topic(), Machine.here(), load, Machine.load(), versions, figures.measurements(), ratios, figures.verdicts());
    }

    /// Where the measured store lies: in the named folder, else in one that is gone afterwards.
    private Path folder(Optional<Path> kept) {
        try {
            return kept.isPresent() ? Files.createDirectories(kept.get()) : Files.createTempDirectory(workspace.get(), "bench-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void measure(Path folder, StoreSizes sizes, Figures figures, List<Ratio> ratios, ProgressBar bar) {
        var text = new StoreText();
        var load = new StoreLoad(text, sizes);
        var probe = new StoreProbe(folder, load, text, figures);
        try (var store = MeasuredStore.open(folder)) {
            load.takeUp(store);
        }
        for (int versions : sizes.stepsFrom(load.loaded())) {
            var size = StoreProbe.size(versions);
            try (var store = MeasuredStore.open(folder)) {
                figures.add("filled up" + size, "s", Figures.millis(() -> load.fill(store, versions,
                        now -> bar.show((double) now / sizes.versions(), "%,d versions".formatted(now)))) / 1e3);
                figures.add("search index brought up" + size, "s", Figures.millis(() -> store.search().update(building ->
                        bar.show((double) building.done() / building.all(), "%,d prompts indexed".formatted(building.done())))) / 1e3);
            }
            probe.openings(size);
            try (var store = MeasuredStore.open(folder)) {
                figures.add("search index compared" + size, "s", Figures.millis(() -> store.search().update()) / 1e3);
                probe.reads(store, size);
                probe.searches(store, size);
                ratios.add(probe.saves(store, sizes.saves(), size));
                probe.memoryAndFiles(size);
            }
        }
        runs(folder, sizes, figures, probe, new RunLoad(text, load.prompts()), bar);
    }

    private static void runs(Path folder, StoreSizes sizes, Figures figures, StoreProbe probe, RunLoad load, ProgressBar bar) {
        var runProbe = new RunProbe(folder, load, figures);
        try (var store = MeasuredStore.open(folder); var file = MeasuredStore.openRuns(folder)) {
            var runs = new RunRepository(file);
            runProbe.fill(runs, file, sizes, now -> bar.show((double) now / sizes.runs(), "%,d runs".formatted(now)));
            runProbe.filters(runs);
            runProbe.forget(runs, Math.min(sizes.keepRuns(), Math.max(1, sizes.runs() * 9 / 10)));
            runProbe.traffic(runs, store, probe, sizes.runsSeconds(), now -> bar.show(0.99, "%,d runs beside saves".formatted(now)));
            probe.memoryAndFiles(", with runs");
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
