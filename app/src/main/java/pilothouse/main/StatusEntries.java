package pilothouse.main;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import pilothouse.app.controls.Tone;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.Latest;
import pilothouse.app.shell.StatusLine;
import pilothouse.local.EngineProcess;
import pilothouse.local.EngineState;
import pilothouse.store.Changes;

/// The left of the status line: the engine's state, and when the store last saved something.
final class StatusEntries implements AutoCloseable {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("H:mm:ss");

    private final ReadOnlyObjectWrapper<EngineWords> engineWords = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper saved = new ReadOnlyStringWrapper("");
    private final EngineProcess.Subscription states;
    private final Changes.Subscription saves;

    /// Adds them.
    StatusEntries(StatusLine line, Background background, EngineProcess engine, Changes changes, InstantSource clock) {
        Latest<EngineState> newest = background.latest(state -> engineWords.set(EngineWords.of(state)));
        states = engine.listen(newest::put);
        engineWords.set(EngineWords.of(engine.state()));
        ObservableValue<Tone> tone = engineWords.map(EngineWords::tone);
        line.shared().add(StatusLine.entry(tone, engineWords.map(EngineWords::text)));
        Latest<Instant> last = background.latest(at -> {
            saved.set("store saved " + CLOCK.format(at.atZone(ZoneId.systemDefault())));
            if (line.shared().size() == 1) line.shared().add(StatusLine.entry(new ReadOnlyObjectWrapper<>(Tone.SUCCESS), saved));
        });
        saves = changes.listen(_ -> last.put(clock.instant()));
    }

    @Override
    public void close() {
        states.close();
        saves.close();
    }
}
