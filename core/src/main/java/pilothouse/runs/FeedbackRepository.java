package pilothouse.runs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import pilothouse.access.MemberId;
import pilothouse.problems.ProblemException;
import pilothouse.store.Change;
import pilothouse.store.Store;
import pilothouse.store.Transaction;

/// Feedback beside the runs that it is about: it is forgotten and erased with them. Rows are only ever added, so that
/// the runs' file can be compacted meanwhile. All methods block; safe for use from any thread.
public final class FeedbackRepository {
    /// What the store tells when feedback was given: the run's id.
    public static final String CHANGE = "feedback";

    /// Runs whose newest feedback has a rating; without one of the same number behind it.
    static final String RATED = """
            select f.run_sequence from feedback f where f.rating = ?
            and not exists (select 1 from feedback n where n.run_sequence = f.run_sequence and n.sequence > f.sequence)""";

    private static final String RUN = "select sequence from run where id = ?";
    private static final String GIVE = "insert into feedback(run_sequence, rating, note, member, given_at) values (?, ?, ?, ?, ?)";
    private static final String OF = """
            select r.id, f.rating, f.note, f.member, f.given_at from run r join feedback f on f.run_sequence = r.sequence
            where r.id in (%s) order by f.sequence""";
    private static final String FORGET = """
            delete from feedback where run_sequence >= ? and run_sequence < ?
            and not exists (select 1 from run r where r.sequence = feedback.run_sequence)""";

    private final Store store;

    /// @param store of the file [pilothouse.store.StoreFile#runs]
    public FeedbackRepository(Store store) {
        this.store = store;
    }

    /// Stores it. When it returns, it survives a kill.
    ///
    /// @throws ProblemException if its run is not stored, or it could not be stored
    public void give(Feedback feedback) {
        store.write(tx -> {
            long run = tx.one(RUN, row -> row.getLong(1), feedback.run().value()).orElseThrow(() -> new ProblemException("This run is not stored",
                    "run " + feedback.run(), "Runs are kept as long as the settings say. Run the prompt again"));
            tx.update(GIVE, run, feedback.rating().name(), feedback.note(), feedback.member().toString(), feedback.givenAt().toEpochMilli());
            tx.changed(new Change(CHANGE, feedback.run().toString(), 0));
            return feedback;
        });
    }

    /// What counts for these runs, by run; those without any are left out.
    public Map<RunId, Feedback> of(Collection<RunId> runs) {
        if (runs.isEmpty()) return Map.of();
        var marks = String.join(", ", Collections.nCopies(runs.size(), "?"));
        var newest = new HashMap<RunId, Feedback>();
        for (var feedback : store.read(tx -> tx.list(OF.formatted(marks), FeedbackRepository::feedback, runs.stream().map(RunId::value).toArray())))
            newest.put(feedback.run(), feedback);
        newest.values().removeIf(Feedback::isEmpty);
        return Map.copyOf(newest);
    }

    public Optional<Feedback> of(RunId run) {
        return Optional.ofNullable(of(List.of(run)).get(run));
    }

    /// Deletes what was said of runs that are gone.
    static void forget(Transaction tx, long from, long to) throws SQLException {
        tx.update(FORGET, from, to);
    }

    /// Takes the notes out of what was said of a run.
    static void erase(Transaction tx, long run) throws SQLException {
        tx.update("update feedback set note = '' where run_sequence = ? and note <> ''", run);
    }

    /// Takes a member's name and notes out of all feedback.
    static void erase(Store store, MemberId member, MemberId pseudonym) {
        store.write(tx -> tx.update("update feedback set note = '', member = ? where member = ?", pseudonym.toString(), member.toString()));
    }

    private static Feedback feedback(ResultSet row) throws SQLException {
        return new Feedback(new RunId(row.getObject(1, UUID.class)), Rating.valueOf(row.getString(2)), row.getString(3),
                new MemberId(row.getString(4)), Instant.ofEpochMilli(row.getLong(5)));
    }
}
