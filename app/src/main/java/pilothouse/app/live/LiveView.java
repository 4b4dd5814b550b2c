package pilothouse.app.live;

import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Card;
import pilothouse.app.controls.EmptyState;
import pilothouse.app.controls.Failure;
import pilothouse.problems.Problem;

/// The board itself: KPIs, charts, tables, or why there are none.
final class LiveView extends StackPane {
    private final LiveViewModel model;
    private final KpiBand kpis = new KpiBand();
    private final BoardCharts charts;
    private final BoardTables tables = new BoardTables();
    private final VBox trouble = new VBox();
    private final VBox board;
    private final Parent empty = empty();

    LiveView(LiveViewModel model) {
        this.model = model;
        charts = new BoardCharts(model.window());
        board = board();
        getStyleClass().add("workspace");
        model.board().subscribe(read -> read.ifPresent(this::show));
        model.problem().subscribe(this::trouble);
    }

    private VBox board() {
        var large = charts.large(tables.results());
        var small = charts.small();
        var lower = tables.tables();
        large.setPrefHeight(250);
        small.setPrefHeight(170);
        lower.setPrefHeight(210);
        for (var row : List.of(large, small, lower)) {
            row.setMinHeight(110);
            VBox.setVgrow(row, Priority.ALWAYS);
        }
        trouble.setManaged(false);
        var rows = new VBox(10, trouble, kpis.view(), large, small, lower);
        rows.getStyleClass().add("live-board");
        return rows;
    }

    private static Parent empty() {
        var card = new Card("Live", new EmptyState("No run yet",
                "Times, tokens and failures of every run will stand here. Run a prompt in Prompts, and the numbers move."));
        VBox.setVgrow(card, Priority.ALWAYS);
        return new VBox(card);
    }

    private void show(LiveBoard read) {
        stand(read.isEmpty() && model.problem().get().isEmpty() ? empty : board);
        kpis.show(read, model.engineRuns());
        charts.show(read, model.engineRuns());
        tables.show(read);
    }

    private void trouble(Optional<Problem> problem) {
        trouble.getChildren().clear();
        trouble.setManaged(problem.isPresent());
        if (problem.isEmpty()) return;
        trouble.getChildren().add(new Card("Not up to date", new Failure(problem.get(), Buttons.plain("Read again", model::readAgain))));
        stand(board);
    }

    private void stand(Node content) {
        if (!getChildren().equals(List.of(content))) getChildren().setAll(content); // or the focus would be lost
    }
}
