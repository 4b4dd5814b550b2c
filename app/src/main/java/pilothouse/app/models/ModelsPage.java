package pilothouse.app.models;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.charts.Unit;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Card;
import pilothouse.app.controls.EmptyState;
import pilothouse.app.controls.Failure;
import pilothouse.app.controls.Pill;
import pilothouse.app.controls.Tone;
import pilothouse.app.shell.Command;
import pilothouse.app.shell.Page;
import pilothouse.local.EngineState;
import pilothouse.problems.Problem;

/// The model files and the local engine.
public final class ModelsPage implements Page {
    private static final PseudoClass DROPPING = PseudoClass.getPseudoClass("dropping");

    private final ModelsViewModel model;
    private final Head head = new Head();
    private final MemoryCard memory = new MemoryCard();
    private final EngineCard engine;
    private final StackPane content = new StackPane();
    private final LibraryTable table;
    private final VBox failures = new VBox();
    private final Card library;
    private final VBox view;

    public ModelsPage(ModelsViewModel model) {
        this.model = model;
        engine = new EngineCard(model);
        table = new LibraryTable(model);
        var body = new VBox(failures, content);
        VBox.setVgrow(content, Priority.ALWAYS);
        library = new Card("Library", body);
        view = view(new Arrivals(model));
        acceptDrops();
        head.actions().add(Buttons.with(Buttons.accent("Add a model…", this::choose), Feather.PLUS));
        head.status().add(new Label("drop a GGUF file anywhere on this screen"));
        model.reading().subscribe(reading -> reading.ifPresent(this::show));
        model.problem().subscribe(problem -> problem.ifPresent(this::unreadable));
        model.rows().addListener((javafx.beans.InvalidationListener) _ -> rows());
    }

    private VBox view(Arrivals arrivals) {
        HBox.setHgrow(library, Priority.ALWAYS);
        library.setPrefWidth(100);
        library.setMinWidth(0);
        engine.view().setPrefWidth(330);
        engine.view().setMinWidth(260);
        var middle = new HBox(10, library, engine.view());
        VBox.setVgrow(middle, Priority.ALWAYS);
        var rows = new VBox(10, memory.view(), arrivals.view(), middle);
        rows.getStyleClass().addAll("workspace", "models");
        return rows;
    }

    private void show(LibraryReading reading) {
        memory.show(reading);
        engine.show(reading);
        var gpus = reading.hardware().gpus();
        var what = (gpus.isEmpty() ? "CPU" : gpus.getFirst()) + ", " + reading.hardware().cores() + " cores";
        head.pill().set(Optional.of(new Pill(what, Tone.NEUTRAL, Feather.CPU)));
        rows();
    }

    private void rows() {
        var rows = model.rows();
        library.facts().set(rows.size() + (rows.size() == 1 ? " model, " : " models, ")
                + Unit.BYTES.format(rows.stream().mapToLong(row -> row.file().bytes()).sum()) + " on disk");
        var shown = rows.isEmpty() ? empty() : table.view();
        if (!content.getChildren().equals(List.of(shown))) content.getChildren().setAll(shown);
        failures.getChildren().setAll(rows.stream().flatMap(row -> row.problem().filter(this::isNews).map(problem -> named(row, problem)).stream())
                .map(Failure::new).toList());
    }

    /// What stopped the engine itself stands in the engine's card.
    private boolean isNews(Problem problem) {
        return !(model.engineState().get() instanceof EngineState.Failed(var same) && same.equals(problem));
    }

    private static Problem named(ModelRow row, Problem problem) {
        if (problem.what().contains(row.name())) return problem;
        return new Problem(row.name() + ": " + problem.what(), problem.where(), problem.remedy());
    }

    private EmptyState empty() {
        return new EmptyState("No model yet", "GGUF files that run on this machine will stand here. Choose one, or drop it on this screen.",
                Buttons.plain("Choose a file…", this::choose));
    }

    private void unreadable(Problem problem) {
        content.getChildren().setAll(new Failure(problem, Buttons.plain("Read again", model::refresh)));
    }

    private void choose() {
        var chooser = new FileChooser();
        chooser.setTitle("Add models");
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("Model files (GGUF)", "*.gguf", "*.GGUF"));
        var files = chooser.showOpenMultipleDialog(view.getScene().getWindow());
        if (files != null) model.choose(files.stream().map(File::toPath).toList());
    }

    private void acceptDrops() {
        view.setOnDragOver(event -> {
            if (dropped(event).isEmpty()) return;
            event.acceptTransferModes(TransferMode.COPY_OR_MOVE);
            view.pseudoClassStateChanged(DROPPING, true);
            event.consume();
        });
        view.setOnDragExited(_ -> view.pseudoClassStateChanged(DROPPING, false));
        view.setOnDragDropped(event -> {
            model.choose(dropped(event));
            event.setDropCompleted(true);
            event.consume();
        });
    }

    private static List<Path> dropped(DragEvent event) {
        return event.getDragboard().getFiles().stream().map(File::toPath).toList();
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
        return view;
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
