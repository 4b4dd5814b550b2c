package pilothouse.prompts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import pilothouse.access.AuditJournal;
import pilothouse.access.MemberId;
import pilothouse.problems.ProblemException;
import pilothouse.store.Change;
import pilothouse.store.Operation;
import pilothouse.store.Store;
import pilothouse.store.Transaction;

/// Keeps labels and where they stood. All methods block; safe for use from any thread.
public final class LabelRepository {
    static final String MOVES = "select prompt, label, move, from_version, to_version, moved_by, moved_at from label_move ";
    private static final String NEWEST = MOVES + "where prompt = ? and label = ? order by prompt desc, label desc, move desc limit 1";
    private static final String CURRENT = MOVES + """
            m where prompt = ? and move = (select max(move) from label_move where prompt = m.prompt and label = m.label)
            order by label""";

    static final Operation<LabelMove> MOVE = new Operation<>("label.move", LabelMove.class, LabelRepository::insert);

    /// What this repository writes, for [Store#open].
    public static final List<Operation<?>> OPERATIONS = List.of(MOVE);

    private final Store store;
    private final AuditJournal journal;
    private final List<LabelRule> rules;
    private final InstantSource clock;

    /// @param rules all must agree to a move
    public LabelRepository(Store store, AuditJournal journal, List<LabelRule> rules, InstantSource clock) {
        this.store = store;
        this.journal = journal;
        this.rules = List.copyOf(rules);
        this.clock = clock;
    }

    /// Puts `label` on version `to`, making it if it is new.
    ///
    /// @throws ProblemException if there is no such version
    public LabelOutcome move(PromptId prompt, LabelName label, int to) {
        return move(prompt, label, to, OptionalInt.empty());
    }

    /// The same, only if nobody moved it since the caller looked.
    ///
    /// @param seen number of the label's move that the caller saw as the newest; 0: it saw no such label
    public LabelOutcome move(PromptId prompt, LabelName label, int to, int seen) {
        return move(prompt, label, to, OptionalInt.of(seen));
    }

    private LabelOutcome move(PromptId prompt, LabelName label, int to, OptionalInt seen) {
        return store.write(tx -> {
            if (PromptRepository.version(tx, prompt, to).isEmpty())
                throw new ProblemException("There is no version " + to, "prompt " + prompt, "List its versions and choose one");
            var newest = newest(tx, prompt, label);
            if (newest.filter(move -> move.to() == to).isPresent()) return new LabelOutcome.Unmoved(newest.get());
            if (newest.isPresent() && seen.isPresent() && newest.get().move() != seen.getAsInt()) return new LabelOutcome.Overtaken(newest.get());
            var move = new LabelMove(prompt, label, newest.map(LabelMove::move).orElse(0) + 1,
                    newest.map(LabelMove::to).orElse(0), to, journal.actor().id(), clock.instant());
            var objection = rules.stream().flatMap(rule -> rule.objection(tx, move).stream()).findFirst();
            if (objection.isPresent()) return new LabelOutcome.Refused(objection.get());
            journal.append(tx, MOVE, move);
            tx.changed(new Change("label", prompt + "@" + label, to));
            return new LabelOutcome.Moved(move);
        });
    }

    /// The newest move of each label of `prompt`: where they stand, by name.
    public List<LabelMove> labels(PromptId prompt) {
        return store.read(tx -> tx.list(CURRENT, LabelRepository::move, prompt.value()));
    }

    /// All moves of a label, the newest first.
    public List<LabelMove> history(PromptId prompt, LabelName label) {
        return store.read(tx -> tx.list(MOVES + "where prompt = ? and label = ? order by move desc", LabelRepository::move,
                prompt.value(), label.name()));
    }

    private static Optional<LabelMove> newest(Transaction tx, PromptId prompt, LabelName label) throws SQLException {
        return tx.one(NEWEST, LabelRepository::move, prompt.value(), label.name());
    }

    private static void insert(Transaction tx, LabelMove move) throws SQLException {
        tx.update("""
                insert into label_move (prompt, label, move, from_version, to_version, moved_by, moved_at)
                values (?, ?, ?, ?, ?, ?, ?)""", move.prompt().value(), move.label().name(), move.move(), move.from(),
                move.to(), move.by().name(), move.at().toString());
    }

    static LabelMove move(ResultSet row) throws SQLException {
        return new LabelMove(new PromptId(row.getObject("prompt", UUID.class)), new LabelName(row.getString("label")),
                row.getInt("move"), row.getInt("from_version"), row.getInt("to_version"),
                new MemberId(row.getString("moved_by")), Instant.parse(row.getString("moved_at")));
    }
}
