package pilothouse.prompts;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import pilothouse.access.AuditJournal;
import pilothouse.access.MemberId;
import pilothouse.json.Json;
import pilothouse.store.Change;
import pilothouse.store.H2Store;
import pilothouse.store.JournalEntry;
import pilothouse.store.JournalErasure;
import pilothouse.store.Operation;
import pilothouse.store.Transaction;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Takes texts, messages, value sets and a person's name out of prompts and their journal. What is left of a text is its
/// hash, of a name a pseudonym drawn by chance; numbers, times, parents and hashes stay, so that the chains still verify.
/// Value sets go whole: those of a prompt with all its versions, those that a person saved with the texts.
public final class ErasureRepository {
    private static final Operation<Erasing> ERASE = new Operation<>("prompt.erase", Erasing.class, ErasureRepository::apply);

    /// What this writes, for [pilothouse.store.Store#open].
    public static final List<Operation<?>> OPERATIONS = List.of(ERASE);

    private final H2Store store;
    private final AuditJournal journal;
    private final InstantSource clock;

    /// What is to be erased: the texts and messages of versions, or a person.
    ///
    /// @param prompt  with all its versions, or the one
    /// @param version 0: all
    /// @param texts   of a person's versions too, not only their messages and the name
    public record Request(Optional<PromptId> prompt, int version, Optional<MemberId> member, boolean texts) {}

    record Key(PromptId prompt, int number) {}

    record Move(PromptId prompt, String label, int move) {}

    /// What is erased, without saying whose it was.
    ///
    /// @param messages versions whose message goes
    /// @param texts    versions whose text goes
    /// @param authors  versions whose author becomes `pseudonym`; so with `creators`, `movers` and `savers`
    /// @param sets     value sets that go
    /// @param savers   value sets that stay
    record Erasing(Set<Key> messages, Set<Key> texts, Set<Key> authors, Set<PromptId> creators, Set<Move> movers, String pseudonym,
            Set<UUID> sets, Set<UUID> savers) {
        Erasing {
            if (sets == null) sets = Set.of(); // journalled by a program that knew none
            if (savers == null) savers = Set.of();
        }
    }

    /// How much was erased, or would be.
    ///
    /// @param prompts whose texts, messages or creator it was
    /// @param sets    of values
    /// @param records of the journal
    public record Outcome(Set<PromptId> prompts, int texts, int messages, int sets, int names, int records, String pseudonym) {}

    public ErasureRepository(H2Store store, AuditJournal journal, InstantSource clock) {
        this.store = store;
        this.journal = journal;
        this.clock = clock;
    }

    /// What [#erase] would do.
    public Outcome look(Request request) {
        var erasing = store.read(tx -> erasing(tx, request));
        return outcome(erasing, JournalErasure.plan(store, entry -> redact(entry, erasing, request)).size());
    }

    /// Erases in tables and journal. The database's file holds the old rows as dead space until it is compacted. Blocks.
    /// After a kill in between, the tables do not say any more what was a person's: so the journal's records themselves
    /// are asked, too.
    public Outcome erase(Request request) {
        var erasing = store.read(tx -> erasing(tx, request));
        JournalErasure.Redaction redaction = entry -> redact(entry, erasing, request);
        var plan = JournalErasure.plan(store, redaction);
        var actor = request.member().filter(journal.actor().id()::equals).map(_ -> erasing.pseudonym).orElse(journal.actor().id().name());
        store.write(tx -> {
            JournalErasure.record(tx, plan, actor, clock.instant());
            tx.perform(ERASE, erasing, actor, clock.instant());
            for (var prompt : prompts(erasing)) tx.changed(new Change("prompt", prompt.toString(), 0));
            return null;
        });
        JournalErasure.apply(store, plan, redaction);
        return outcome(erasing, plan.size());
    }

    private static Erasing erasing(Transaction tx, Request request) throws SQLException {
        var pseudonym = new byte[4];
        new SecureRandom().nextBytes(pseudonym);
        var erasing = new Erasing(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>(),
                PromptVersion.ERASED_AUTHOR + HexFormat.of().formatHex(pseudonym), new HashSet<>(), new HashSet<>());
        if (request.prompt().isPresent()) {
            erasing.texts.addAll(keys(tx, "where prompt = ? and (? = 0 or number = ?)", request.prompt().get().value(), request.version(), request.version()));
            erasing.messages.addAll(erasing.texts);
            if (request.version() == 0) erasing.sets.addAll(sets(tx, "where prompt = ?", request.prompt().get().value()));
        }
        if (request.member().isPresent()) {
            var name = request.member().get().name();
            erasing.authors.addAll(keys(tx, "where author = ?", name));
            erasing.messages.addAll(erasing.authors);
            if (request.texts()) erasing.texts.addAll(erasing.authors);
            erasing.creators.addAll(tx.list("select id from prompt where created_by = ?", row -> new PromptId(row.getObject(1, UUID.class)), name));
            erasing.movers.addAll(tx.list("select prompt, label, move from label_move where moved_by = ?",
                    row -> new Move(new PromptId(row.getObject(1, UUID.class)), row.getString(2), row.getInt(3)), name));
            (request.texts() ? erasing.sets : erasing.savers).addAll(sets(tx, "where saved_by = ?", name));
        }
        return erasing;
    }

    private static List<UUID> sets(Transaction tx, String where, Object value) throws SQLException {
        return tx.list("select id from value_set " + where, row -> row.getObject(1, UUID.class), value);
    }

    private static List<Key> keys(Transaction tx, String where, Object... values) throws SQLException {
        return tx.list("select prompt, number from prompt_version " + where, row -> new Key(new PromptId(row.getObject(1, UUID.class)), row.getInt(2)), values);
    }

    private static void apply(Transaction tx, Erasing erasing) throws SQLException {
        for (var key : erasing.texts) tx.update("update prompt_version set text = '' where prompt = ? and number = ?", key.prompt.value(), key.number);
        for (var key : erasing.authors)
            tx.update("update prompt_version set author = ? where prompt = ? and number = ?", erasing.pseudonym, key.prompt.value(), key.number);
        for (var key : erasing.messages) { // last: it seals what is left
            var left = PromptRepository.version(tx, key.prompt, key.number);
            if (left.isPresent())
                tx.update("update prompt_version set message = ? where prompt = ? and number = ?", left.get().seal(), key.prompt.value(), key.number);
        }
        for (var id : erasing.creators) tx.update("update prompt set created_by = ? where id = ?", erasing.pseudonym, id.value());
        for (var move : erasing.movers)
            tx.update("update label_move set moved_by = ? where prompt = ? and label = ? and move = ?", erasing.pseudonym, move.prompt.value(), move.label, move.move);
        for (var set : erasing.sets) tx.update("delete from value_set where id = ?", set);
        for (var set : erasing.savers) tx.update("update value_set set saved_by = ? where id = ?", erasing.pseudonym, set);
    }

    private static Optional<JournalEntry> redact(JournalEntry entry, Erasing erasing, Request request) {
        var payload = entry.payload().deepCopy();
        switch (entry.kind()) {
            case "prompt.save" -> redactVersion((ObjectNode) payload, erasing, request);
            case "prompt.create" -> redactName((ObjectNode) payload, "createdBy", erasing, request);
            case "label.move" -> redactName((ObjectNode) payload, "by", erasing, request);
            case "values.save" -> redactSet((ObjectNode) payload, erasing, request);
            case "store.rows" -> redactRows((ObjectNode) payload, erasing, request);
            default -> {}
        }
        boolean theirs = isTheirs(request, entry.by());
        if (!theirs && payload.equals(entry.payload())) return Optional.empty();
        return Optional.of(new JournalEntry(entry.kind(), theirs ? erasing.pseudonym : entry.by(), entry.at(), payload));
    }

    private static boolean isTheirs(Request request, String name) {
        return request.member().filter(member -> member.name().equals(name)).isPresent();
    }

    private static void redactName(ObjectNode payload, String field, Erasing erasing, Request request) {
        if (isTheirs(request, payload.path(field).asString())) payload.put(field, erasing.pseudonym);
    }

    private static void redactVersion(ObjectNode version, Erasing erasing, Request request) {
        var key = new Key(id(version.path("prompt").asString()), version.path("number").asInt());
        boolean theirs = isTheirs(request, version.path("author").asString());
        if (erasing.texts.contains(key) || theirs && request.texts()) version.put("text", "");
        redactName(version, "author", erasing, request);
        if (erasing.messages.contains(key) || theirs) version.put("message", Json.MAPPER.treeToValue(version, PromptVersion.class).seal());
    }

    /// What a set was filled with goes from every record of it, and its name: the id keeps it apart from the others.
    private static void redactSet(ObjectNode set, Erasing erasing, Request request) {
        if (isErasedSet(set.path("prompt").asString(), set.path("savedBy").asString(), request)) {
            set.put("name", erasedName(set.path("id").asString()));
            set.putObject("values");
        }
        redactName(set, "savedBy", erasing, request);
    }

    private static boolean isErasedSet(String prompt, String savedBy, Request request) {
        return request.version() == 0 && request.prompt().filter(id -> id.toString().equals(prompt)).isPresent()
                || request.texts() && isTheirs(request, savedBy);
    }

    private static String erasedName(String id) {
        return "(erased) " + id;
    }

    /// Rows as a journal that was begun anew holds them.
    private static void redactRows(ObjectNode part, Erasing erasing, Request request) {
        var columns = new ArrayList<String>();
        part.path("columns").forEach(column -> columns.add(column.asString().toLowerCase()));
        for (var each : part.path("rows")) {
            var row = (ArrayNode) each;
            switch (part.path("table").asString()) {
                case "PROMPT_VERSION" -> {
                    var key = new Key(id(value(row, columns, "prompt")), Integer.parseInt(value(row, columns, "number")));
                    boolean theirs = isTheirs(request, value(row, columns, "author"));
                    if (erasing.texts.contains(key) || theirs && request.texts()) put(row, columns, "text", "");
                    if (erasing.messages.contains(key) || theirs) put(row, columns, "message", ""); // the erasing itself, which comes later, seals it
                    if (theirs) put(row, columns, "author", erasing.pseudonym);
                }
                case "PROMPT" -> redactName(row, columns, "created_by", erasing, request);
                case "LABEL_MOVE" -> redactName(row, columns, "moved_by", erasing, request);
                case "VALUE_SET" -> {
                    if (isErasedSet(value(row, columns, "prompt"), value(row, columns, "saved_by"), request)) {
                        put(row, columns, "name", erasedName(value(row, columns, "id")));
                        put(row, columns, "filled", "{}");
                    }
                    redactName(row, columns, "saved_by", erasing, request);
                }
                default -> {}
            }
        }
    }

    private static void redactName(ArrayNode row, List<String> columns, String column, Erasing erasing, Request request) {
        if (isTheirs(request, value(row, columns, column))) put(row, columns, column, erasing.pseudonym);
    }

    private static void put(ArrayNode row, List<String> columns, String column, String text) {
        row.set(columns.indexOf(column), Json.MAPPER.valueToTree(text));
    }

    private static String value(ArrayNode row, List<String> columns, String column) {
        return row.get(columns.indexOf(column)).asString();
    }

    private static PromptId id(String text) {
        return new PromptId(UUID.fromString(text));
    }

    private static Set<PromptId> prompts(Erasing erasing) {
        var prompts = new HashSet<>(erasing.creators);
        erasing.messages.forEach(key -> prompts.add(key.prompt));
        erasing.movers.forEach(move -> prompts.add(move.prompt));
        return Set.copyOf(prompts);
    }

    private static Outcome outcome(Erasing erasing, int records) {
        return new Outcome(prompts(erasing), erasing.texts.size(), erasing.messages.size(), erasing.sets.size(),
                erasing.authors.size() + erasing.creators.size() + erasing.movers.size() + erasing.savers.size(), records, erasing.pseudonym);
    }
}
