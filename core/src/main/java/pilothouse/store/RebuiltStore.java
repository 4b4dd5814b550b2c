package pilothouse.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/// A database that holds what a journal says, in a folder of its own.
final class RebuiltStore implements AutoCloseable {
    private static final int BATCH = 1_000;

    private final Database database;
    private final Transaction tx;

    private RebuiltStore(Database database, Transaction tx) {
        this.database = database;
        this.tx = tx;
    }

    /// @param folder is made; what lies there is removed
    /// @param upTo   number of the last record that counts
    static RebuiltStore of(JournalScan scan, long upTo, Path folder, StoreFile file, List<Operation<?>> operations, Progress progress)
            throws IOException, SQLException {
        Folders.delete(folder); // a killed program's
        Files.createDirectory(folder);
        var database = Database.open(folder, file.name());
        try {
            var tx = new Transaction(database.file(), database.writer(), Session.known(operations));
            new Migrations(file.migrations(), database.file(), database.file().resolveSibling(file.name() + ".steps"))
                    .run(tx, InstantSource.system());
            var rebuilt = new RebuiltStore(database, tx);
            rebuilt.replay(scan, upTo, progress);
            return rebuilt;
        } catch (Throwable e) {
            database.abandon();
            throw e;
        }
    }

    /// What a damaged journal has lost is left out, and so is what cannot be done without it.
    private void replay(JournalScan scan, long upTo, Progress progress) throws IOException, SQLException {
        boolean whole = scan.isWhole();
        if (!whole) tx.update("set referential_integrity false");
        var records = scan.records();
        int replayed = 0;
        for (var found : records) {
            if (found.frame().sequence() > upTo) break;
            progress.report((double) replayed / records.size(), "record %,d of %,d of the journal".formatted(replayed, records.size()));
            var before = database.writer().setSavepoint();
            try {
                Session.replay(tx, found);
            } catch (SQLException e) {
                if (whole) throw e;
                database.writer().rollback(before);
            }
            if (++replayed % BATCH == 0) database.writer().commit();
        }
        database.writer().commit();
    }

    Transaction transaction() {
        return tx;
    }

    Database database() {
        return database;
    }

    @Override
    public void close() {
        database.close();
    }
}
