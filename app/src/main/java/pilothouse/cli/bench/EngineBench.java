package pilothouse.cli.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Supplier;
import pilothouse.cli.Console;
import pilothouse.cli.EngineProgress;
import pilothouse.cli.Version;
import pilothouse.local.EngineProcess;
import pilothouse.local.ModelEncoders;
import pilothouse.local.ModelLibrary;
import pilothouse.local.ModelLoad;
import pilothouse.problems.ProblemException;

/// The local engine: decode and prefill speed, time to first token with and without the prefix cache, all tokens of
/// several streams together, load time and memory, in its precisions, against llama.cpp's own benchmark on the same file if that is at hand, else against the
/// engine's own bf16. All are taken in turns, so that a busy machine disturbs them alike.
public final class EngineBench implements Bench {
    private static final int REPETITIONS = 6;
    private static final String STREAMS = "1,4,8,16";
    private static final List<String> PRECISIONS = List.of("int4", "bf16");

    private final Supplier<EngineProcess> engine;
    private final Supplier<ModelLibrary> models;

    public EngineBench(Supplier<EngineProcess> engine, Supplier<ModelLibrary> models) {
        this.engine = engine;
        this.models = models;
    }

    @Override
    public String topic() {
        return "engine";
    }

    @Override
    public String description() {
        return "the local engine: decode, prefill, TTFT, streams, load, memory; --set peer=/path/to/llama-bench, repetitions=N, model=NAME, streams=1,4,8,16";
    }

    @Override
    public BenchReport run(Console console, BenchOptions options) {
        options.allow("model", "peer", "repetitions", "streams");
        double load = Machine.load();
        var file = models.get().find(options.text("model", ModelLibrary.EMBEDDED));
        int repetitions = options.number("repetitions", REPETITIONS);
        var streams = options.numbers("streams", STREAMS);
        var peer = Optional.ofNullable(options.values().get("peer")).map(path -> new LlamaBench(console.terminal().resolve(Path.of(path)), file.path()));
        var values = new LinkedHashMap<String, List<Double>>();
        try (var _ = EngineProgress.on(console, engine.get())) {
            loads(file.path(), repetitions, values);
            var probe = new EngineProbe(engine.get(), new ModelEncoders(models.get()).of(file));
            for (var precision : PRECISIONS) probe.warmUp(precision);
            try (var bar = console.progress("Measuring")) {
                for (int i = 0; i < repetitions; i++) {
                    for (var precision : PRECISIONS) {
                        bar.show((double) i / repetitions, precision);
                        probe.measure(precision).forEach((name, value) -> add(values, name, value));
                        for (int count : streams) add(values, total(count, precision) + "|tokens/s", probe.tokensPerSecond(precision, count));
                    }
                    if (peer.isPresent()) {
                        bar.show((double) i / repetitions, "llama.cpp");
                        peer.get().measure().forEach((name, value) -> add(values, name, value));
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException("The bench was stopped", topic(), "");
        }
        return report(load, file.path(), values, streams, peer);
    }

    private static String total(int streams, String precision) {
        return "all of %d streams, %s".formatted(streams, precision);
    }

    /// Loads the model in each precision some times and leaves it loaded in all of them.
    private void loads(Path file, int repetitions, Map<String, List<Double>> values) throws InterruptedException {
        for (int i = 0; i < repetitions; i++)
            for (var precision : PRECISIONS) {
                engine.get().unload(precision);
                if (i == 0) engine.get().load(new ModelLoad("warm", file, Optional.of(precision), OptionalInt.of(EngineProbe.CONTEXT)));
                engine.get().unload("warm");
                double before = EngineProbe.residentBytes(engine.get());
                long start = System.nanoTime();
                engine.get().load(new ModelLoad(precision, file, Optional.of(precision), OptionalInt.of(EngineProbe.CONTEXT)));
                add(values, "load, " + precision + "|s", (System.nanoTime() - start) / 1e9);
                if (i == 0) add(values, "memory it takes, " + precision + "|MB", (EngineProbe.residentBytes(engine.get()) - before) / 1e6);
            }
        add(values, "memory of the process|MB", EngineProbe.residentBytes(engine.get()) / 1e6);
    }

    private static void add(Map<String, List<Double>> values, String name, double value) {
        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    /// What the engine gains over itself: by several streams at once, and by the prefix cache.
    private static List<Ratio> ownRatios(Map<String, Measurement> measurements, List<Integer> streams) {
        var ratios = new ArrayList<Ratio>();
        for (var precision : PRECISIONS) {
            var one = measurements.get(total(streams.getFirst(), precision));
            for (int count : streams.subList(1, streams.size()))
                ratios.add(new Ratio("%s / %d".formatted(total(count, precision), streams.getFirst()), measurements.get(total(count, precision)), one));
            ratios.add(new Ratio("decode by a schema / decode, " + precision, measurements.get("decode by a schema, " + precision),
                    measurements.get("decode, " + precision)));
            for (int tokens : EngineProbe.LONG_PROMPTS) {
                var after = "TTFT after " + tokens + " tokens";
                ratios.add(new Ratio(after + ", computed / kept, " + precision, measurements.get(after + ", " + precision),
                        measurements.get(after + " in the prefix cache, " + precision)));
            }
        }
        return ratios;
    }

    private BenchReport report(double load, Path file, Map<String, List<Double>> values, List<Integer> streams,
            Optional<LlamaBench> peer) {
        var measurements = new TreeMap<String, Measurement>();
        values.forEach((name, all) -> {
            var parts = name.split("\\|");
            measurements.put(parts[0], new Measurement(parts[0], parts[1], all));
        });
        var other = peer.isPresent() ? "llama.cpp" : "bf16";
        var ratios = new ArrayList<Ratio>();
        for (var what : List.of("decode", "prefill"))
            ratios.add(new Ratio(what + ", int4 / " + other, measurements.get(what + ", int4"), measurements.get(what + ", " + other)));
        ratios.addAll(ownRatios(measurements, streams));
        var versions = new LinkedHashMap<String, String>();
        versions.put("Pilothouse", Version.text());
        versions.put("model", file.getFileName().toString());
        peer.ifPresent(llama -> versions.put("llama.cpp", llama.version()));
        return new BenchReport(topic(), Machine.here(), load, Machine.load(), versions, List.copyOf(measurements.values()), ratios,
                peer.isPresent() ? List.of() : List.of("No peer was named: the ratios compare with the engine's own bf16. "
                        + "--set peer=/path/to/llama-bench compares with llama.cpp."));
    }
}
