package pilothouse.app.live;

import java.util.List;
import javafx.geometry.Insets;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import pilothouse.app.charts.Ink;
import pilothouse.app.charts.Unit;
import pilothouse.app.controls.Card;
import pilothouse.app.controls.Kpi;

/// The numbers that matter, over the range that is shown.
final class KpiBand {
    private final Kpi runs = new Kpi("Runs", Unit.COUNT, Ink.P95);
    private final Kpi ttft = new Kpi("TTFT p95", Unit.SECONDS, Ink.P95);
    private final Kpi tpot = new Kpi("TPOT p50", Unit.SECONDS, Ink.P50);
    private final Kpi endToEnd = new Kpi("End to end p95", Unit.SECONDS, Ink.P95);
    private final Kpi tokens = new Kpi("Tokens out", Unit.TOKENS, Ink.TOKENS);
    private final Kpi failed = new Kpi("Failed", Unit.SHARE, Ink.DANGER);
    private final Kpi memory = new Kpi("Engine memory", Unit.BYTES, Ink.NEUTRAL);
    private final Card card = new Card("Key figures");

    KpiBand() {
        var row = new HBox();
        for (var kpi : List.of(runs, ttft, tpot, endToEnd, tokens, failed, memory)) {
            HBox.setHgrow(kpi, Priority.ALWAYS);
            kpi.setPrefWidth(100);
            kpi.setMinWidth(0);
            if (!row.getChildren().isEmpty()) row.getChildren().add(divider());
            row.getChildren().add(kpi);
        }
        card.getChildren().setAll(row);
        card.getStyleClass().add("flush");
        card.setMinHeight(Region.USE_PREF_SIZE);
    }

    Card view() {
        return card;
    }

    void show(LiveBoard board, boolean engineRuns) {
        var count = board.count();
        var failures = board.results().entrySet().stream().filter(it -> Results.isFailure(it.getKey())).mapToLong(it -> it.getValue()).sum();
        runs.show(count, "in " + board.range().title());
        runs.course(board.requests().values());
        times(ttft, board.ttft().whole().p95(), "p50 ", board.ttft().whole().p50(), board.ttft().whole().count());
        ttft.course(board.ttft().p95());
        var half = board.tpot().whole().p50();
        tpot.show(half, half > 0 ? Unit.TOKENS_PER_SECOND.format(1 / half) : none(board.tpot().whole().count()));
        tpot.course(board.tpot().p50());
        times(endToEnd, board.endToEnd().whole().p95(), "p50 ", board.endToEnd().whole().p50(), board.endToEnd().whole().count());
        endToEnd.course(board.endToEnd().p95());
        tokens.show(count == 0 ? Double.NaN : board.tokensOut().total(), count == 0 ? none(0) : Unit.TOKENS.format(board.tokensIn().total()) + " in");
        tokens.course(board.tokensOut().values());
        failed.show(count == 0 ? Double.NaN : failures / (double) count, count == 0 ? none(0) : failures + " of " + Unit.COUNT.format(count) + " runs");
        memory.show(engineRuns ? board.memory().newest() : Double.NaN, engineRuns ? "peak " + Unit.BYTES.format(board.memory().highest()) : "engine not running");
        memory.course(board.memory().values());
        memory.setStale(!engineRuns);
    }

    private static void times(Kpi kpi, double value, String name, double other, long count) {
        kpi.show(value, count == 0 ? none(0) : name + Unit.SECONDS.format(other) + ", n " + Unit.COUNT.format(count));
    }

    private static String none(long count) {
        return count == 0 ? "no run in this time" : "";
    }

    private static Region divider() {
        var line = new Region();
        line.getStyleClass().add("hairline-v");
        HBox.setMargin(line, new Insets(12, 0, 12, 0));
        return line;
    }
}
