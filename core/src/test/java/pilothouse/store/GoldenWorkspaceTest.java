package pilothouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.Draft;
import pilothouse.prompts.LabelName;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptStore;
import pilothouse.prompts.values.SetOutcome;
import pilothouse.prompts.values.ValueSetName;

/// Workspaces as older programs left them, one for each schema that ever was. They are never changed, only added to:
/// `-Dgolden.update=true` makes the one of the present schema if there is none.
class GoldenWorkspaceTest {
    private static final Path GOLDEN = Path.of("src/test/resources/pilothouse/store/golden");
    private static final String CONTENT = "content.json";

    @TempDir
    Path folder;

    @Test
    void givenAWorkspaceOfAnySchema_itOpensWithAllItHeld() throws Exception {
        assertThat(all()).isNotEmpty();
        for (var golden : all()) check(golden, copy(golden, "open-" + golden.getFileName()));
    }

    @Test
    void givenAWorkspaceWithoutItsDatabase_theJournalOfAnySchemaGivesAllOfIt() throws Exception {
        for (var golden : all()) {
            var copy = copy(golden, "replay-" + golden.getFileName());
            Files.delete(copy.resolve("pilothouse.mv.db"));
            check(golden, copy);
        }
    }

    @Test
    void givenAMigrationCutAtAnyStatement_theNextStartFinishesIt() throws Exception {
        int tried = 0;
        for (var golden : all())
            for (var file : List.of(StoreFile.work(), StoreFile.runs())) {
                int cuts = missing(copy(golden, "missing-" + file.name() + golden.getFileName()), file).size();
                tried += cuts;
                for (int cut = 1; cut <= cuts; cut++) {
                    var copy = copy(golden, "cut-%s-%d-%s".formatted(file.name(), cut, golden.getFileName()));
                    var statements = missing(copy, file).subList(0, cut);
                    try (var database = Database.open(copy, file.name())) {
                        var tx = new Transaction(database.file(), database.writer(), Map.of());
                        for (var statement : statements) tx.update(statement);
                        database.writer().commit();
                    }
                    check(golden, copy);
                }
            }
        assertThat(tried).as("no workspace of an older schema").isPositive();
    }

    @Test
    void givenAnOlderProgram_itRefusesTheNewerStoreAndWritesNothing() throws Exception {
        for (var file : List.of(StoreFile.work(), StoreFile.runs())) {
            var place = Files.createDirectory(folder.resolve("newer-" + file.name()));
            Store.open(place, file, Notes.CLOCK, operations(file)).close();
            var before = bytes(place);
            for (int steps = 0; steps < file.migrations().size(); steps++) {
                var older = new StoreFile(file.name(), file.journal(), file.gathering(), file.migrations().subList(0, steps));
                assertThatThrownBy(() -> Store.open(place, older, Notes.CLOCK, operations(file))).isInstanceOf(ProblemException.class)
                        .hasMessageContaining("A newer Pilothouse").hasMessageContaining("Nothing was changed");
                assertThat(bytes(place)).isEqualTo(before);
            }
        }
    }

    @Test
    void givenThePresentSchema_itHasItsGoldenWorkspace() throws Exception {
        var golden = GOLDEN.resolve(schema());
        if (Boolean.getBoolean("golden.update") && !Files.exists(golden)) make(golden);
        assertThat(golden).as("the schema changed: make its golden workspace once with -Dgolden.update=true and commit it").isDirectory();
    }

    private static List<Path> all() throws Exception {
        try (var folders = Files.list(GOLDEN)) {
            return folders.sorted().toList();
        }
    }

    /// The names of the newest steps of both files.
    private static String schema() {
        return StoreFile.work().migrations().getLast().name() + "+" + StoreFile.runs().migrations().getLast().name();
    }

    private static List<String> missing(Path copy, StoreFile file) throws Exception {
        var applied = Files.readString(copy.resolve(file.name() + ".steps"));
        return file.migrations().stream().filter(step -> !applied.contains(step.hash())).flatMap(step -> step.statements().stream()).toList();
    }

    private static List<Operation<?>> operations(StoreFile file) {
        return file.journal().isPresent() ? PromptStore.OPERATIONS : List.of();
    }

    private static void check(Path golden, Path copy) throws Exception {
        try (var store = PromptStore.open(copy); var runs = Store.open(copy, StoreFile.runs(), Notes.CLOCK, List.of())) {
            assertThat(Json.pretty(content(store, runs))).as(copy.toString()).isEqualTo(Files.readString(golden.resolve(CONTENT)));
            assertThat(store.store().problems()).isEmpty();
            assertThat(store.check().run()).as(copy.toString()).isEmpty();
        }
    }

    /// What a user would miss, in words that no schema changes.
    private static Map<String, Object> content(PromptStore store, H2Store runs) {
        var prompts = new TreeMap<String, Object>();
        for (var prompt : Stream.concat(store.prompts().list().stream(), store.prompts().archived().stream()).toList()) {
            var lines = new ArrayList<String>();
            lines.add(prompt.id() + " by " + prompt.createdBy() + " at " + prompt.createdAt() + (prompt.archived() ? ", archived" : ""));
            for (var version : store.prompts().log(prompt.id()))
                lines.add(version.number() + " " + version.hash() + " " + version.author() + " " + version.savedAt() + " " + version.message() + ": " + version.text());
            for (var label : store.labels().labels(prompt.id()))
                for (var move : store.labels().history(prompt.id(), label.label()))
                    lines.add(move.label() + " " + move.move() + ": " + move.from() + " to " + move.to() + " by " + move.by() + " at " + move.at());
            for (var set : store.values().of(prompt.id()))
                lines.add("values " + set.name() + " " + set.change() + " by " + set.savedBy() + " at " + set.savedAt() + ": " + Json.write(set.values()));
            prompts.put(prompt.name().path(), lines);
        }
        var content = new TreeMap<String, Object>(Map.of("prompts", prompts, "head", store.files().head(), "runs",
                runs.<List<String>>read(tx -> tx.list("select id, result, record from run order by sequence", row -> row.getString(1) + " " + row.getString(2)
                        + " " + row.getString(3)))));
        var feedback = runs.<List<String>>read(tx -> tx.list("""
                select r.id, f.rating, f.note, f.member, f.given_at from feedback f join run r on r.sequence = f.run_sequence order by f.sequence""",
                row -> String.join(" ", row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5))));
        if (!feedback.isEmpty()) content.put("feedback", feedback); // older workspaces have none
        return content;
    }

    private void make(Path golden) throws Exception {
        var place = Files.createDirectory(folder.resolve("golden"));
        try (var store = PromptStore.open(place, Notes.CLOCK, List.of()); var runs = Store.open(place, StoreFile.runs(), Notes.CLOCK, List.of())) {
            var snippet = store.prompts().create(new PromptName("support/_signature"));
            store.prompts().save(new Draft(snippet.id(), BranchName.MAIN, 0, "Yours, Ada", List.of(), "first", PromptStore.ADA));
            var reply = store.prompts().create(new PromptName("support/reply"));
            for (int i = 0; i < 5; i++)
                store.prompts().save(new Draft(reply.id(), BranchName.MAIN, i, "---\nmodel: local/x\n---\nHello {{name}} " + i + " ü😀\r\n{{> signature}}",
                        List.of("signature"), "change " + i, PromptStore.ADA));
            store.labels().move(reply.id(), new LabelName("production"), 2);
            store.labels().move(reply.id(), new LabelName("production"), 4);
            store.values().add(reply.id(), new ValueSetName("ü short"), Map.of("name", "Bo"));
            store.values().remove(((SetOutcome.Saved) store.values().add(reply.id(), new ValueSetName("gone"), Map.of())).set());
            var set = ((SetOutcome.Saved) store.values().add(reply.id(), new ValueSetName("first"), Map.of())).set();
            store.values().change(set, new ValueSetName("long 😀"), Map.of("name", List.of("Ada", 1, 2.5, true)));
            var old = store.prompts().create(new PromptName("old"));
            store.prompts().rename(old.id(), new PromptName("older"));
            store.prompts().archive(old.id(), true);
            for (int i = 0; i < 3; i++) {
                int number = i;
                runs.write(tx -> tx.update("insert into run(id, prompt, version, target, result, started_at, record) values (?, ?, ?, 'local/x', 'stop', ?, ?)",
                        new UUID(7 << 12 | number, 1L << 63), reply.id().value(), number, Instant.EPOCH.toEpochMilli() + number, "{\"number\":" + number + "}"));
            }
            runs.write(tx -> tx.update("insert into feedback(run_sequence, rating, note, member, given_at) select sequence, 'DOWN', 'too long ü', 'ada', 7 from run where version = 1"));
            new Compaction(store.files(), Notes.CLOCK).run(Progress.NONE);
            new Compaction(runs, Notes.CLOCK).run(Progress.NONE);
            Files.writeString(place.resolve(CONTENT), Json.pretty(content(store, runs)));
        }
        try (var files = Files.list(place)) {
            for (var file : files.filter(it -> it.getFileName().toString().contains(".before-")).toList()) Files.delete(file);
        }
        copy(place, golden);
    }

    private Path copy(Path golden, String name) throws Exception {
        return copy(golden, folder.resolve(name));
    }

    private static Path copy(Path from, Path to) throws Exception {
        Files.createDirectories(to.getParent());
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) Files.copy(file, to.resolve(from.relativize(file).toString()));
        }
        return to;
    }

    private static Map<String, String> bytes(Path place) throws Exception {
        var bytes = new TreeMap<String, String>();
        try (var files = Files.walk(place)) {
            for (var file : files.filter(Files::isRegularFile).toList()) bytes.put(place.relativize(file).toString(), Arrays.toString(Files.readAllBytes(file)));
        }
        return bytes;
    }
}
