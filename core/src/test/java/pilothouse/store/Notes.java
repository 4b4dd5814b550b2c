package pilothouse.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The smallest feature a store can have: numbered notes.
final class Notes {
    static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    static final InstantSource CLOCK = InstantSource.fixed(NOON);
    static final Migration TABLE = new Migration("0001-notes", """
            create table if not exists note (number int primary key, text clob not null);
            """, "create table note (number int primary key, text text not null);");
    static final StoreFile JOURNALLED = new StoreFile("notes", Optional.of("journal"), Duration.ZERO, List.of(TABLE));
    static final StoreFile GROUPED = new StoreFile("group", Optional.empty(), Duration.ofMillis(50), List.of(TABLE));
    static final Operation<Note> WRITE = new Operation<>("note.write", Note.class, Notes::insert);

    record Note(int number, String text) {}

    private Notes() {}

    static Store open(Path folder) {
        return open(folder, CLOCK);
    }

    static Store open(Path folder, InstantSource clock) {
        return Store.open(folder, JOURNALLED, clock, List.of(WRITE));
    }

    static void write(Store store, int number, String text) {
        store.write(tx -> perform(tx, number, text));
    }

    static int perform(Transaction tx, int number, String text) throws SQLException {
        tx.perform(WRITE, new Note(number, text), "ada", NOON);
        tx.changed(new Change("note", "" + number, number));
        return number;
    }

    static List<Note> all(Store store) {
        return store.read(tx -> tx.list("select number, text from note order by number",
                row -> new Note(row.getInt(1), row.getString(2))));
    }

    static Integer insert(Transaction tx, Note note) throws SQLException {
        return tx.update("insert into note values (?, ?)", note.number(), note.text());
    }
}
