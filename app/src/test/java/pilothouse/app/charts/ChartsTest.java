package pilothouse.app.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import pilothouse.app.OnScreen;
import pilothouse.app.Screens;
import pilothouse.app.fx.Fonts;

@OnScreen
class ChartsTest {
    private static final long NOW = Instant.parse("2026-11-20T19:15:00Z").toEpochMilli();

    private final TimeWindow window = new TimeWindow(Duration.ofMinutes(10), () -> Instant.ofEpochMilli(NOW));
    private final StackPane root = new StackPane();
    private TimeSeriesChart chart;
    private Stage stage;

    @Start
    void start(Stage stage) {
        this.stage = stage;
        Fonts.load();
        chart = new TimeSeriesChart(window, Unit.SECONDS);
        root.setBackground(javafx.scene.layout.Background.fill(Palette.DARK.ground()));
        root.getChildren().add(chart);
        stage.setScene(new Scene(root, 600, 300));
        stage.setWidth(600); // the stage is that of the test before
        stage.setHeight(300);
        stage.setX(0);
        stage.setY(0);
        stage.show();
    }

    private Line line(Ink ink, double value) {
        var line = Line.of(ink.name(), ink, 1000);
        for (int i = 0; i <= 600; i++) line.add(NOW - (600 - i) * 1000L, value);
        return line;
    }

    @Test
    void givenTwoLines_theirColoursStandAtTheirHeights() {
        Screens.onFx(() -> chart.lines().addAll(line(Ink.P50, 0.2), line(Ink.P99, 0.6)));
        var picture = Screens.picture(stage.getScene());
        assertThat(at(picture, 0.2)).isEqualTo(Palette.DARK.ink(Ink.P50));
        assertThat(at(picture, 0.6)).isEqualTo(Palette.DARK.ink(Ink.P99));
        assertThat(at(picture, 0.45)).isEqualTo(Palette.DARK.ground());
        assertThat(chart.getAccessibleText()).contains("P50 200 ms").contains("P99 600 ms");
    }

    @Test
    void givenChangesWithinAPulse_itIsPaintedOnce() {
        Screens.onFx(() -> chart.lines().add(line(Ink.P50, 0.2)));
        Screens.pulses(2);
        var before = Screens.onFx(chart::paintings);
        Screens.onFx(() -> {
            for (int i = 0; i < 100; i++) {
                chart.lines().getFirst().add(NOW, 0.2);
                chart.repaint();
            }
        });
        Screens.pulses(3);
        assertThat(Screens.onFx(chart::paintings) - before).isEqualTo(1);
    }

    @Test
    void givenTwiceTheScale_thePictureHasTwiceTheDetail() {
        Screens.onFx(() -> {
            chart.lines().add(line(Ink.P50, 0.2));
            root.getTransforms().setAll(new javafx.scene.transform.Scale(2, 2, 0, 0));
            stage.setWidth(1200);
            stage.setHeight(600);
            root.resize(600, 300);
        });
        Screens.pulses(2);
        assertThat(Screens.onFx(chart::scale)).isEqualTo(2);
        var picture = Screens.picture(stage.getScene());
        var y = (int) Math.round(2 * chart.plot().y(chart.axis(), 0.2));
        var coloured = 0;
        for (int dy = -4; dy <= 4; dy++) if (picture.getPixelReader().getColor(600, y + dy).equals(Palette.DARK.ink(Ink.P50))) coloured++;
        assertThat(coloured).isBetween(2, 4); // 1.6 local pixels are 3.2 of the screen's
    }

    @Test
    void givenThePointerAndADrag_theCrossHairFollowsAndAPartIsShownUntilADoubleClick(FxRobot robot) {
        Screens.onFx(() -> chart.lines().add(line(Ink.P50, 0.2)));
        Screens.pulses(3);
        robot.moveTo(chart);
        assertThat(Screens.onFx(() -> window.hover().get())).isBetween(NOW - 330_000, NOW - 270_000);
        robot.press(MouseButton.PRIMARY).moveBy(50, 0).moveBy(50, 0);
        Screens.pulses(2); // moves are delivered once a pulse
        robot.release(MouseButton.PRIMARY);
        assertThat(Screens.onFx(() -> window.zoomed().get())).isTrue();
        var shown = Screens.onFx(() -> window.to().get() - window.from().get());
        assertThat(shown).isBetween(60_000L, 180_000L);
        robot.moveTo(chart).doubleClickOn(MouseButton.PRIMARY);
        assertThat(Screens.onFx(() -> window.zoomed().get())).isFalse();
    }

    @Test
    void givenTheKeyboard_arrowsMoveTheCrossHairAndEscapeEndsIt(FxRobot robot) {
        Screens.onFx(() -> {
            chart.lines().add(line(Ink.P50, 0.2));
            chart.requestFocus();
        });
        Screens.pulses(3);
        robot.push(KeyCode.LEFT).push(KeyCode.LEFT);
        assertThat(Screens.onFx(() -> window.hover().get())).isBetween(NOW - 13_000, NOW - 11_990);
        robot.push(KeyCode.ESCAPE);
        assertThat(Screens.onFx(() -> window.hover().get())).isEqualTo(TimeWindow.NOWHERE);
    }

    @Test
    void givenAHeatMapAndAHistogram_theirFullestCellsHaveTheirColour() {
        var cells = new HeatCells(new double[] {0.1, 0.2, 0.4}, 10_000, 100);
        for (int i = 0; i < 60; i++) cells.add(NOW - i * 10_000L, new long[] {0, 50, 1, 0});
        var map = Screens.onFx(() -> {
            var heat = new HeatMap(window, cells, Unit.SECONDS);
            root.getChildren().setAll(heat);
            return heat;
        });
        var picture = Screens.picture(stage.getScene());
        for (var share : new double[] {0, 0.02, 1})
            assertThat(colours(picture)).anySatisfy(it -> assertThat(near(it, Palette.DARK.heat(share))).isTrue());
        assertThat(map.getAccessibleText()).contains("100 ms to 200 ms");
        var histogram = Screens.onFx(() -> {
            var bars = new HistogramChart(Unit.SECONDS, Ink.P95);
            bars.show(new double[] {0, 0.1, 0.2}, new long[] {3, 9}, List.of(new HistogramChart.Percentile("p50", 0.12, Ink.P50)));
            root.getChildren().setAll(bars);
            return bars;
        });
        picture = Screens.picture(stage.getScene());
        assertThat(colours(picture)).contains(Palette.DARK.ink(Ink.P50));
        assertThat(histogram.getAccessibleText()).isEqualTo("Histogram of 12 values: p50 120 ms");
    }

    private Color at(WritableImage picture, double value) {
        return picture.getPixelReader().getColor(300, (int) Math.floor(chart.plot().y(chart.axis(), value)));
    }

    private static boolean near(Color one, Color other) {
        return Math.abs(one.getRed() - other.getRed()) + Math.abs(one.getGreen() - other.getGreen()) + Math.abs(one.getBlue() - other.getBlue()) < 0.02;
    }

    private static java.util.Set<Color> colours(WritableImage picture) {
        var all = new java.util.HashSet<Color>();
        for (int x = 0; x < picture.getWidth(); x += 2)
            for (int y = 0; y < picture.getHeight(); y++) all.add(picture.getPixelReader().getColor(x, y));
        return all;
    }
}
