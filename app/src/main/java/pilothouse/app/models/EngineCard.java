package pilothouse.app.models;

import javafx.beans.property.StringProperty;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.charts.Unit;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Card;
import pilothouse.app.controls.FactRows;
import pilothouse.app.controls.Failure;
import pilothouse.app.controls.Pill;
import pilothouse.app.controls.Tone;
import pilothouse.local.EngineState;

/// What the local engine's process is doing, and what it runs on.
final class EngineCard {
    private final ModelsViewModel model;
    private final Pill state = new Pill("not running", Tone.NEUTRAL);
    private final VBox now = new VBox();
    private final FactRows facts = new FactRows();
    private final StringProperty process = facts.add("Process", Unit.NONE);
    private final StringProperty address = facts.add("Listens at", Unit.NONE);
    private final StringProperty memory = facts.add("Memory", Unit.NONE);
    private final StringProperty processor = facts.add("Processor", Unit.NONE);
    private final StringProperty cores = facts.add("Cores", Unit.NONE);
    private final StringProperty units = facts.add("Vector units", Unit.NONE);
    private final StringProperty cards = facts.add("GPU", Unit.NONE);
    private final Card card;

    EngineCard(ModelsViewModel model) {
        this.model = model;
        now.getStyleClass().add("engine-now");
        card = Card.padded("Engine", now, facts).beside(state).actions(restart());
        model.engineState().subscribe(this::show);
    }

    Card view() {
        return card;
    }

    private Button restart() {
        var restart = Buttons.with(Buttons.flat("Restart", model::restart), Feather.REFRESH_CW);
        restart.setAccessibleText("Restart the engine");
        restart.setId("restart");
        return restart;
    }

    void show(LibraryReading reading) {
        var machine = reading.hardware();
        address.set(reading.address().map(uri -> uri.getHost() + ":" + uri.getPort()).orElse(Unit.NONE));
        memory.set(reading.memory().isPresent() ? Unit.BYTES.format(reading.memory().getAsLong()) : Unit.NONE);
        processor.set(machine.processor().isEmpty() ? Unit.NONE : machine.processor());
        cores.set(machine.cores() + ", " + machine.physicalCores() + " physical");
        units.set(machine.vectorUnits().isEmpty() ? Unit.NONE : String.join(", ", machine.vectorUnits().stream().sorted().toList()));
        cards.set(machine.gpus().isEmpty() ? "none found" : String.join(", ", machine.gpus()));
    }

    private void show(EngineState said) {
        now.getChildren().clear();
        process.set(said instanceof EngineState.Ready(long pid) ? Unit.COUNT.format(pid) : Unit.NONE);
        switch (said) {
            case EngineState.Stopped _ -> say("not running", Tone.NEUTRAL, "It starts when a model is first used.");
            case EngineState.Unpacking(long done, long total) -> {
                say("unpacking", Tone.ACCENT, "Its libraries are unpacked, once: " + Unit.BYTES.format(done) + " of " + Unit.BYTES.format(total));
                now.getChildren().add(bar(total == 0 ? -1 : done / (double) total));
            }
            case EngineState.Starting _ -> say("starting", Tone.ACCENT, "Its process starts.");
            case EngineState.Loading(String name, double progress, String step) -> {
                say("loading", Tone.ACCENT, name + ": " + step);
                now.getChildren().add(bar(progress));
            }
            case EngineState.Ready _ -> say("running", Tone.SUCCESS, "");
            case EngineState.Restarting(int attempt, var _, String why) ->
                    say("starting again", Tone.WARNING, "It ended by itself (" + why + "). Attempt " + attempt + " to start it again.");
            case EngineState.Failed(var problem) -> {
                state.set("failed", Tone.DANGER);
                now.getChildren().add(new Failure(problem, Buttons.plain("Start the engine again", model::restart)));
            }
        }
        now.setManaged(!now.getChildren().isEmpty());
    }

    private void say(String word, Tone tone, String sentence) {
        state.set(word, tone);
        if (sentence.isEmpty()) return;
        var label = new Label(sentence);
        label.setWrapText(true);
        label.getStyleClass().add("muted");
        now.getChildren().add(label);
    }

    private static ProgressBar bar(double share) {
        var bar = new ProgressBar(share);
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.setAccessibleText("Progress");
        return bar;
    }
}
