package pilothouse.cli;

import java.util.Optional;
import pilothouse.local.CacheFolder;
import pilothouse.local.EngineProcess;
import pilothouse.local.EngineState;

/// Shows on a console what the local engine does while a command waits for it.
public final class EngineProgress implements AutoCloseable {
    private static final double MEGABYTE = 1e6;

    private final Console console;
    private final EngineProcess.Subscription subscription;
    private Optional<ProgressBar> bar = Optional.empty();
    private String shown = "";
    private long unpacked;

    private EngineProgress(Console console, EngineProcess engine) {
        this.console = console;
        subscription = engine.listen(this::heard);
    }

    /// Shows it until closed.
    public static EngineProgress on(Console console, EngineProcess engine) {
        return new EngineProgress(console, engine);
    }

    private synchronized void heard(EngineState state) {
        switch (state) {
            case EngineState.Unpacking(long done, long total) -> {
                unpacked = total;
                bar("Unpacking native libraries", (double) done / total, "%.0f of %.0f MB".formatted(done / MEGABYTE, total / MEGABYTE));
            }
            case EngineState.Starting _ -> {
                sayUnpacked();
                bar("Starting the local engine", 0, "");
            }
            case EngineState.Loading(String model, double progress, String step) -> bar("Loading " + model, progress, step);
            case EngineState.Restarting(int attempt, var _, String why) -> console.notice("The local engine ended (" + why
                    + "); starting it again, attempt " + attempt);
            case EngineState.Ready _, EngineState.Stopped _, EngineState.Failed _ -> clear();
        }
    }

    private void sayUnpacked() {
        if (unpacked == 0) return;
        clear();
        console.notice("Unpacked %.0f MB of native libraries into %s; this happens once.".formatted(unpacked / MEGABYTE, CacheFolder.ofUser()));
        unpacked = 0;
    }

    private void bar(String title, double done, String step) {
        if (!title.equals(shown)) {
            clear();
            bar = Optional.of(console.progress(title));
            shown = title;
        }
        bar.get().show(done, step);
    }

    private void clear() {
        bar.ifPresent(ProgressBar::close);
        bar = Optional.empty();
        shown = "";
    }

    @Override
    public synchronized void close() {
        subscription.close();
        clear();
    }
}
