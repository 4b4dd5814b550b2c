package pilothouse.prompts;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.problems.Problem;
import pilothouse.store.IntegrityCheck;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;

class H2StoreContractTest extends StoreContract {
    @TempDir
    private Path folder;

    @Override
    Store connect(InstantSource clock) {
        return Store.open(folder, StoreFile.work(), clock, PromptStore.OPERATIONS);
    }

    @Override
    List<Problem> check(Store store) {
        return new IntegrityCheck(store, List.of(new PromptIntegrity())).run();
    }
}
