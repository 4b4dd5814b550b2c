package pilothouse.prompts.values;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import pilothouse.access.AuditJournal;
import pilothouse.access.MemberId;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.PromptId;
import pilothouse.store.Change;
import pilothouse.store.Operation;
import pilothouse.store.Store;
import pilothouse.store.Transaction;
import pilothouse.store.UuidV7;
import tools.jackson.core.type.TypeReference;

/// Keeps value sets. All methods block; safe for use from any thread.
public final class ValueSetRepository {
    /// What the store tells when a prompt's sets changed: the prompt's id.
    public static final String CHANGE = "values";
    /// The most sets that a prompt may have; more cases are a data set.
    public static final int MOST = 1_000;

    private static final String SET = "select id, prompt, name, change, filled, saved_by, saved_at from value_set ";

    private static final Operation<ValueSet> SAVE = new Operation<>("values.save", ValueSet.class, ValueSetRepository::put);
    private static final Operation<Removing> REMOVE = new Operation<>("values.remove", Removing.class,
            (tx, removing) -> tx.update("delete from value_set where id = ?", removing.id()));

    /// What this repository writes, for [Store#open].
    public static final List<Operation<?>> OPERATIONS = List.of(SAVE, REMOVE);

    private final Store store;
    private final AuditJournal journal;
    private final InstantSource clock;
    private final UuidV7 ids;

    private record Removing(UUID id, PromptId prompt) {}

    /// Values under a name, not kept yet.
    public record Named(ValueSetName name, Map<String, Object> values) {}

    /// What [#put(PromptId, List)] did.
    public record Put(int added, int changed, int same) {}

    public ValueSetRepository(Store store, AuditJournal journal, InstantSource clock) {
        this.store = store;
        this.journal = journal;
        this.clock = clock;
        ids = new UuidV7(clock, new SecureRandom());
    }

    /// The sets of a prompt, by name.
    public List<ValueSet> of(PromptId prompt) {
        return store.read(tx -> of(tx, prompt));
    }

    public Optional<ValueSet> find(PromptId prompt, ValueSetName name) {
        return store.read(tx -> find(tx, prompt, name));
    }

    /// Makes a new set.
    ///
    /// @throws ProblemException if there is no such prompt, or it has [#MOST] sets
    public SetOutcome add(PromptId prompt, ValueSetName name, Map<String, Object> values) {
        return store.write(tx -> {
            var taken = find(tx, prompt, name);
            if (taken.isPresent()) return new SetOutcome.NameTaken(taken.get());
            return saved(tx, fresh(tx, prompt, name, values));
        });
    }

    /// Gives a set other values or another name.
    ///
    /// @param seen as the caller saw it last
    public SetOutcome change(ValueSet seen, ValueSetName name, Map<String, Object> values) {
        return store.write(tx -> {
            var now = find(tx, seen.id());
            if (now.map(ValueSet::change).filter(change -> change == seen.change()).isEmpty()) return new SetOutcome.Overtaken(now);
            if (now.get().name().equals(name) && now.get().holds(values)) return new SetOutcome.Unchanged(now.get());
            var taken = find(tx, seen.prompt(), name).filter(other -> !other.id().equals(seen.id()));
            if (taken.isPresent()) return new SetOutcome.NameTaken(taken.get());
            return saved(tx, changed(now.get(), name, values));
        });
    }

    /// Takes a set away. One that is gone already stays so.
    public void remove(ValueSet set) {
        store.write(tx -> {
            if (find(tx, set.id()).isEmpty()) return false;
            journal.append(tx, REMOVE, new Removing(set.id(), set.prompt()));
            tx.changed(news(set.prompt()));
            return true;
        });
    }

    /// Brings back a set that was removed, as it was.
    public SetOutcome restore(ValueSet removed) {
        return store.write(tx -> {
            var there = find(tx, removed.id());
            if (there.isPresent()) return new SetOutcome.Overtaken(there);
            var taken = find(tx, removed.prompt(), removed.name());
            if (taken.isPresent()) return new SetOutcome.NameTaken(taken.get());
            refuseTooMany(tx, removed.prompt());
            return saved(tx, changed(removed, removed.name(), removed.values()));
        });
    }

    /// Adds all of them, or none; a set of the same name gets the values.
    ///
    /// @throws ProblemException if there is no such prompt, or it would have more than [#MOST] sets
    public Put put(PromptId prompt, List<Named> all) {
        return store.write(tx -> {
            int added = 0;
            int changed = 0;
            for (var one : all) {
                var there = find(tx, prompt, one.name());
                if (there.isPresent() && there.get().holds(one.values())) continue;
                saved(tx, there.isPresent() ? changed(there.get(), one.name(), one.values()) : fresh(tx, prompt, one.name(), one.values()));
                if (there.isPresent()) changed++;
                else added++;
            }
            return new Put(added, changed, all.size() - added - changed);
        });
    }

    /// Gives a variable another name in the sets of a prompt that fill it, and not the other one.
    ///
    /// @return in how many
    public int rename(PromptId prompt, String variable, String name) {
        return store.write(tx -> {
            var renamed = of(tx, prompt).stream().filter(set -> set.values().containsKey(variable) && !set.values().containsKey(name)).toList();
            for (var set : renamed) {
                var values = new LinkedHashMap<String, Object>();
                set.values().forEach((key, value) -> values.put(key.equals(variable) ? name : key, value));
                saved(tx, changed(set, set.name(), values));
            }
            return renamed.size();
        });
    }

    private SetOutcome saved(Transaction tx, ValueSet set) {
        journal.append(tx, SAVE, set);
        tx.changed(news(set.prompt()));
        return new SetOutcome.Saved(set);
    }

    private static Change news(PromptId prompt) {
        return new Change(CHANGE, prompt.toString(), 0);
    }

    private ValueSet fresh(Transaction tx, PromptId prompt, ValueSetName name, Map<String, Object> values) throws SQLException {
        if (tx.one("select 1 from prompt where id = ?", row -> row.getInt(1), prompt.value()).isEmpty())
            throw new ProblemException("There is no such prompt", prompt.toString(), "It may belong to another workspace");
        refuseTooMany(tx, prompt);
        return new ValueSet(ids.next(), prompt, 1, name, values, journal.actor().id(), clock.instant());
    }

    private ValueSet changed(ValueSet set, ValueSetName name, Map<String, Object> values) {
        return new ValueSet(set.id(), set.prompt(), set.change() + 1, name, values, journal.actor().id(), clock.instant());
    }

    private static void refuseTooMany(Transaction tx, PromptId prompt) throws SQLException {
        int there = tx.one("select count(*) from value_set where prompt = ?", row -> row.getInt(1), prompt.value()).orElse(0);
        if (there >= MOST)
            throw new ProblemException("A prompt has at most " + MOST + " value sets", "prompt " + prompt, "Delete some first, or bring in fewer");
    }

    private static List<ValueSet> of(Transaction tx, PromptId prompt) throws SQLException {
        return tx.list(SET + "where prompt = ? order by name", ValueSetRepository::set, prompt.value());
    }

    private static Optional<ValueSet> find(Transaction tx, UUID id) throws SQLException {
        return tx.one(SET + "where id = ?", ValueSetRepository::set, id);
    }

    private static Optional<ValueSet> find(Transaction tx, PromptId prompt, ValueSetName name) throws SQLException {
        return tx.one(SET + "where prompt = ? and name = ?", ValueSetRepository::set, prompt.value(), name.text());
    }

    private static void put(Transaction tx, ValueSet set) throws SQLException {
        int there = tx.update("update value_set set name = ?, change = ?, filled = ?, saved_by = ?, saved_at = ? where id = ?", set.name().text(),
                set.change(), Json.write(set.values()), set.savedBy().name(), set.savedAt().toString(), set.id());
        if (there == 0)
            tx.update("insert into value_set (id, prompt, name, change, filled, saved_by, saved_at) values (?, ?, ?, ?, ?, ?, ?)", set.id(),
                    set.prompt().value(), set.name().text(), set.change(), Json.write(set.values()), set.savedBy().name(), set.savedAt().toString());
    }

    private static ValueSet set(ResultSet row) throws SQLException {
        return new ValueSet(row.getObject("id", UUID.class), new PromptId(row.getObject("prompt", UUID.class)), row.getInt("change"),
                new ValueSetName(row.getString("name")), Json.MAPPER.readValue(row.getString("filled"), new TypeReference<Map<String, Object>>() {}),
                new MemberId(row.getString("saved_by")), Instant.parse(row.getString("saved_at")));
    }
}
