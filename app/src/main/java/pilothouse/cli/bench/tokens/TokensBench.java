package pilothouse.cli.bench.tokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import pilothouse.cli.Console;
import pilothouse.cli.Version;
import pilothouse.cli.bench.Bench;
import pilothouse.cli.bench.BenchOptions;
import pilothouse.cli.bench.BenchReport;
import pilothouse.cli.bench.Machine;
import pilothouse.cli.bench.Measurement;
import pilothouse.cli.bench.Ratio;
import pilothouse.local.ModelEncoders;
import pilothouse.local.ModelLibrary;
import pilothouse.local.PromptCounter;
import pilothouse.modelfiles.GgufFile;
import pilothouse.runtime.Target;
import pilothouse.tokens.Specials;
import pilothouse.tokens.TokenCounter;

/// Counting with the embedded model's tokenizer: a long text for the first time, a prompt while it is typed, and whole texts in
/// turns with HuggingFace's `tokenizers` through DJL, where its jar is given.
public final class TokensBench implements Bench {
    private static final int LONG = 1_000_000;
    private static final int PROMPT = 100_000;

    private final Supplier<ModelLibrary> models;

    public TokensBench(Supplier<ModelLibrary> models) {
        this.models = models;
    }

    @Override
    public String topic() {
        return "tokens";
    }

    @Override
    public String description() {
        return "token counts: first count of 1 MB, key press to count at 100 KB, against HuggingFace tokenizers; --set keys=N, rounds=N, peer=JAR (ai.djl.huggingface:tokenizers)";
    }

    @Override
    public BenchReport run(Console console, BenchOptions options) {
        options.allow("keys", "rounds", "peer");
        int keys = options.number("keys", 2000);
        int rounds = options.number("rounds", 15);
        double load = Machine.load();
        var encoders = new ModelEncoders(models.get());
        var tokenizer = encoders.of(ModelLibrary.EMBEDDED).tokenizer();
        var samples = new SampleText(tokenizer);
        var measured = new ArrayList<Measurement>();
        var ratios = new ArrayList<Ratio>();
        var remarks = new ArrayList<String>();
        var first = new ArrayList<Double>();
        for (int i = 0; i < 5; i++) first.add(seconds(new TokenCounter(tokenizer), samples.of(LONG, i)) * 1000);
        measured.add(new Measurement("first count of 1 MB, first of this process", "ms", List.of(first.getFirst())));
        measured.add(new Measurement("first count of 1 MB, later texts", "ms", first.subList(1, first.size())));
        typing(new PromptCounter(encoders, _ -> Optional.empty()), samples, keys, measured, remarks);
        var peer = options.text("peer", "");
        if (peer.isEmpty()) remarks.add("No peer: give the jar of ai.djl.huggingface:tokenizers with --set peer=JAR.");
        else compare(console.terminal().resolve(Path.of(peer)), samples, encoders, rounds, measured, ratios, remarks);
        var versions = new LinkedHashMap<String, String>();
        versions.put("Pilothouse", Version.text());
        versions.put("vocabulary", ModelLibrary.EMBEDDED);
        if (!peer.isEmpty()) versions.put("peer", Path.of(peer).getFileName().toString());
        return new BenchReport(topic(), Machine.here(), load, Machine.load(), versions, measured, ratios, remarks);
    }

    private static double seconds(TokenCounter counter, String text) {
        long start = System.nanoTime();
        counter.count(text, Specials.AS_TEXT);
        return (System.nanoTime() - start) / 1e9;
    }

    private static void typing(PromptCounter counter, SampleText samples, int keys, List<Measurement> measured, List<String> remarks) {
        var probe = new TypingProbe(counter, new Target(Target.LOCAL, ModelLibrary.EMBEDDED), samples.of(PROMPT, 99));
        probe.type(Math.min(keys, 300)); // as a person's first words: the code warms up
        var times = probe.type(keys);
        measured.add(milliseconds("key press to count, 100 KB (read, check, render, count)", times.whole()));
        measured.add(milliseconds("of which counting", times.counting()));
        remarks.add("Key press to count at 100 KB: p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms of %d keys; counting alone p99 %.2f ms."
                .formatted(quantile(times.whole(), 0.5), quantile(times.whole(), 0.99), quantile(times.whole(), 0.999), keys, quantile(times.counting(), 0.99)));
    }

    private static Measurement milliseconds(String name, List<Double> seconds) {
        return new Measurement(name, "ms", seconds.stream().map(it -> it * 1000).toList());
    }

    private static double quantile(List<Double> seconds, double q) {
        var sorted = seconds.stream().mapToDouble(it -> it * 1000).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)];
    }

    private void compare(Path jar, SampleText samples, ModelEncoders encoders, int rounds, List<Measurement> measured, List<Ratio> ratios, List<String> remarks) {
        var tokenizer = encoders.of(ModelLibrary.EMBEDDED).tokenizer();
        var folder = folder();
        try (var file = GgufFile.open(models.get().find(ModelLibrary.EMBEDDED).path()); var peer = new HuggingFacePeer(jar, folder, file.vocabulary())) {
            var ours = new ArrayList<Double>();
            var theirs = new ArrayList<Double>();
            boolean same = true;
            for (int round = -2; round < rounds; round++) { // two to warm up
                var text = samples.of(LONG, 1000 + round);
                long start = System.nanoTime();
                var own = tokenizer.encode(text, Specials.AS_TEXT);
                long between = System.nanoTime();
                var other = peer.encode(text);
                long end = System.nanoTime();
                same &= Arrays.equals(own, other);
                if (round < 0) continue;
                ours.add(LONG / ((between - start) / 1e3));
                theirs.add(LONG / ((end - between) / 1e3));
            }
            var own = new Measurement("encode 1 MB, one thread", "M letters/s", ours);
            var other = new Measurement("HuggingFace tokenizers through DJL", "M letters/s", theirs);
            measured.addAll(List.of(own, other));
            ratios.add(new Ratio("encode, against HuggingFace tokenizers", own, other));
            remarks.add("Ids of both: " + (same ? "the same in all texts." : "NOT the same in all texts."));
        } finally {
            delete(folder);
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("pilothouse-bench-tokens");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
