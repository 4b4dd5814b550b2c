package pilothouse.prompts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pilothouse.prompts.values.SetOutcome;
import pilothouse.prompts.values.ValueSetName;
import pilothouse.store.JournalContent;
import pilothouse.store.StoreFile;
import pilothouse.store.StoreRepair;

/// A store with something of everything, and how to read all of it, one subject after another.
final class StoredWork {
    static final String UNREADABLE = "unreadable";
    static final String ALL = "all";
    private static final int VERSIONS = 7;
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final ValueSetName BASE = new ValueSetName("base");
    private static final LabelName PRODUCTION = new LabelName("production");

    private static final List<Prompt> PROMPTS = new ArrayList<>();

    private StoredWork() {}

    private static InstantSource clock() {
        var seconds = new AtomicLong();
        return () -> NOON.plusSeconds(seconds.incrementAndGet());
    }

    /// Makes it in `folder`, with as little dead space as H2 can have, so that damage does harm.
    static void make(Path folder) throws SQLException {
        var random = new Random(7);
        PROMPTS.clear();
        try (var store = PromptStore.open(folder, clock(), List.of())) {
            for (var name : List.of("_greeting", "support/reply", "support/refund", "wording/old", "wording/summary")) {
                var prompt = store.prompts().create(new PromptName(name));
                for (int head = 0; head < VERSIONS; head++) {
                    var text = name + " " + head + "\n" + "é👋 text ".repeat(random.nextInt(10, 500));
                    save(store, prompt, head, text);
                    if (head % 2 == 0) store.labels().move(prompt.id(), PRODUCTION, random.nextInt(head + 1) + 1);
                }
                var set = (SetOutcome.Saved) store.values().add(prompt.id(), BASE, Map.of("product", name + "é👋 text ".repeat(random.nextInt(1, 200))));
                if (name.startsWith("support/")) store.values().change(set.set(), BASE, Map.of("product", "another " + name));
                if (name.equals("wording/old")) store.prompts().rename(prompt.id(), new PromptName("wording/new"));
                if (name.equals("wording/summary")) store.prompts().archive(prompt.id(), true);
            }
            PROMPTS.addAll(store.prompts().list());
            PROMPTS.addAll(store.prompts().archived());
        }
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("pilothouse"), "pilothouse", "");
                var statement = connection.createStatement()) {
            statement.execute("shutdown compact");
        }
    }

    static void addVersion(Path folder, String text) {
        try (var store = PromptStore.open(folder, clock(), List.of())) {
            save(store, PROMPTS.getFirst(), VERSIONS, text);
        }
    }

    private static void save(PromptStore store, Prompt prompt, int head, String text) {
        store.prompts().save(new Draft(prompt.id(), BranchName.MAIN, head, text, List.of("greeting"), "m" + head, PromptStore.ADA));
    }

    static StoreRepair repair(Path folder, StoreRepair.Backups backups) {
        return new StoreRepair(folder, StoreFile.work(), clock(), PromptStore.OPERATIONS, List.of(new PromptIntegrity()), backups);
    }

    /// Everything that a user can read, by subject; empty if the store does not open.
    static Map<String, String> read(Path folder) {
        var read = new LinkedHashMap<String, String>();
        PromptStore store;
        try {
            store = PromptStore.open(folder, clock(), List.of());
        } catch (RuntimeException e) {
            return Map.of();
        }
        try {
            for (var prompt : PROMPTS) read(store, prompt, read);
            for (var shown : Stream.concat(store.prompts().list().stream(), store.prompts().archived().stream()).toList())
                if (!PROMPTS.contains(shown)) read.put("prompt " + PROMPTS.stream().filter(it -> it.id().equals(shown.id()))
                        .findFirst().orElse(shown).name(), shown.toString());
        } catch (RuntimeException e) {
            read.put(ALL, UNREADABLE);
        } finally {
            try {
                store.close();
            } catch (RuntimeException e) {
                read.put(ALL, UNREADABLE);
            }
        }
        return read;
    }

    private static void read(PromptStore store, Prompt prompt, Map<String, String> read) {
        var name = prompt.name();
        var id = prompt.id();
        read.put("prompt " + name, attempt(() -> store.prompts().find(name)) + attempt(() -> store.prompts().head(id, BranchName.MAIN)
                .map(PromptVersion::number)));
        for (int number = 1; number <= VERSIONS + 1; number++) {
            int which = number;
            var found = attempt(() -> store.prompts().version(id, which));
            if (number == VERSIONS + 1 && !found.startsWith("Optional[")) continue;
            read.put("prompt " + name + " version " + number, found);
        }
        int moves = 1;
        var moved = "label production of prompt " + name + ", move";
        for (var move : attemptList(moved, read, () -> store.labels().history(id, PRODUCTION).reversed())) read.put(moved + " " + moves++, move);
        read.put("value set " + BASE + " of prompt " + name, attempt(() -> store.values().find(id, BASE).toString() + store.values().of(id)));
        var used = "the use of prompt " + name + " version";
        for (var use : attemptList(used, read, () -> store.prompts().references(id))) {
            var words = use.split("[=,\\[\\]]");
            read.put(used + " " + words[words.length - 1] + " by version " + words[4], use);
        }
    }

    private static String attempt(Supplier<?> read) {
        try {
            return Objects.toString(read.get());
        } catch (RuntimeException e) {
            return UNREADABLE;
        }
    }

    /// What is in a list; one that cannot be read whole is unreadable under the `beginning` of its subjects.
    private static List<String> attemptList(String beginning, Map<String, String> read, Supplier<List<?>> list) {
        try {
            return list.get().stream().map(Object::toString).toList();
        } catch (RuntimeException e) {
            read.put(beginning, UNREADABLE);
            return List.of();
        }
    }

    /// What the journal's records were about that differ in `damaged`.
    static List<String> inDamage(Path golden, byte[] damaged) throws IOException {
        var journal = golden.resolve("journal/2026-11.log");
        var newest = new HashMap<String, Integer>(); // of each value set: an older change left nothing to lose
        for (var entry : JournalContent.touched(journal, new byte[0]))
            if (entry.kind().equals("values.save")) newest.merge(entry.payload().get("id").asString(), entry.payload().get("change").asInt(), Math::max);
        return JournalContent.touched(journal, damaged).stream().filter(entry -> !entry.kind().equals("values.save")
                || newest.get(entry.payload().get("id").asString()) == entry.payload().get("change").asInt()).map(entry -> {
            var payload = entry.payload();
            var id = payload.has("prompt") ? payload.get("prompt").asString() : payload.get("id").asString();
            var name = PROMPTS.stream().filter(it -> it.id().toString().equals(id)).findFirst().orElseThrow().name();
            return switch (entry.kind()) {
                case "prompt.save" -> "prompt " + name + " version " + payload.get("number").asInt();
                case "values.save" -> "value set " + payload.get("name").asString() + " of prompt " + name;
                case "label.move" -> "label production of prompt " + name + ", move " + payload.get("move").asInt();
                default -> "prompt " + name;
            };
        }).distinct().toList();
    }

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.resolve("journal"));
        for (var name : List.of("pilothouse.mv.db", "pilothouse.steps", "journal/2026-11.log"))
            if (Files.exists(from.resolve(name))) Files.copy(from.resolve(name), to.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) Files.delete(file);
        }
    }
}
