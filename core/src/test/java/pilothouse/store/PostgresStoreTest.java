package pilothouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a team's store does beyond the contract of every store.
class PostgresStoreTest {
    private TeamDatabase database;

    @BeforeEach
    void freshSchema() {
        database = PostgresCluster.get().freshSchema();
    }

    private Store open() {
        return Store.connect(database, Optional.of(PostgresCluster.PASSWORD), Notes.JOURNALLED, Notes.CLOCK, List.of(Notes.WRITE));
    }

    @Test
    void givenAWrite_itIsThereForTheNextProgram() {
        try (var store = open()) {
            Notes.write(store, 1, "one");
        }
        try (var store = open()) {
            assertThat(Notes.all(store)).containsExactly(new Notes.Note(1, "one"));
            assertThat(store.problems()).isEmpty();
        }
    }
}
