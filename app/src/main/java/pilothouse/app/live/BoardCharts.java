package pilothouse.app.live;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import pilothouse.app.charts.HeatCells;
import pilothouse.app.charts.HeatMap;
import pilothouse.app.charts.Ink;
import pilothouse.app.charts.Legend;
import pilothouse.app.charts.Line;
import pilothouse.app.charts.TimeSeriesChart;
import pilothouse.app.charts.TimeWindow;
import pilothouse.app.charts.Unit;
import pilothouse.app.controls.Card;

/// The charts of the board, all over the same time and with one cross-hair.
final class BoardCharts {
    private static final int POINTS = 4096;
    /// Steps without a value that are still bridged: none, but for the ragged middle of the newest one.
    private static final double JOINED = 1.6;

    private final TimeWindow window;
    private final Percentiles ttft;
    private final Percentiles tpot;
    private final Percentiles endToEnd;
    private final Amounts tokens;
    private final Amounts requests;
    private final Amounts memory;
    private final Map<TimeRange, HeatCells> cells = new EnumMap<>(TimeRange.class);
    private final Map<TimeRange, HeatMap> maps = new EnumMap<>(TimeRange.class);
    private final Card heat = new Card("TTFT heat map");

    BoardCharts(TimeWindow window) {
        this.window = window;
        ttft = new Percentiles("TTFT", "ttft", true);
        tpot = new Percentiles("TPOT", "tpot", false);
        endToEnd = new Percentiles("End to end", "end-to-end", false);
        tokens = new Amounts("Tokens per second", "tokens", Unit.TOKENS_PER_SECOND,
                List.of(Line.filled("in", Ink.P95, POINTS), Line.filled("out", Ink.TOKENS, POINTS)));
        requests = new Amounts("Requests", "requests", Unit.COUNT,
                List.of(Line.of("running", Ink.P95, POINTS), Line.dashed("waiting", Ink.P99, POINTS)));
        memory = new Amounts("Engine memory", "memory", Unit.BYTES, List.of(Line.filled("memory", Ink.TOKENS, POINTS)));
        heat.facts().set("runs per bucket");
    }

    /// The two large ones, and what stands beside them.
    HBox large(Region beside) {
        beside.setPrefWidth(280);
        beside.setMinWidth(240);
        return new HBox(10, grow(ttft.card), grow(heat), beside);
    }

    HBox small() {
        return new HBox(10, grow(tpot.card), grow(endToEnd.card), grow(tokens.card), grow(requests.card), grow(memory.card));
    }

    void show(LiveBoard board, boolean engineRuns) {
        ttft.show(board.ttft(), board.range());
        tpot.show(board.tpot(), board.range());
        endToEnd.show(board.endToEnd(), board.range());
        tokens.show(List.of(board.tokensIn(), board.tokensOut()), board.range());
        requests.show(List.of(board.running(), board.waiting()), board.range());
        memory.show(List.of(board.memory()), board.range());
        var silent = engineRuns ? "" : "engine not running";
        requests.card.facts().set(silent);
        memory.card.facts().set(silent);
        heat(board);
    }

    private void heat(LiveBoard board) {
        var range = board.range();
        var known = cells.computeIfAbsent(range, it -> new HeatCells(BoardQuery.HEAT_EDGES, it.step().toMillis(), POINTS));
        known.clear();
        for (var column : board.heat()) known.add(column.at(), column.counts());
        var map = maps.computeIfAbsent(range, _ -> {
            var made = new HeatMap(window, known, Unit.SECONDS);
            made.setId("heat");
            return made;
        });
        if (!heat.getChildren().contains(map)) heat.setContent(map);
        map.repaint();
    }

    private static java.time.Duration gap(TimeRange range) {
        return java.time.Duration.ofMillis((long) (range.step().toMillis() * JOINED));
    }

    static <T extends Region> T grow(T node) {
        HBox.setHgrow(node, Priority.ALWAYS);
        node.setPrefWidth(100);
        node.setMinWidth(0);
        return node;
    }

    /// Percentiles of a duration.
    private final class Percentiles {
        private final TimeSeriesChart chart = new TimeSeriesChart(window, Unit.SECONDS);
        private final List<Line> lines = List.of(Line.dashed("p50", Ink.P50, POINTS), Line.of("p95", Ink.P95, POINTS), Line.of("p99", Ink.P99, POINTS));
        private final Card card;
        private final boolean legend;

        Percentiles(String title, String id, boolean legend) {
            this.legend = legend;
            chart.lines().addAll(lines);
            chart.setId(id);
            card = new Card(title, chart);
            if (legend) card.actions(legend());
        }

        private Legend legend() {
            var names = new Legend(chart);
            names.setMinWidth(Region.USE_PREF_SIZE);
            return names;
        }

        void show(LiveBoard.Times times, TimeRange range) {
            chart.setGap(gap(range));
            fill(lines.get(0), times.at(), times.p50());
            fill(lines.get(1), times.at(), times.p95());
            fill(lines.get(2), times.at(), times.p99());
            card.facts().set(legend ? range.steps() : "p50, p95, p99");
            chart.repaint();
        }
    }

    /// Amounts of any kind.
    private final class Amounts {
        private final TimeSeriesChart chart;
        private final List<Line> lines;
        private final Card card;

        Amounts(String title, String id, Unit unit, List<Line> lines) {
            this.lines = lines;
            chart = new TimeSeriesChart(window, unit);
            chart.lines().addAll(lines);
            chart.setId(id);
            card = new Card(title, chart);
        }

        void show(List<LiveBoard.Course> courses, TimeRange range) {
            chart.setGap(gap(range));
            for (int i = 0; i < lines.size(); i++) fill(lines.get(i), courses.get(i).at(), courses.get(i).values());
            chart.repaint();
        }
    }

    private static void fill(Line line, long[] at, double[] values) {
        line.clear();
        for (int i = 0; i < at.length; i++) line.add(at[i], values[i]);
    }
}
