package pilothouse.app.models;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import pilothouse.app.charts.Unit;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Card;
import pilothouse.app.controls.EmptyState;
import pilothouse.app.controls.Failure;
import pilothouse.local.EngineState;
import pilothouse.problems.Problem;

/// Memory, what arrives, the library, the engine.
final class ModelsView extends VBox {
    private static final PseudoClass DROPPING = PseudoClass.getPseudoClass("dropping");

    private final ModelsViewModel model;
    private final Runnable choose;
    private final MemoryCard memory = new MemoryCard();
    private final EngineCard engine;
    private final StackPane content = new StackPane();
    private final LibraryTable table;
    private final VBox failures = new VBox();
    private final Card library;

    /// @param choose asks for files
    ModelsView(ModelsViewModel model, Runnable choose) {
        this.model = model;
        this.choose = choose;
        engine = new EngineCard(model);
        table = new LibraryTable(model);
        var body = new VBox(failures, content);
        VBox.setVgrow(content, Priority.ALWAYS);
        library = new Card("Library", body);
        build(new Arrivals(model));
        acceptDrops();
        model.reading().subscribe(reading -> reading.ifPresent(this::show));
        model.problem().subscribe(problem -> problem.ifPresent(this::unreadable));
        model.rows().addListener((javafx.beans.InvalidationListener) _ -> rows());
    }

    private void build(Arrivals arrivals) {
        HBox.setHgrow(library, Priority.ALWAYS);
        library.setPrefWidth(100);
        library.setMinWidth(0);
        engine.view().setPrefWidth(300);
        engine.view().setMinWidth(260);
        var middle = new HBox(10, library, engine.view());
        VBox.setVgrow(middle, Priority.ALWAYS);
        setSpacing(10);
        getChildren().addAll(memory.view(), arrivals.view(), middle);
        getStyleClass().addAll("workspace", "models");
    }

    private void show(LibraryReading reading) {
        memory.show(reading);
        engine.show(reading);
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
                Buttons.plain("Choose a file…", choose));
    }

    private void unreadable(Problem problem) {
        content.getChildren().setAll(new Failure(problem, Buttons.plain("Read again", model::refresh)));
    }

    private void acceptDrops() {
        setOnDragOver(event -> {
            if (dropped(event).isEmpty()) return;
            event.acceptTransferModes(TransferMode.COPY_OR_MOVE);
            pseudoClassStateChanged(DROPPING, true);
            event.consume();
        });
        setOnDragExited(_ -> pseudoClassStateChanged(DROPPING, false));
        setOnDragDropped(event -> {
            model.choose(dropped(event));
            event.setDropCompleted(true);
            event.consume();
        });
    }

    private static List<Path> dropped(DragEvent event) {
        return event.getDragboard().getFiles().stream().map(File::toPath).toList();
    }
}
