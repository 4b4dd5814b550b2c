package pilothouse.app.models;

import java.io.File;
import java.util.List;
import java.util.Optional;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.stage.FileChooser;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Pill;
import pilothouse.app.controls.Tone;
import pilothouse.app.shell.Command;
import pilothouse.app.shell.Page;

/// The model files and the local engine.
public final class ModelsPage implements Page {
    private final ModelsViewModel model;
    private final Head head = new Head();
    private Optional<ModelsView> view = Optional.empty();

    public ModelsPage(ModelsViewModel model) {
        this.model = model;
        head.actions().add(Buttons.with(Buttons.accent("Add a model…", this::choose), Feather.PLUS));
        head.status().add(new Label("drop a GGUF file anywhere on this screen"));
        model.reading().subscribe(reading -> reading.ifPresent(this::show));
    }

    private void show(LibraryReading reading) {
        var gpus = reading.hardware().gpus();
        var what = (gpus.isEmpty() ? "CPU" : gpus.getFirst()) + ", " + reading.hardware().cores() + " cores";
        head.pill().set(Optional.of(new Pill(what, Tone.NEUTRAL, Feather.CPU)));
    }

    private void choose() {
        var chooser = new FileChooser();
        chooser.setTitle("Add models");
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("Model files (GGUF)", "*.gguf", "*.GGUF"));
        var files = chooser.showOpenMultipleDialog(view().getScene().getWindow());
        if (files != null) model.choose(files.stream().map(File::toPath).toList());
    }

    @Override
    public String id() {
        return "models";
    }

    @Override
    public String title() {
        return "Models";
    }

    @Override
    public Ikon icon() {
        return Feather.CPU;
    }

    @Override
    public Group group() {
        return Group.MACHINES;
    }

    @Override
    public Head head() {
        return head;
    }

    @Override
    public Parent view() {
        if (view.isEmpty()) view = Optional.of(new ModelsView(model, this::choose));
        return view.get();
    }

    @Override
    public List<Command> commands() {
        return List.of(Command.of("models.add", "Add a model…", Feather.PLUS, this::choose).on("Ctrl O"),
                Command.of("models.refresh", "Read the library again", Feather.REFRESH_CW, model::refresh).on("F5"),
                Command.of("models.restart", "Restart the engine", Feather.POWER, model::restart));
    }

    @Override
    public void shown(String place) {
        model.open();
    }

    @Override
    public void hidden() {
        model.close();
    }

    @Override
    public List<String> styleSheets() {
        return List.of("/pilothouse/app/models/models.css");
    }
}
