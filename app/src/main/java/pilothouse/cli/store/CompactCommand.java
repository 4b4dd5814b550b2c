package pilothouse.cli.store;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.cli.InWorkspace;
import pilothouse.store.Compaction;
import pilothouse.store.H2Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Takes the dead space out of the store's file.
@Command(name = "compact", description = "Make the store's file as small as what it holds, while it is used; the old file is kept for 7 days.")
public final class CompactCommand implements Callable<Integer>, InWorkspace {
    private final Console console;
    private final Supplier<H2Store> work;
    private final Supplier<H2Store> runStore;
    private final Supplier<InstantSource> clock;

    @Option(names = "--runs", description = "The runs' file instead of the prompts'.")
    private boolean runs;

    public CompactCommand(Console console, Supplier<H2Store> work, Supplier<H2Store> runStore, Supplier<InstantSource> clock) {
        this.console = console;
        this.work = work;
        this.runStore = runStore;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        var store = runs ? runStore.get() : work.get();
        try (var bar = console.progress("Compacting")) {
            var outcome = new Compaction(store, clock.get()).run(bar.stoppable());
            bar.close();
            var json = new LinkedHashMap<String, Object>();
            json.put("before", outcome.before());
            json.put("after", outcome.after());
            json.put("old", outcome.old().toString());
            if (console.json()) console.jsonLine(json);
            else console.line("Compacted from %.1f to %.1f MB; the old file is kept for 7 days as %s".formatted(outcome.before() / 1e6,
                    outcome.after() / 1e6, outcome.old()));
        }
        return ExitCode.OK.code();
    }
}
