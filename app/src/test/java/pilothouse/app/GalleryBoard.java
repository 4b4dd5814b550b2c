package pilothouse.app;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import javafx.geometry.Insets;
import javafx.scene.Parent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
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
import pilothouse.app.controls.Card;
import pilothouse.app.controls.Kpi;

/// Every chart, with invented values.
final class GalleryBoard {
    private static final java.time.Instant NOW = Gallery.NOW;

    private GalleryBoard() {}

    static Parent board(TimeWindow window) {
        var charts = new HBox(10, grow(ttft(window)), grow(heat(window)));
        var small = new HBox(10, grow(tokens(window)), grow(histogram()), grow(gaps(window)));
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

    private static Card ttft(TimeWindow window) {
        var chart = new TimeSeriesChart(window, Unit.SECONDS);
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

    private static Card heat(TimeWindow window) {
        var cells = new HeatCells(new double[] {0.02, 0.04, 0.06, 0.09, 0.13, 0.19, 0.28, 0.4, 0.6, 0.9}, 60_000, 200);
        var random = new SplittableRandom(7);
        for (int minute = 0; minute < 60; minute++)
            for (int i = 0; i < 120; i++)
                cells.add(minutes(60 - minute), 0.16 * Math.exp(random.nextGaussian() * 0.5) * (minute > 48 ? 1.5 : 1));
        var map = new HeatMap(window, cells, Unit.SECONDS);
        map.setId("heat");
        var card = new Card("TTFT heat map", map);
        card.facts().set("requests per minute and bucket");
        return card;
    }

    private static Card tokens(TimeWindow window) {
        var chart = new TimeSeriesChart(window, Unit.TOKENS_PER_SECOND);
        chart.lines().addAll(samples(Line.filled("in", Ink.P95, 1000), 11_000, 900, 4), samples(Line.filled("out", Ink.TOKENS, 1000), 2_100, 160, 5));
        return new Card("Tokens per second", chart).actions(new Legend(chart));
    }

    private static Card histogram() {
        var chart = new HistogramChart(Unit.SECONDS, Ink.P95);
        var counts = new long[24];
        var edges = new double[25];
        for (int i = 0; i < 25; i++) edges[i] = i * 0.03;
        var random = new SplittableRandom(9);
        for (int i = 0; i < 3000; i++) counts[Math.clamp((long) (0.17 * Math.exp(random.nextGaussian() * 0.5) / 0.03), 0, 23)]++;
        chart.show(edges, counts, List.of(new HistogramChart.Percentile("p50", 0.17, Ink.P50), new HistogramChart.Percentile("p95", 0.39, Ink.P95),
                new HistogramChart.Percentile("p99", 0.54, Ink.P99)));
        chart.setId("histogram");
        var card = new Card("TTFT distribution", chart);
        card.facts().set("3,000 runs");
        return card;
    }

    private static Card gaps(TimeWindow window) {
        var chart = new TimeSeriesChart(window, Unit.SHARE);
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
