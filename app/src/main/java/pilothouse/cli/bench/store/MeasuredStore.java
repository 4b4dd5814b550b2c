package pilothouse.cli.bench.store;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import pilothouse.access.AuditJournal;
import pilothouse.access.Member;
import pilothouse.access.MemberId;
import pilothouse.prompts.BulkRepository;
import pilothouse.prompts.LabelRepository;
import pilothouse.prompts.PromptRepository;
import pilothouse.prompts.search.PromptSearch;
import pilothouse.store.H2Store;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;

/// A store that is only there to be measured, as the program opens its own.
record MeasuredStore(Store store, PromptRepository prompts, BulkRepository histories, PromptSearch search) implements AutoCloseable {
    static final MemberId AUTHOR = new MemberId("bench");

    static MeasuredStore open(Path folder) {
        var clock = InstantSource.system();
        var store = Store.open(folder, StoreFile.work(), clock,
                Stream.concat(PromptRepository.OPERATIONS.stream(), LabelRepository.OPERATIONS.stream()).toList());
        var journal = new AuditJournal(new Member(AUTHOR), clock);
        var prompts = new PromptRepository(store, journal, clock);
        return new MeasuredStore(store, prompts, new BulkRepository(store, journal, clock),
                PromptSearch.open(folder.resolve("search"), store, prompts));
    }

    static H2Store openRuns(Path folder) {
        return Store.open(folder, StoreFile.runs(), InstantSource.system(), List.of());
    }

    @Override
    public void close() {
        search.close();
        store.close();
    }
}
