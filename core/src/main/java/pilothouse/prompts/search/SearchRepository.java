package pilothouse.prompts.search;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import pilothouse.store.Store;
import pilothouse.store.Transaction;

/// Reads from the store what the index must have.
final class SearchRepository {
    private static final String PROMPTS = "select id, name, archived from prompt";
    private static final String HEADS = "select prompt, branch, max(number) from prompt_version";
    private static final String BY_BRANCH = " group by prompt, branch";
    private static final String HASHES = """
            select v.prompt, v.hash from prompt_version v join
            (select prompt, max(number) as newest from prompt_version group by prompt) n on v.prompt = n.prompt and v.number = n.newest""";
    private static final String HASH = "select prompt, hash from prompt_version where prompt = ? order by prompt desc, number desc limit 1";
    private static final String LABELS = "select prompt, label, to_version from label_move";
    private static final String IN_ORDER = " order by prompt, label, move";

    private final Store store;

    SearchRepository(Store store) {
        this.store = store;
    }

    /// Of all prompts, archived ones too.
    Map<UUID, PromptState> states() {
        return store.read(tx -> states(tx, "", "", HASHES));
    }

    Optional<PromptState> state(UUID prompt) {
        return store.read(tx -> Optional.ofNullable(states(tx, " where id = ?", " where prompt = ?", HASH, prompt).get(prompt)));
    }

    private static Map<UUID, PromptState> states(Transaction tx, String which, String whose, String hashOf, Object... values) throws SQLException {
        var newest = new HashMap<UUID, Integer>();
        var main = new HashMap<UUID, Integer>();
        tx.list(HEADS + whose + BY_BRANCH, row -> {
            var prompt = row.getObject(1, UUID.class);
            if (row.getString(2).equals("main")) main.put(prompt, row.getInt(3));
            return newest.merge(prompt, row.getInt(3), Math::max);
        }, values);
        var hashes = new HashMap<UUID, String>();
        tx.list(hashOf, row -> hashes.merge(row.getObject(1, UUID.class), row.getString(2), (_, other) -> other), values);
        var labels = new HashMap<UUID, TreeMap<String, Integer>>();
        tx.list(LABELS + whose + IN_ORDER, row -> labels.computeIfAbsent(row.getObject(1, UUID.class), _ -> new TreeMap<>())
                .merge(row.getString(2), row.getInt(3), (_, later) -> later), values);
        var states = new HashMap<UUID, PromptState>();
        tx.list(PROMPTS + which, row -> {
            var id = row.getObject(1, UUID.class);
            int last = newest.getOrDefault(id, 0);
            return Optional.ofNullable(states.put(id, new PromptState(id, row.getString(2), row.getBoolean(3), last,
                    hashes.getOrDefault(id, ""), main.getOrDefault(id, last), labels.getOrDefault(id, new TreeMap<>()))));
        }, values);
        return states;
    }
}
