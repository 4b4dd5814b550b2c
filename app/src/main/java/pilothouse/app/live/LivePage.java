package pilothouse.app.live;

import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Card;
import pilothouse.app.controls.EmptyState;
import pilothouse.app.controls.Failure;
import pilothouse.app.controls.Pill;
import pilothouse.app.controls.Segmented;
import pilothouse.app.controls.Tone;
import pilothouse.app.shell.Command;
import pilothouse.app.shell.Page;
import pilothouse.problems.Problem;

/// The operator's board.
public final class LivePage implements Page {
    private final LiveViewModel model;
    private final Head head = new Head();
    private final Pill pill = new Pill("", Tone.NEUTRAL);
    private final KpiBand kpis = new KpiBand();
    private final BoardCharts charts;
    private final BoardTables tables = new BoardTables();
    private final VBox trouble = new VBox();
    private final StackPane view = new StackPane();
    private final VBox board;
    private final Parent empty = empty();

    public LivePage(LiveViewModel model) {
        this.model = model;
        charts = new BoardCharts(model.window());
        board = board();
        view.getStyleClass().add("workspace");
        fillHead();
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

    private void fillHead() {
        var ranges = new Segmented<>("Time range", List.of(TimeRange.values()), TimeRange::title, model.range().get());
        ranges.setId("range");
        ranges.value().bindBidirectional(model.range());
        var pause = Buttons.with(Buttons.plain("Pause", model::togglePause), Feather.PAUSE);
        pause.setId("pause");
        model.window().paused().subscribe(paused -> {
            pause.setText(paused ? "Go on" : "Pause");
            Buttons.with(pause, paused ? Feather.PLAY : Feather.PAUSE);
        });
        head.actions().addAll(ranges, pause);
        model.state().subscribe(state -> {
            pill.set(state, state.equals("live") ? Tone.SUCCESS : Tone.NEUTRAL);
            head.pill().set(state.isEmpty() ? Optional.empty() : Optional.of(pill));
        });
    }

    private void show(LiveBoard read) {
        stand(read.isEmpty() && model.problem().get().isEmpty() ? empty : board);
        kpis.show(read, model.engineRuns());
        charts.show(read, model.engineRuns());
        tables.show(read);
        head.status().setAll(new Label(read.range().steps() + ", times measured here"));
    }

    private void trouble(Optional<Problem> problem) {
        trouble.getChildren().clear();
        trouble.setManaged(problem.isPresent());
        if (problem.isEmpty()) return;
        trouble.getChildren().add(new Card("Not up to date", new Failure(problem.get(), Buttons.plain("Read again", model::readAgain))));
        stand(board);
    }

    private void stand(Node content) {
        if (!view.getChildren().equals(List.of(content))) view.getChildren().setAll(content); // or the focus would be lost
    }

    @Override
    public String id() {
        return "live";
    }

    @Override
    public String title() {
        return "Live";
    }

    @Override
    public Ikon icon() {
        return Feather.ACTIVITY;
    }

    @Override
    public Group group() {
        return Group.WATCH;
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
        return List.of(Command.of("live.pause", "Pause or go on with the board", Feather.PAUSE, model::togglePause).on("Space"),
                Command.of("live.now", "Show the present again", Feather.ROTATE_CCW, model.window()::reset));
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
        return List.of("/pilothouse/app/live/live.css");
    }
}
