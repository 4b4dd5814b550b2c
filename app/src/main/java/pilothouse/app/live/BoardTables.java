package pilothouse.app.live;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import pilothouse.app.charts.Ink;
import pilothouse.app.charts.Unit;
import pilothouse.app.controls.Card;
import pilothouse.app.controls.Meter;
import pilothouse.app.controls.Tone;

/// What the charts do not say: how runs ended, target by target, run by run.
final class BoardTables {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM HH:mm");
    private static final DateTimeFormatter FULL = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL);

    private final VBox results = new VBox();
    private final Card resultsCard = Card.padded("Results", results);
    private final TableView<LiveBoard.TargetRow> targets = table("Targets");
    private final Card targetsCard = new Card("Targets", targets);
    private final TableView<LiveBoard.LastRun> runs = table("Last runs");
    private final Card runsCard = new Card("Last runs", runs);

    BoardTables() {
        results.getStyleClass().add("results");
        targets.getColumns().add(wide(text("Target", 120, row -> row.target())));
        targets.getColumns().add(number("Runs", 60, row -> Unit.COUNT.format(row.runs())));
        targets.getColumns().add(number("TTFT p95", 82, row -> Unit.SECONDS.format(row.ttft95())));
        targets.getColumns().add(number("TPOT p50", 82, row -> Unit.SECONDS.format(row.tpot50())));
        targets.getColumns().add(number("Tokens out", 88, row -> Unit.COUNT.format(row.tokensOut())));
        targets.getColumns().add(number("Failed", 64, row -> Unit.COUNT.format(row.failed())));
        runs.getColumns().add(time());
        runs.getColumns().add(result()); // early, so that a narrow window does not cut it off
        runs.getColumns().add(wide(text("Source", 84, run -> run.source()), 110));
        runs.getColumns().add(wide(text("Target", 130, run -> run.target())));
        runs.getColumns().add(number("TTFT", 78, run -> Unit.SECONDS.format(run.ttft())));
        runs.getColumns().add(number("TPOT", 78, run -> Unit.SECONDS.format(run.tpot())));
        runs.getColumns().add(number("End to end", 86, run -> Unit.SECONDS.format(run.endToEnd())));
        runs.getColumns().add(number("Tokens", 62, run -> (run.estimated() ? "~" : "") + Unit.COUNT.format(run.tokens())));
    }

    Card results() {
        return resultsCard;
    }

    HBox tables() {
        targetsCard.setPrefWidth(540);
        targetsCard.setMinWidth(360);
        return new HBox(10, targetsCard, BoardCharts.grow(runsCard));
    }

    void show(LiveBoard board) {
        targets.getItems().setAll(board.targets());
        targetsCard.facts().set("in " + board.range().title());
        if (!runs.getItems().equals(board.runs())) runs.getItems().setAll(board.runs());
        runsCard.facts().set(board.runs().isEmpty() ? "" : "the newest " + board.runs().size());
        resultsCard.facts().set(board.count() == 0 ? "" : Unit.COUNT.format(board.count()) + (board.count() == 1 ? " run" : " runs"));
        results.getChildren().setAll(board.results().entrySet().stream()
                .map(entry -> resultRow(entry.getKey(), entry.getValue(), board.count())).toList());
        if (board.results().isEmpty()) results.getChildren().add(muted("No run ended in this time."));
    }

    private static Node resultRow(String result, long count, long all) {
        var pill = new HBox(Results.pill(result));
        pill.getStyleClass().add("result-name");
        var meter = new Meter();
        meter.show(Results.word(result), count / (double) all, ink(Results.tone(result)));
        HBox.setHgrow(meter, javafx.scene.layout.Priority.ALWAYS);
        meter.setMaxWidth(Double.MAX_VALUE);
        var figures = new Label(Unit.COUNT.format(count));
        figures.getStyleClass().addAll("strong", "result-count");
        figures.setMinWidth(Region.USE_PREF_SIZE);
        var share = muted(Unit.SHARE.format(count / (double) all));
        share.getStyleClass().add("result-share");
        share.setMinWidth(Region.USE_PREF_SIZE);
        var row = new HBox(pill, meter, figures, share);
        row.getStyleClass().add("result-row");
        return row;
    }

    private static Ink ink(Tone tone) {
        return switch (tone) {
            case SUCCESS -> Ink.P50;
            case DANGER -> Ink.DANGER;
            case WARNING -> Ink.WARNING;
            default -> Ink.NEUTRAL;
        };
    }

    private static Label muted(String text) {
        var label = new Label(text);
        label.getStyleClass().add("facts");
        return label;
    }

    private static <T> TableView<T> table(String name) {
        var table = new TableView<T>();
        table.setAccessibleText(name);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setPlaceholder(muted("Nothing in this time."));
        return table;
    }

    private static <T> TableColumn<T, String> text(String title, double width, Function<T, String> value) {
        var column = new TableColumn<T, String>(title);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
        column.setPrefWidth(width);
        column.setCellFactory(_ -> new TableCell<>() {
            @Override
            protected void updateItem(String text, boolean empty) {
                super.updateItem(text, empty);
                setText(empty ? "" : text);
                setTooltip(empty ? null : new Tooltip(text)); // narrow columns cut it
            }
        });
        return column;
    }

    private static <T> TableColumn<T, String> wide(TableColumn<T, String> column) {
        column.setMinWidth(column.getPrefWidth());
        return column;
    }

    private static <T> TableColumn<T, String> wide(TableColumn<T, String> column, double most) {
        column.setMaxWidth(most);
        return wide(column);
    }

    private static <T> TableColumn<T, String> number(String title, double width, Function<T, String> value) {
        var column = text(title, width, value);
        column.getStyleClass().add("numbers");
        column.setMinWidth(width);
        column.setMaxWidth(width); // what is over goes to the names
        return column;
    }

    private static TableColumn<LiveBoard.LastRun, Instant> time() {
        var column = new TableColumn<LiveBoard.LastRun, Instant>("Time");
        column.setPrefWidth(112);
        column.setMinWidth(106);
        column.setMaxWidth(120);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue().at()));
        column.setCellFactory(_ -> new TableCell<>() {
            @Override
            protected void updateItem(Instant at, boolean empty) {
                super.updateItem(at, empty);
                setText(empty ? "" : clock(at));
                setTooltip(empty ? null : new Tooltip(FULL.format(at.atZone(ZoneId.systemDefault()))));
            }
        });
        return column;
    }

    private static String clock(Instant at) {
        var local = at.atZone(ZoneId.systemDefault());
        return (local.toLocalDate().equals(LocalDate.now()) ? CLOCK : DAY).format(local);
    }

    private static TableColumn<LiveBoard.LastRun, LiveBoard.LastRun> result() {
        var column = new TableColumn<LiveBoard.LastRun, LiveBoard.LastRun>("Result");
        column.setPrefWidth(96);
        column.setMinWidth(90);
        column.setMaxWidth(110);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        column.setCellFactory(_ -> new TableCell<>() {
            @Override
            protected void updateItem(LiveBoard.LastRun run, boolean empty) {
                super.updateItem(run, empty);
                setGraphic(empty ? null : Results.pill(run.result()));
                setTooltip(empty || run.problem().isEmpty() ? null : new Tooltip(run.problem()));
            }
        });
        return column;
    }
}
