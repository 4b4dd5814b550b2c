package pilothouse.runs;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import pilothouse.access.MemberId;
import pilothouse.prompts.PromptId;
import pilothouse.store.Change;
import pilothouse.store.Store;
import pilothouse.store.Transaction;

/// Keeps runs in `runs.mv.db`. Order is that in which they were stored, never that of a clock.
public final class RunRepository {
    /// The kind of [Change] told after a run was stored.
    public static final String CHANGE = "run";

    private static final String ADD = """
            insert into run(id, prompt, version, target, result, started_at, record) values (?, ?, ?, ?, ?, ?, ?)""";
    private static final String ONE = "select sequence, record from run where id = ?";
    private static final String FOUND = "select sequence from run where sequence < ?";
    private static final String RECORDS = "select sequence, record from run where sequence in (%s) order by sequence desc";
    private static final String COUNT = "select count(*) from run where sequence < ?";
    private static final String OLDEST = "select coalesce(min(sequence), 0) from run";
    private static final String LAST_KEPT = "select sequence from run order by sequence desc limit 1 offset ?";
    private static final String FORGET = "delete from run where sequence >= ? and sequence < ? and (started_at < ? or sequence < ?)";
    private static final int FORGOTTEN_AT_ONCE = 2_000; // so that a run that is stored meanwhile waits for little

    private static final String USUAL = "stop";

    private static final int ERASED_AT_ONCE = 500;

    private record Stored(long sequence, Run run) {}

    private record Condition(String sql, List<Object> values) {}

    private final Store store;

    /// @param store of the file [pilothouse.store.StoreFile#runs]
    public RunRepository(Store store) {
        this.store = store;
    }

    /// Stores a run. When it returns, the run survives a kill; runs that come together share a commit.
    ///
    /// @throws pilothouse.problems.ProblemException if it could not be stored
    public void add(Run run) {
        store.write(tx -> added(tx, run, StoredRun.write(run)));
    }

    /// Stores runs that were kept elsewhere, in one transaction.
    public void addAll(List<Run> runs) {
        store.write(tx -> {
            for (var run : runs) added(tx, run, StoredRun.write(run));
            return runs.size();
        });
    }

    private static Run added(Transaction tx, Run run, String record) throws SQLException {
        tx.update(ADD, run.id().value(), run.origin().prompt().map(PromptId::value).orElse(null), run.origin().version(),
                run.target().toString(), run.result(), run.startedAt().toEpochMilli(), record);
        tx.changed(new Change(CHANGE, run.id().toString(), 0));
        return run;
    }

    public Optional<Run> find(RunId id) {
        return store.read(tx -> stored(tx, ONE, List.of(id.value())).stream().map(Stored::run).findFirst());
    }

    /// The newest runs that match.
    ///
    /// @param before [RunPage#older] of the page before; empty for the first
    /// @param limit  most runs of a page, 1 or more
    public RunPage page(RunFilter filter, OptionalLong before, int limit) {
        var wanted = condition(filter, before);
        var values = new ArrayList<>(wanted.values);
        values.add(limit + 1);
        return store.read(tx -> {
            var found = tx.list(FOUND + wanted.sql + newestFirst(filter), row -> row.getLong(1), values.toArray());
            if (found.isEmpty()) return new RunPage(List.of(), OptionalLong.empty());
            var shown = List.<Object>copyOf(found.subList(0, Math.min(limit, found.size())));
            var marks = String.join(", ", Collections.nCopies(shown.size(), "?"));
            return new RunPage(stored(tx, RECORDS.formatted(marks), shown).stream().map(Stored::run).toList(),
                    found.size() > limit ? OptionalLong.of(found.get(limit - 1)) : OptionalLong.empty());
        });
    }

    /// How many runs match.
    public long count(RunFilter filter) {
        var wanted = condition(filter, OptionalLong.empty());
        return store.read(tx -> tx.one(COUNT + wanted.sql, row -> row.getLong(1), wanted.values.toArray())).orElseThrow();
    }

    /// Deletes, from the oldest on, the runs that started before `time` and those beyond the newest `most`. Done in
    /// many small transactions; ends at the first part that has none to delete.
    ///
    /// @param most 0: any number may stay
    /// @return how many were deleted
    public int forget(Instant time, int most) {
        long kept = most == 0 ? 0 : store.read(tx -> tx.one(LAST_KEPT, row -> row.getLong(1) + 1, most)).orElse(0L);
        long from = store.read(tx -> tx.one(OLDEST, row -> row.getLong(1))).orElseThrow();
        int forgotten = 0;
        for (int part = 1; part > 0; forgotten += part) {
            long start = from;
            from += FORGOTTEN_AT_ONCE;
            part = store.write(tx -> {
                int gone = tx.update(FORGET, start, start + FORGOTTEN_AT_ONCE, time.toEpochMilli(), kept);
                if (gone > 0) FeedbackRepository.forget(tx, start, start + FORGOTTEN_AT_ONCE);
                return gone;
            });
        }
        return forgotten;
    }

    /// In the order of the index that answers the filter: else all that match would be read and sorted for one page.
    /// Each index has the columns of the other filters too, so that no row is read to be passed over. Failures are few,
    /// so where one is asked for their index is the short way.
    private static String newestFirst(RunFilter filter) {
        boolean few = filter.result().filter(result -> !result.equals(USUAL)).isPresent();
        var first = few ? "result desc, " : filter.prompt().isPresent() ? "prompt desc, " : filter.target().isPresent() ? "target desc, "
                : filter.result().isPresent() ? "result desc, " : "";
        return " order by " + first + "sequence desc limit ?";
    }

    /// Takes what was said out of runs: those of a prompt, of one version, or of a member, whose name goes, too.
    ///
    /// @param version   0: of all versions and drafts
    /// @param pseudonym what a member is called instead
    /// @param really    false: only counts
    /// @return how many runs
    public int erase(Optional<PromptId> prompt, int version, Optional<MemberId> member, MemberId pseudonym, boolean really) {
        int erased = 0;
        long after = 0;
        for (int read = ERASED_AT_ONCE; read == ERASED_AT_ONCE; ) {
            long from = after;
            var page = store.read(tx -> stored(tx, "select sequence, record from run where sequence > ? order by sequence limit ?", List.of(from, ERASED_AT_ONCE)));
            read = page.size();
            if (page.isEmpty()) break;
            after = page.getLast().sequence;
            var theirs = page.stream().filter(it -> meant(it.run, prompt, version, member) && !it.run.equals(left(it.run, member, pseudonym))).toList();
            erased += theirs.size();
            if (really && !theirs.isEmpty()) store.write(tx -> {
                for (var it : theirs) {
                    tx.update("update run set record = ? where sequence = ?", StoredRun.write(left(it.run, member, pseudonym)), it.sequence);
                    FeedbackRepository.erase(tx, it.sequence);
                }
                return theirs.size();
            });
        }
        if (really) member.ifPresent(name -> FeedbackRepository.erase(store, name, pseudonym));
        return erased;
    }

    private static Run left(Run run, Optional<MemberId> member, MemberId pseudonym) {
        return run.erased(member.filter(run.member()::equals).map(_ -> pseudonym).orElse(run.member()));
    }

    private static boolean meant(Run run, Optional<PromptId> prompt, int version, Optional<MemberId> member) {
        return member.filter(run.member()::equals).isPresent()
                || prompt.isPresent() && run.origin().prompt().equals(prompt) && (version == 0 || run.origin().version() == version);
    }

    private static Condition condition(RunFilter filter, OptionalLong before) {
        var sql = new StringBuilder();
        var values = new ArrayList<Object>(List.of(before.orElse(Long.MAX_VALUE)));
        filter.prompt().ifPresent(prompt -> and(sql, values, "prompt", prompt.value()));
        filter.version().ifPresent(version -> and(sql, values, "version", version));
        filter.target().ifPresent(target -> and(sql, values, "target", target.toString()));
        filter.result().ifPresent(result -> and(sql, values, "result", result));
        filter.rating().ifPresent(rating -> {
            sql.append(" and sequence in (").append(FeedbackRepository.RATED).append(")");
            values.add(rating.name());
        });
        return new Condition(sql.toString(), values);
    }

    private static void and(StringBuilder sql, List<Object> values, String column, Object value) {
        sql.append(" and ").append(column).append(" = ?");
        values.add(value);
    }

    private static List<Stored> stored(Transaction tx, String sql, List<Object> values) throws SQLException {
        return tx.list(sql, row -> new Stored(row.getLong(1), StoredRun.read(row.getString(2))), values.toArray());
    }
}
