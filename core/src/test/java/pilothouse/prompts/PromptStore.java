package pilothouse.prompts;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import pilothouse.access.AuditJournal;
import pilothouse.access.Member;
import pilothouse.access.MemberId;
import pilothouse.prompts.values.ValueSetRepository;
import pilothouse.store.H2Store;
import pilothouse.store.IntegrityCheck;
import pilothouse.store.Operation;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;

/// A store with prompts, labels and value sets, on real files.
public record PromptStore(Store store, PromptRepository prompts, LabelRepository labels, ValueSetRepository values, IntegrityCheck check)
        implements AutoCloseable {
    public static final MemberId ADA = new MemberId("ada");
    public static final List<Operation<?>> OPERATIONS = Stream.of(PromptRepository.OPERATIONS, LabelRepository.OPERATIONS,
            ValueSetRepository.OPERATIONS, ErasureRepository.OPERATIONS).<Operation<?>>flatMap(List::stream).toList();

    public static PromptStore open(Path folder) {
        return open(folder, InstantSource.system(), List.of());
    }

    public static PromptStore open(Path folder, InstantSource clock, List<LabelRule> rules) {
        return on(Store.open(folder, StoreFile.work(), clock, OPERATIONS), ADA, clock, rules);
    }

    public static PromptStore on(Store store, MemberId actor, InstantSource clock, List<LabelRule> rules) {
        var journal = new AuditJournal(new Member(actor), clock);
        return new PromptStore(store, new PromptRepository(store, journal, clock),
                new LabelRepository(store, journal, rules, clock), new ValueSetRepository(store, journal, clock),
                new IntegrityCheck(store, List.of(new PromptIntegrity())));
    }

    /// The store as files in a folder.
    public H2Store files() {
        return (H2Store) store;
    }

    @Override
    public void close() {
        store.close();
    }
}
