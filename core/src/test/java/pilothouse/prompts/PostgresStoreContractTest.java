package pilothouse.prompts;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import pilothouse.problems.Problem;
import pilothouse.store.IntegrityCheck;
import pilothouse.store.PostgresCluster;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;
import pilothouse.store.TeamDatabase;

class PostgresStoreContractTest extends StoreContract {
    private final TeamDatabase database = PostgresCluster.get().freshSchema();

    @Override
    Store connect(InstantSource clock) {
        return Store.connect(database, Optional.of(PostgresCluster.PASSWORD), StoreFile.work(), clock, PromptStore.OPERATIONS);
    }

    @Override
    List<Problem> check(Store store) {
        return new IntegrityCheck(store, List.of(new PromptIntegrity())).run();
    }
}
