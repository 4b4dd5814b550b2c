package pilothouse.prompts;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import pilothouse.access.AuditJournal;
import pilothouse.access.MemberId;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;
import pilothouse.store.Change;
import pilothouse.store.Operation;
import pilothouse.store.Store;
import pilothouse.store.Transaction;
import pilothouse.store.UuidV7;

/// Keeps prompts and their versions. All methods block; safe for use from any thread.
public final class PromptRepository {
    static final String PROMPT = "select id, name, created_by, created_at, archived from prompt ";
    static final String VERSION = """
            select prompt, number, branch, parents, text, text_hash, pins, message, author, saved_at, hash
            from prompt_version\s""";
    private static final String HEAD = VERSION + "where prompt = ? and branch = ? order by prompt desc, branch desc, number desc limit 1"; // as its index: 20,000 versions are not read for one
    private static final String NEWEST = "select number from prompt_version where prompt = ? order by prompt desc, number desc limit 1";
    private static final String LABELLED = VERSION + """
            where prompt = ? and number =
            (select to_version from label_move where prompt = ? and label = ? order by prompt desc, label desc, move desc limit 1)""";

    static final Operation<Prompt> CREATE = new Operation<>("prompt.create", Prompt.class, PromptRepository::insert);
    static final Operation<PromptVersion> SAVE =
            new Operation<>("prompt.save", PromptVersion.class, PromptRepository::insert);
    private static final Operation<Renaming> RENAME = new Operation<>("prompt.rename", Renaming.class,
            (tx, to) -> tx.update("update prompt set name = ? where id = ?", to.name().path(), to.prompt().value()));
    private static final Operation<Archiving> ARCHIVE = new Operation<>("prompt.archive", Archiving.class,
            (tx, to) -> tx.update("update prompt set archived = ? where id = ?", to.archived(), to.prompt().value()));

    /// What this repository writes, for [Store#open].
    public static final List<Operation<?>> OPERATIONS = List.of(CREATE, SAVE, RENAME, ARCHIVE);

    private final Store store;
    private final AuditJournal journal;
    private final InstantSource clock;
    private final UuidV7 ids;

    private record Renaming(PromptId prompt, PromptName name) {}

    private record Archiving(PromptId prompt, boolean archived) {}

    public PromptRepository(Store store, AuditJournal journal, InstantSource clock) {
        this.store = store;
        this.journal = journal;
        this.clock = clock;
        ids = new UuidV7(clock, new SecureRandom());
    }

    /// @throws ProblemException if the name is taken, also by an archived prompt
    public Prompt create(PromptName name) {
        return create(List.of(name)).getFirst();
    }

    /// Makes all of them or none.
    ///
    /// @throws ProblemException if a name is taken
    public List<Prompt> create(List<PromptName> names) {
        return store.write(tx -> {
            var made = new ArrayList<Prompt>();
            for (var name : names) {
                refuseTaken(tx, name);
                var prompt = new Prompt(new PromptId(ids.next()), name, journal.actor().id(), clock.instant(), false);
                journal.append(tx, CREATE, prompt);
                tx.changed(new Change("prompt", prompt.id().toString(), 0));
                made.add(prompt);
            }
            return List.copyOf(made);
        });
    }

    /// Makes `draft` a version, with the snippets it uses pinned: `{{> name}}` to the newest version, `{{> name@3}}` to that
    /// one, `{{> name@production}}` to the one that the label stands on now. A partial that names none stays unpinned: the work is kept, rendering will say what is missing.
    ///
    /// @throws ProblemException if the prompt does not exist
    public SaveOutcome save(Draft draft) {
        return store.write(tx -> {
            var prompt = prompt(tx, draft.prompt()).orElseThrow(() -> unknown(draft.prompt()));
            var head = head(tx, draft.prompt(), draft.branch());
            var pins = pins(tx, prompt.name(), draft.partials());
            if (head.filter(it -> it.text().equals(draft.text()) && it.pins().equals(pins)).isPresent())
                return new SaveOutcome.Unchanged(head.get());
            if (head.map(PromptVersion::number).orElse(0) != draft.basedOn())
                return head.<SaveOutcome>map(SaveOutcome.Overtaken::new).orElseThrow(() -> new IllegalArgumentException(
                        draft.prompt() + " has no version " + draft.basedOn() + " to grow from"));
            var parents = head.stream().map(it -> new PromptVersion.Parent(it.number(), it.hash())).toList();
            int number = newest(tx, draft.prompt()) + 1;
            var version = PromptVersion.of(draft, number, parents, pins, clock.instant());
            journal.append(tx, SAVE, version);
            tx.changed(new Change("version", draft.prompt().toString(), number));
            return new SaveOutcome.Saved(version);
        });
    }

    /// @throws ProblemException if the name is taken or the prompt does not exist
    public Prompt rename(PromptId id, PromptName name) {
        return store.write(tx -> {
            prompt(tx, id).orElseThrow(() -> unknown(id));
            refuseTaken(tx, name);
            journal.append(tx, RENAME, new Renaming(id, name));
            tx.changed(new Change("prompt", id.toString(), 0));
            return prompt(tx, id).orElseThrow();
        });
    }

    /// Hides a prompt from lists, or shows it again.
    ///
    /// @throws ProblemException if the prompt does not exist
    public Prompt archive(PromptId id, boolean archived) {
        return store.write(tx -> {
            prompt(tx, id).orElseThrow(() -> unknown(id));
            journal.append(tx, ARCHIVE, new Archiving(id, archived));
            tx.changed(new Change("prompt", id.toString(), 0));
            return prompt(tx, id).orElseThrow();
        });
    }

    /// All prompts that are not archived, by name.
    public List<Prompt> list() {
        return store.read(tx -> tx.list(PROMPT + "where not archived order by name", PromptRepository::prompt));
    }

    public List<Prompt> archived() {
        return store.read(tx -> tx.list(PROMPT + "where archived order by name", PromptRepository::prompt));
    }

    public Optional<Prompt> find(PromptId id) {
        return store.read(tx -> prompt(tx, id));
    }

    public Optional<Prompt> find(PromptName name) {
        return store.read(tx -> prompt(tx, name));
    }

    /// The version that `NAME`, `NAME@head`, `NAME@NUMBER` or `NAME@LABEL` means.
    ///
    /// @throws ProblemException if the name is no prompt's name at all
    public Optional<Found> find(String reference) {
        int at = reference.lastIndexOf('@');
        var name = new PromptName(at < 0 ? reference : reference.substring(0, at));
        var which = at < 0 ? "head" : reference.substring(at + 1);
        return store.read(tx -> {
            var prompt = prompt(tx, name);
            if (prompt.isEmpty()) return Optional.empty();
            return version(tx, prompt.get().id(), which).map(version -> new Found(prompt.get(), version));
        });
    }

    public Optional<PromptVersion> head(PromptId prompt, BranchName branch) {
        return store.read(tx -> head(tx, prompt, branch));
    }

    public Optional<PromptVersion> version(PromptId prompt, int number) {
        return store.read(tx -> version(tx, prompt, number));
    }

    /// All versions, the newest first. Reads all texts: a list that is looked at takes [#log(PromptId, int, int)].
    public List<PromptVersion> log(PromptId prompt) {
        return log(prompt, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /// The newest `limit` versions with numbers below `before`, the newest first.
    public List<PromptVersion> log(PromptId prompt, int before, int limit) {
        return store.read(tx -> tx.list(VERSION + "where prompt = ? and number < ? order by prompt desc, number desc limit ?",
                PromptRepository::version, prompt.value(), before, limit));
    }

    /// The texts that `version` renders its `{{> name}}` with: the pinned ones, and those that they pin
    /// themselves. Of two with one name the nearer counts.
    public Map<String, String> snippets(PromptVersion version) {
        return store.read(tx -> snippets(tx, version.pins()));
    }

    /// The same for text that is not saved: every partial by the newest version of its snippet.
    ///
    /// @param partials names used by the text of the prompt called `name`
    public Map<String, String> snippets(PromptName name, List<String> partials) {
        return store.read(tx -> snippets(tx, pins(tx, name, partials)));
    }

    /// The version that `{{> partial}}` means in text of the prompt called `name` that is not saved.
    public Optional<Found> snippet(PromptName name, String partial) {
        return store.read(tx -> {
            var pin = pins(tx, name, List.of(partial)).stream().findFirst();
            if (pin.isEmpty()) return Optional.empty();
            return Optional.of(new Found(prompt(tx, pin.get().snippet()).orElseThrow(), version(tx, pin.get().snippet(), pin.get().version()).orElseThrow()));
        });
    }

    /// Who uses any version of `prompt`.
    public List<Reference> references(PromptId prompt) {
        return store.read(tx -> tx.list("""
                select from_kind, from_id, to_version from reference where to_prompt = ?
                order by from_kind, from_id, to_version""",
                row -> new Reference(row.getString(1), row.getString(2), prompt, row.getInt(3)), prompt.value()));
    }

    static Optional<PromptVersion> version(Transaction tx, PromptId prompt, int number) throws SQLException {
        return tx.one(VERSION + "where prompt = ? and number = ?", PromptRepository::version, prompt.value(), number);
    }

    private static Optional<PromptVersion> version(Transaction tx, PromptId prompt, String which) throws SQLException {
        if (which.equals("head")) return head(tx, prompt, BranchName.MAIN);
        if (which.matches("[0-9]{1,9}")) return version(tx, prompt, Integer.parseInt(which));
        return tx.one(LABELLED, PromptRepository::version, prompt.value(), prompt.value(), which);
    }

    /// The highest number; 0 if there is no version.
    static int newest(Transaction tx, PromptId prompt) throws SQLException {
        return tx.one(NEWEST, row -> row.getInt(1), prompt.value()).orElse(0);
    }

    static Optional<PromptVersion> head(Transaction tx, PromptId prompt, BranchName branch) throws SQLException {
        return tx.one(HEAD, PromptRepository::version, prompt.value(), branch.name());
    }

    static Optional<Prompt> prompt(Transaction tx, PromptId id) throws SQLException {
        return tx.one(PROMPT + "where id = ?", PromptRepository::prompt, id.value());
    }

    static Optional<Prompt> prompt(Transaction tx, PromptName name) throws SQLException {
        return tx.one(PROMPT + "where name = ?", PromptRepository::prompt, name.path());
    }

    private static List<Pin> pins(Transaction tx, PromptName in, List<String> partials) throws SQLException {
        var pins = new ArrayList<Pin>();
        for (var partial : partials.stream().distinct().sorted().toList()) {
            int at = partial.lastIndexOf('@');
            for (var candidate : in.candidates(at < 0 ? partial : partial.substring(0, at))) {
                var found = named(tx, candidate, at < 0 ? "head" : partial.substring(at + 1));
                if (found.isEmpty()) continue;
                pins.add(new Pin(partial, found.get().prompt(), found.get().number()));
                break;
            }
        }
        return List.copyOf(pins);
    }

    private static Optional<PromptVersion> named(Transaction tx, String name, String which) throws SQLException {
        var id = tx.one("select id from prompt where name = ?", row -> new PromptId(row.getObject(1, UUID.class)), name);
        return id.isEmpty() ? Optional.empty() : version(tx, id.get(), which);
    }

    private static Map<String, String> snippets(Transaction tx, List<Pin> pins) throws SQLException {
        var texts = new LinkedHashMap<String, String>();
        var open = new ArrayList<>(pins);
        for (int i = 0; i < open.size(); i++) { // breadth first, so that the nearer of two with one name is met first
            var pin = open.get(i);
            if (texts.containsKey(pin.name())) continue;
            var snippet = version(tx, pin.snippet(), pin.version()).orElseThrow();
            texts.put(pin.name(), snippet.text());
            open.addAll(snippet.pins());
        }
        return Map.copyOf(texts);
    }

    private static void refuseTaken(Transaction tx, PromptName name) throws SQLException {
        if (prompt(tx, name).isPresent())
            throw new ProblemException("There is a prompt of this name already", name.path(), "Choose another name");
    }

    private static ProblemException unknown(PromptId id) {
        return new ProblemException("There is no such prompt", id.toString(), "It may belong to another workspace");
    }

    private static void insert(Transaction tx, Prompt prompt) throws SQLException {
        tx.update("insert into prompt (id, name, created_by, created_at, archived) values (?, ?, ?, ?, ?)",
                prompt.id().value(), prompt.name().path(), prompt.createdBy().name(), prompt.createdAt().toString(),
                prompt.archived());
    }

    private static void insert(Transaction tx, PromptVersion version) throws SQLException {
        tx.update("""
                insert into prompt_version (prompt, number, branch, parents, text, text_hash, pins, message, author,
                saved_at, hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", version.prompt().value(), version.number(),
                version.branch().name(), Json.write(version.parents()), version.text(), version.textHash().hex(),
                Json.write(version.pins()), version.message(), version.author().name(), version.savedAt().toString(),
                version.hash().hex());
        for (var pin : version.pins())
            refer(tx, new Reference("version", version.prompt() + "@" + version.number(), pin.snippet(), pin.version()));
    }

    private static void refer(Transaction tx, Reference to) throws SQLException {
        tx.update("""
                insert into reference (from_kind, from_id, to_prompt, to_version) select ?, ?, ?, ? where not exists
                (select 1 from reference where from_kind = ? and from_id = ? and to_prompt = ? and to_version = ?)""",
                to.fromKind(), to.fromId(), to.to().value(), to.version(), to.fromKind(), to.fromId(), to.to().value(), to.version());
    }

    static Prompt prompt(ResultSet row) throws SQLException {
        return new Prompt(new PromptId(row.getObject("id", UUID.class)), new PromptName(row.getString("name")),
                new MemberId(row.getString("created_by")), Instant.parse(row.getString("created_at")),
                row.getBoolean("archived"));
    }

    /// The prompts that have versions.
    static List<UUID> saved(Transaction tx) throws SQLException {
        return tx.list("select distinct prompt from prompt_version", row -> row.getObject(1, UUID.class));
    }

    static Optional<String> name(Transaction tx, String id) throws SQLException {
        try {
            return tx.one("select name from prompt where id = ?", row -> row.getString(1), UUID.fromString(id));
        } catch (IllegalArgumentException _) { // a damaged id is nobody's
            return Optional.empty();
        }
    }

    /// The versions of a prompt by number.
    static List<PromptVersion> versions(Transaction tx, UUID prompt) throws SQLException {
        return tx.list(VERSION + "where prompt = ? order by number", PromptRepository::version, prompt);
    }

    static PromptVersion version(ResultSet row) throws SQLException {
        return new PromptVersion(new PromptId(row.getObject("prompt", UUID.class)), row.getInt("number"),
                new BranchName(row.getString("branch")),
                Arrays.asList(Json.MAPPER.readValue(row.getString("parents"), PromptVersion.Parent[].class)),
                row.getString("text"), new VersionHash(row.getString("text_hash")),
                Arrays.asList(Json.MAPPER.readValue(row.getString("pins"), Pin[].class)), row.getString("message"),
                new MemberId(row.getString("author")), Instant.parse(row.getString("saved_at")),
                new VersionHash(row.getString("hash")));
    }
}
