package pilothouse.cli.bench.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import pilothouse.cli.bench.Ratio;
import pilothouse.prompts.PromptId;

/// Measures a store of one size: opening, lists, histories, searching, saving, heap and files.
final class StoreProbe {
    private static final int OPENINGS = 3;
    private static final int READS = 200;
    private static final int PAGE = 100;
    private static final int HITS = 20;

    private final Path folder;
    private final StoreLoad load;
    private final StoreText text;
    private final Figures figures;

    StoreProbe(Path folder, StoreLoad load, StoreText text, Figures figures) {
        this.folder = folder;
        this.load = load;
        this.text = text;
        this.figures = figures;
    }

    /// How long the store takes to open, from closed files to the list of prompts.
    void openings(String size) {
        var times = times(OPENINGS, _ -> Figures.millis(() -> {
            try (var store = MeasuredStore.open(folder)) {
                if (store.prompts().list().isEmpty()) throw new IllegalStateException("The store is empty");
            }
        }));
        figures.add("open, list and close" + size, "ms", times);
        figures.hold("open" + size, Figures.quantile(times, 0.5), 3_000, "ms");
    }

    void reads(MeasuredStore store, String size) {
        figures.add("list of prompts" + size, "ms", times(10, _ -> Figures.millis(() -> store.prompts().list())));
        figures.times("page of a history" + size, times(READS, _ -> Figures.millis(() -> store.prompts().log(any(), Integer.MAX_VALUE, PAGE))), Optional.of(50.0));
        var longest = load.prompts().getFirst();
        figures.times("page within %,d versions".formatted(load.head(longest)) + size, times(READS, _ -> Figures.millis(() ->
                store.prompts().log(longest, 1 + text.random().nextInt(load.head(longest)), PAGE))), Optional.of(50.0));
    }

    void searches(MeasuredStore store, String size) {
        times(READS / 4, i -> search(store, i)); // warm up
        figures.times("search" + size, times(READS, i -> search(store, i)), Optional.of(200.0));
    }

    /// In turns two words, half a word, words in a row, and a word in every version.
    private double search(MeasuredStore store, int i) {
        var typed = switch (i % 4) {
            case 0 -> text.word() + " " + text.word() + " ";
            case 1 -> text.word() + " " + text.word().substring(0, 2);
            case 2 -> "\"" + text.word() + " " + text.word() + "\"";
            default -> text.word() + " author:bench ";
        };
        return Figures.millis(() -> store.search().find(typed, HITS, i % 4 == 3));
    }

    /// Saves one by one, and the same bytes to a plain file after each.
    ///
    /// @return how a save compares with the plain file
    Ratio saves(MeasuredStore store, int saves, String size) {
        var ours = new ArrayList<Double>();
        var peer = new ArrayList<Double>();
        try (var plain = new ForcedAppend(folder.resolve("plain"))) {
            for (int i = 0; i < saves; i++) {
                var draft = load.draft(any(), 0);
                ours.add(save(store, draft.prompt()));
                peer.add(Figures.millis(() -> plain.append(draft.text().getBytes(StandardCharsets.UTF_8))));
            }
        }
        var saved = figures.times("save" + size, ours, Optional.of(40.0));
        figures.hold("save" + size + ", p50", Figures.quantile(ours, 0.5), 8, "ms");
        return new Ratio("save / plain forced append" + size, saved, figures.add("plain forced append" + size, "ms", peer));
    }

    double save(MeasuredStore store, PromptId prompt) {
        var draft = load.draft(prompt, load.head(prompt));
        double millis = Figures.millis(() -> store.prompts().save(draft));
        load.saved(prompt);
        return millis;
    }

    PromptId any() {
        return load.prompts().get(text.random().nextInt(load.prompts().size()));
    }

    void memoryAndFiles(String size) {
        System.gc();
        var heap = Runtime.getRuntime();
        double used = (heap.totalMemory() - heap.freeMemory()) / 1e6;
        figures.add("heap in use" + size, "MB", used);
        figures.hold("heap" + size, used, 300, "MB");
        for (var part : List.of("pilothouse.mv.db", "journal", "search"))
            figures.add("size of " + part + size, "MB", bytes(folder.resolve(part)) / 1e6);
    }

    static long bytes(Path path) {
        try (var files = Files.walk(path)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As part of a figure's name.
    static String size(int versions) {
        return String.format(Locale.ROOT, ", %,d versions", versions);
    }

    static List<Double> times(int n, IntToDoubleFunction work) {
        return IntStream.range(0, n).mapToObj(work::applyAsDouble).toList();
    }
}
