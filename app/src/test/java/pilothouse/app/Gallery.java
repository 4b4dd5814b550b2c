package pilothouse.app;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import javafx.collections.FXCollections;
import javafx.geometry.Insets;
import javafx.scene.Parent;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.charts.HeatCells;
import pilothouse.app.charts.HeatMap;
import pilothouse.app.charts.HistogramChart;
import pilothouse.app.charts.Ink;
import pilothouse.app.charts.Legend;
import pilothouse.app.charts.Line;
import pilothouse.app.charts.Mark;
import pilothouse.app.charts.TimeSeriesChart;
import pilothouse.app.charts.TimeWindow;
import pilothouse.app.charts.Unit;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Card;
import pilothouse.app.controls.Dot;
import pilothouse.app.controls.EmptyState;
import pilothouse.app.controls.FactRows;
import pilothouse.app.controls.Failure;
import pilothouse.app.controls.Field;
import pilothouse.app.controls.KeyBadge;
import pilothouse.app.controls.Kpi;
import pilothouse.app.controls.Meter;
import pilothouse.app.controls.Notice;
import pilothouse.app.controls.NoticeBar;
import pilothouse.app.controls.Pill;
import pilothouse.app.controls.Segmented;
import pilothouse.app.controls.Tone;
import pilothouse.app.shell.Command;
import pilothouse.app.shell.Page;
import pilothouse.problems.Problem;

/// Pages for tests, made of invented values: one with every chart, one with every control.
public final class Gallery implements Page {
    public static final Instant NOW = Instant.parse("2026-11-20T19:15:00Z");

    private final String id;
    private final String title;
    private final Ikon icon;
    private final Group group;
    private final Parent view;
    private final Head head = new Head();
    public final TimeWindow window = new TimeWindow(Duration.ofHours(1), InstantSource.fixed(NOW));
    public int ran;

    private Gallery(String id, String title, Ikon icon, Group group, java.util.function.Function<Gallery, Parent> view) {
        this.id = id;
        this.title = title;
        this.icon = icon;
        this.group = group;
        this.view = view.apply(this);
    }

    public static Gallery charts() {
        var page = new Gallery("live", "Live", Feather.ACTIVITY, Group.WATCH, Gallery::board);
        page.head.crumbs().add(new Crumb("Main board", "main"));
        page.head.pill().set(Optional.of(new Pill("live, 1 s", Tone.SUCCESS)));
        page.head.actions().addAll(new Segmented<>("Time range", List.of("15 min", "1 h", "6 h", "24 h", "7 d"), it -> it, "1 h"),
                Buttons.with(Buttons.plain("Pause", () -> {}), Feather.PAUSE));
        page.head.status().add(new Label("8 charts"));
        page.head.badge().set(2);
        return page;
    }

    public static Gallery controls() {
        var page = new Gallery("prompts", "Prompts", Feather.EDIT_2, Group.WORK, Gallery::parts);
        page.head.crumbs().addAll(new Crumb("support", "support"), new Crumb("support-triage", "support-triage"));
        page.head.pill().set(Optional.of(new Pill("draft from v14", Tone.ACCENT)));
        var save = Buttons.with(Buttons.accent("Save v15", () -> {}), Feather.GIT_COMMIT);
        page.head.actions().addAll(Buttons.with(Buttons.plain("Stop", () -> {}), Feather.SQUARE), save);
        page.head.status().addAll(new Label("Ln 21, Col 8"), new Label("UTF-8"));
        return page;
    }

    /// A page with nothing in it.
    public static Gallery empty(String id, String title, Ikon icon, Group group) {
        return new Gallery(id, title, icon, group, _ -> new VBox(new Card(title,
                new EmptyState("Nothing here yet", "What was run will stand here.", Buttons.accent("Run a prompt", () -> {})))));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public Ikon icon() {
        return icon;
    }

    @Override
    public Group group() {
        return group;
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
        return List.of(Command.of(id + ".save", "Save version", Feather.SAVE, () -> ran++).on("Ctrl S"),
                Command.of(id + ".roll-back", "Roll back support-triage to v13", Feather.ROTATE_CCW, () -> ran++).on("Alt R"),
                Command.of(id + ".rule", "Open the rollback rule of production", Feather.SETTINGS, () -> ran++),
                Command.of(id + ".payroll", "payroll-question", Feather.FILE_TEXT, () -> ran++).beside("prompt in hr"),
                Command.of(id + ".mark", "Mark the run", Feather.FLAG, () -> ran++).on("M"),
                Command.of(id + ".promote", "Promote to 50 %", Feather.SEND, () -> ran++).unless(() -> Optional.of("2 gates open")));
    }

    private static Parent board(Gallery page) {
        var charts = new HBox(10, grow(ttft(page)), grow(heat(page)));
        var small = new HBox(10, grow(tokens(page)), grow(histogram()), grow(gaps(page)));
        var board = new VBox(10, kpis(), charts, small);
        VBox.setVgrow(charts, Priority.ALWAYS);
        VBox.setVgrow(small, Priority.ALWAYS);
        board.getStyleClass().add("workspace");
        return board;
    }

    private static Card kpis() {
        var row = new HBox();
        var values = new double[] {12.8, 0.431, 0.0181, 4.9, 2144, 0.0175};
        var names = List.of("Requests", "TTFT p95", "TPOT p50", "End to end p95", "Tokens out", "Failed");
        var units = List.of(Unit.PER_SECOND, Unit.SECONDS, Unit.SECONDS, Unit.SECONDS, Unit.TOKENS_PER_SECOND, Unit.SHARE);
        var inks = List.of(Ink.P95, Ink.P99, Ink.P50, Ink.P95, Ink.TOKENS, Ink.DANGER);
        for (int i = 0; i < names.size(); i++) {
            var kpi = new Kpi(names.get(i), units.get(i), inks.get(i));
            kpi.show(values[i], "yesterday " + units.get(i).format(values[i] * 0.93));
            kpi.course(course(i, 40));
            HBox.setHgrow(kpi, Priority.ALWAYS);
            kpi.setPrefWidth(100);
            if (i > 0) row.getChildren().add(divider());
            row.getChildren().add(kpi);
        }
        var card = new Card("");
        card.getChildren().setAll(row);
        card.getStyleClass().add("flush");
        return card;
    }

    private static Region divider() {
        var line = new Region();
        line.getStyleClass().add("hairline-v");
        HBox.setMargin(line, new Insets(12, 0, 12, 0));
        return line;
    }

    private static Card ttft(Gallery page) {
        var chart = new TimeSeriesChart(page.window, Unit.SECONDS);
        var p50 = wave("p50", Ink.P50, 0.14, 0.012, 1);
        var p95 = wave("p95", Ink.P95, 0.30, 0.03, 2);
        var p99 = wave("p99", Ink.P99, 0.42, 0.06, 3);
        chart.lines().addAll(p50, p95, p99);
        chart.setLevel(0.4, "SLO 400 ms");
        chart.setMarks(List.of(new Mark(minutes(53), Mark.Kind.RELEASE, "v14 5 %"), new Mark(minutes(27), Mark.Kind.CONFIGURATION, "3 to 4 replicas"),
                new Mark(minutes(11), Mark.Kind.RELEASE, "v14 25 %")));
        chart.setId("ttft");
        var card = new Card("TTFT", chart).actions(new Legend(chart));
        card.facts().set("all targets, 10 s steps");
        return card;
    }

    private static Card heat(Gallery page) {
        var cells = new HeatCells(new double[] {0.02, 0.04, 0.06, 0.09, 0.13, 0.19, 0.28, 0.4, 0.6, 0.9}, 60_000, 200);
        var random = new SplittableRandom(7);
        for (int minute = 0; minute < 60; minute++)
            for (int i = 0; i < 120; i++)
                cells.add(minutes(60 - minute), 0.16 * Math.exp(random.nextGaussian() * 0.5) * (minute > 48 ? 1.5 : 1));
        var map = new HeatMap(page.window, cells, Unit.SECONDS);
        map.setId("heat");
        var card = new Card("TTFT heat map", map);
        card.facts().set("requests per minute and bucket");
        return card;
    }

    private static Card tokens(Gallery page) {
        var chart = new TimeSeriesChart(page.window, Unit.TOKENS_PER_SECOND);
        chart.lines().addAll(samples(Line.filled("in", Ink.P95, 1000), 11_000, 900, 4), samples(Line.filled("out", Ink.TOKENS, 1000), 2_100, 160, 5));
        return new Card("Tokens per second", chart).actions(new Legend(chart));
    }

    private static Card histogram() {
        var chart = new HistogramChart(Unit.SECONDS, Ink.P95);
        var counts = new long[24];
        var edges = new double[25];
        for (int i = 0; i < 25; i++) edges[i] = i * 0.03;
        var random = new SplittableRandom(9);
        for (int i = 0; i < 3000; i++) counts[(int) Math.clamp((long) (0.17 * Math.exp(random.nextGaussian() * 0.5) / 0.03), 0, 23)]++;
        chart.show(edges, counts, List.of(new HistogramChart.Percentile("p50", 0.17, Ink.P50), new HistogramChart.Percentile("p95", 0.39, Ink.P95),
                new HistogramChart.Percentile("p99", 0.54, Ink.P99)));
        chart.setId("histogram");
        var card = new Card("TTFT distribution", chart);
        card.facts().set("3,000 runs");
        return card;
    }

    private static Card gaps(Gallery page) {
        var chart = new TimeSeriesChart(page.window, Unit.SHARE);
        var whole = Line.filled("triage", Ink.TOKENS, 1000);
        var broken = Line.dashed("rag", Ink.P50, 1000);
        for (int i = 0; i < 360; i++) {
            var time = NOW.toEpochMilli() - (360 - i) * 10_000L;
            whole.add(time, 0.55 + 0.08 * Math.sin(i / 20.0));
            if (i < 130 || i > 190) broken.add(time, 0.34 + 0.05 * Math.cos(i / 15.0));
        }
        chart.lines().addAll(whole, broken);
        return new Card("KV cache in use", chart).actions(new Legend(chart));
    }

    private static Parent parts(Gallery page) {
        var left = new VBox(10, new Card("Experiments", new EmptyState("No experiment yet", "Compare two versions on a data set and get a verdict with its interval.",
                Buttons.accent("Compare two versions", () -> {}), Buttons.flat("Open a sample", () -> {}))), failure(), notices(), pills());
        var middle = new VBox(10, buttons(), fields(), facts());
        var right = new VBox(10, list(), table());
        var columns = new HBox(10, grow(left), grow(middle), grow(right));
        columns.getStyleClass().add("workspace");
        return columns;
    }

    private static Card failure() {
        var card = new Card("Answer", new Failure(new Problem("triage-vllm did not answer within 30 s.", "POST /v1/chat/completions, 0 bytes",
                "It accepted the request and sent no token. 6 requests wait there; openai-main is free."),
                Buttons.with(Buttons.plain("Run again", () -> {}), Feather.REFRESH_CW), Buttons.plain("Run on openai-main", () -> {})));
        return card.beside(new Pill("failed", Tone.DANGER, Feather.X));
    }

    private static VBox notices() {
        return new VBox(8, new NoticeBar(new Notice(Tone.ACCENT, "mara saved policy-excerpt v7.", new Notice.Link("Compare", () -> {}))),
                new NoticeBar(new Notice(Tone.SUCCESS, "Saved as v15. 6 checks run.", new Notice.Link("Undo", () -> {}))),
                new NoticeBar(new Notice(Tone.WARNING, "TTFT p95 is 412 ms, above 400 ms.", new Notice.Link("Acknowledge", () -> {}))),
                new NoticeBar(new Notice(Tone.DANGER, "The disk is full. Nothing is lost.", new Notice.Link("Save elsewhere", () -> {}))).dismissible(() -> {}));
    }

    private static HBox pills() {
        return new HBox(8, new Pill("draft", Tone.ACCENT), new Pill("production", Tone.SUCCESS), new Pill("canary 25 %", Tone.WARNING),
                new Pill("rolled back", Tone.DANGER), new Pill("stale", Tone.NEUTRAL), new Pill("json-strict", Tone.PURPLE), new KeyBadge("Ctrl K"));
    }

    private static Card buttons() {
        var save = Buttons.accent("Save v15", () -> {});
        save.setGraphic(new KeyBadge("Ctrl S"));
        save.setContentDisplay(javafx.scene.control.ContentDisplay.RIGHT);
        var off = Buttons.accent("Save v15", () -> {});
        off.setDisable(true);
        var compact = Buttons.plain("Load", () -> {});
        compact.getStyleClass().add("compact");
        return Card.padded("Buttons", new HBox(8, save, Buttons.plain("Compare", () -> {}), Buttons.flat("Cancel", () -> {}), Buttons.danger("Delete", () -> {}),
                Buttons.icon(Feather.PLUS, "Add", () -> {})), new HBox(8, off, compact, Buttons.link("Unload", () -> {})),
                new Segmented<>("Range", List.of("15 min", "1 h", "6 h"), it -> it, "1 h"));
    }

    private static Card fields() {
        var bad = new Field("temperature", new TextField("2.4"));
        bad.setProblem("0 to 2");
        var box = new ComboBox<>(FXCollections.observableArrayList("triage-vllm", "openai-main"));
        box.getSelectionModel().selectFirst();
        box.setAccessibleText("Target");
        var empty = new TextField();
        empty.setPromptText("Find in 214 prompts");
        empty.setAccessibleText("Find");
        var slider = new javafx.scene.control.Slider(0, 1, 0.3);
        slider.setAccessibleText("top-p");
        var check = new javafx.scene.control.CheckBox("Wrap long lines");
        check.setSelected(true);
        var toggle = new atlantafx.base.controls.ToggleSwitch("Less motion");
        toggle.setSelected(true);
        toggle.setAccessibleText("Less motion");
        return Card.padded("Fields", new Field("product", new TextField("Northwind Outdoor")), bad, empty, box, slider, check, toggle);
    }

    private static Card facts() {
        var rows = new FactRows();
        rows.add("Runs on", "CPU, no CUDA device was found");
        rows.add("Precision", "int4, chosen from memory and file");
        var meter = new Meter();
        meter.show(List.of(new Meter.Part("Qwen2.5-1.5B", 0.17, Ink.P95), new Meter.Part("SmolLM2-135M", 0.04, Ink.TOKENS), new Meter.Part("KV cache", 0.11, Ink.P99)));
        meter.setMaxWidth(Double.MAX_VALUE);
        var bar = new ProgressBar(0.6);
        bar.setMaxWidth(Double.MAX_VALUE);
        return Card.padded("Engine", rows, meter, bar).beside(new Pill("running", Tone.SUCCESS));
    }

    private static Card list() {
        var list = new ListView<>(FXCollections.observableArrayList("docs", "support", "support-triage", "refund-reply", "escalation-note"));
        list.setCellFactory(_ -> new javafx.scene.control.ListCell<>() {
            @Override
            protected void updateItem(String item, boolean empty) {
                super.updateItem(item, empty);
                setText(item);
                setGraphic(item == null ? null : new Dot(item.contains("-") ? Tone.SUCCESS : Tone.WARNING));
            }
        });
        list.getSelectionModel().select(2);
        list.setPrefHeight(190);
        list.setAccessibleText("Prompts");
        var card = new Card("Prompts", list).actions(Buttons.icon(Feather.FILTER, "Filter", () -> {}), Buttons.icon(Feather.PLUS, "New prompt", () -> {}));
        card.facts().set("214");
        return card;
    }

    private static Card table() {
        var table = new TableView<>(FXCollections.observableArrayList(List.of("SmolLM2-135M-Instruct", "int4", "110"), List.of("Qwen2.5-1.5B-Instruct", "Q4_K_M", "18.4"),
                List.of("gemma-3-1b-it", "Q4_0", "24.9")));
        var names = List.of("Model", "Precision", "tok/s here");
        for (int i = 0; i < 3; i++) {
            var column = new TableColumn<List<String>, String>(names.get(i));
            var at = i;
            column.setCellValueFactory(row -> new javafx.beans.property.SimpleStringProperty(row.getValue().get(at)));
            if (i == 2) column.getStyleClass().add("numbers");
            table.getColumns().add(column);
        }
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getSelectionModel().select(0);
        table.setPrefHeight(190);
        table.setAccessibleText("Models");
        return new Card("Library", table);
    }

    static Line wave(String name, Ink ink, double base, double noise, int seed) {
        var line = Line.of(name, ink, 1000);
        var random = new SplittableRandom(seed);
        var value = 0.0;
        for (int i = 0; i < 360; i++) {
            value = value * 0.9 + random.nextGaussian() * noise * 0.5;
            line.add(NOW.toEpochMilli() - (360 - i) * 10_000L, base + value + (i > 300 ? base * 0.6 * (i - 300) / 60 : 0));
        }
        return line;
    }

    private static Line samples(Line line, double base, double noise, int seed) {
        var random = new SplittableRandom(seed);
        var value = 0.0;
        for (int i = 0; i < 360; i++) {
            value = value * 0.85 + random.nextGaussian() * noise * 0.5;
            line.add(NOW.toEpochMilli() - (360 - i) * 10_000L, base + value);
        }
        return line;
    }

    private static double[] course(int seed, int count) {
        var random = new SplittableRandom(seed + 20);
        var values = new double[count];
        for (int i = 1; i < count; i++) values[i] = values[i - 1] * 0.8 + random.nextGaussian();
        return values;
    }

    private static long minutes(int ago) {
        return NOW.toEpochMilli() - ago * 60_000L;
    }

    private static <T extends Region> T grow(T node) {
        HBox.setHgrow(node, Priority.ALWAYS);
        node.setPrefWidth(100);
        node.setMinWidth(0);
        return node;
    }
}
