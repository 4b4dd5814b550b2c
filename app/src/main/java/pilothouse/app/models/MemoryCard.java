package pilothouse.app.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import pilothouse.app.charts.Ink;
import pilothouse.app.charts.Unit;
import pilothouse.app.controls.Card;
import pilothouse.app.controls.Meter;

/// What the engine's process occupies of the machine's memory.
final class MemoryCard {
    private final Meter meter = new Meter();
    private final HBox names = new HBox();
    private final Card card = Card.padded("Memory", meter, names);
    private final Label free = new Label();

    MemoryCard() {
        meter.getStyleClass().add("memory-bar");
        names.getStyleClass().add("memory-names");
        free.getStyleClass().add("facts");
        card.actions(free);
        card.setMinHeight(Region.USE_PREF_SIZE);
    }

    Card view() {
        return card;
    }

    void show(LibraryReading reading) {
        var machine = reading.hardware();
        free.setText("machine " + Unit.BYTES.format(machine.memoryBytes()) + ", " + Unit.BYTES.format(machine.availableBytes()) + " free");
        var loaded = reading.rows().stream().filter(row -> row.state() instanceof ModelRow.State.Loaded).toList();
        card.facts().set(reading.memory().isEmpty() ? "the engine does not run" : models(loaded.size()) + ", the engine occupies "
                + Unit.BYTES.format(reading.memory().getAsLong()));
        var parts = parts(reading, loaded);
        meter.show(parts.stream().map(part -> new Meter.Part(part.name(), part.bytes() / (double) machine.memoryBytes(), part.ink())).toList());
        names.getChildren().setAll(parts.stream().map(MemoryCard::name).toList());
        names.setManaged(!parts.isEmpty());
    }

    private static String models(int count) {
        return count == 0 ? "no model loaded" : count == 1 ? "1 model loaded" : count + " models loaded";
    }

    private record Part(String name, long bytes, Ink ink) {}

    /// Weights by model, then what the process has beyond them: cache, libraries, buffers.
    private static List<Part> parts(LibraryReading reading, List<ModelRow> loaded) {
        var parts = new ArrayList<Part>();
        if (reading.memory().isEmpty()) return parts;
        var rest = reading.memory().getAsLong();
        for (int i = 0; i < loaded.size(); i++)
            if (loaded.get(i).state() instanceof ModelRow.State.Loaded(var _, var _, long bytes)) {
                parts.add(new Part(loaded.get(i).name(), bytes, i % 2 == 0 ? Ink.P95 : Ink.TOKENS));
                rest -= bytes;
            }
        if (rest > 0) parts.add(new Part("cache and libraries", rest, Ink.NEUTRAL));
        return parts;
    }

    private static HBox name(Part part) {
        var dot = new Region();
        dot.getStyleClass().addAll("dot", "ink-" + part.ink().name().toLowerCase(Locale.ROOT));
        var name = new Label(part.name());
        var bytes = new Label(Unit.BYTES.format(part.bytes()));
        bytes.getStyleClass().add("facts");
        var box = new HBox(dot, name, bytes);
        box.getStyleClass().add("memory-name");
        return box;
    }
}
