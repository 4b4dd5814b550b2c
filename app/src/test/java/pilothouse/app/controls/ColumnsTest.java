package pilothouse.app.controls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.Start;
import pilothouse.app.OnScreen;
import pilothouse.app.Screens;
import pilothouse.app.charts.Ink;
import pilothouse.app.charts.Unit;
import pilothouse.app.shell.Appearance;
import pilothouse.problems.Problem;

@OnScreen
class ColumnsTest {
    private Columns columns;
    private Card left;
    private Card middle;
    private Card right;
    private Stage stage;

    @Start
    void start(Stage stage) {
        this.stage = stage;
        left = new Card("Prompts");
        middle = new Card("Editor");
        right = new Card("Variables");
        columns = new Columns(Optional.of(new Columns.Side("Prompts", left, 248)), middle, Optional.of(new Columns.Side("Variables", right, 324)));
        stage.setScene(new Scene(columns, 1364, 600));
        new Appearance().dress(stage.getScene());
        stage.show();
        width(1364);
    }

    private void width(double width) {
        stage.setX(0);
        stage.setY(0);
        stage.setWidth(width);
        stage.setHeight(600);
    }

    @Test
    void givenLessRoom_firstTheRightThenTheLeftColumnBecomesAStripThatOpensAgain() {
        Screens.pulses(2);
        assertThat(left.getWidth()).isEqualTo(248);
        assertThat(right.getWidth()).isEqualTo(324);
        assertThat(middle.getWidth()).isEqualTo(1364 - 24 - 248 - 324 - 20);
        Screens.onFx(() -> width(1100));
        Screens.pulses(2);
        assertThat(right.isVisible()).isFalse();
        assertThat(left.isVisible()).isTrue();
        Screens.onFx(() -> width(900));
        Screens.pulses(2);
        assertThat(left.isVisible()).isFalse();
        Screens.shoot(stage.getScene(), "gallery-columns-narrow");
        Screens.onFx(() -> columns.toggleRight());
        Screens.pulses(2);
        assertThat(right.isVisible()).isTrue();
        Screens.onFx(() -> columns.toggleRight());
        Screens.pulses(2);
        assertThat(right.isVisible()).isFalse();
    }

    @Test
    void givenAFoldedCard_onlyItsHeadIsSeen() {
        Screens.onFx(() -> {
            middle.setContent(new Region());
            middle.folded().set(true);
        });
        assertThat(middle.getChildren()).filteredOn(javafx.scene.Node::isManaged).hasSize(1);
    }

    @Test
    void givenASegmentedChoice_aSecondPressKeepsItAndOneIsATabStop() {
        var choice = Screens.onFx(() -> {
            var segmented = new Segmented<>("Range", java.util.List.of(1, 6, 24), it -> it + " h", 6);
            middle.setContent(segmented);
            segmented.getChildren().forEach(it -> {
                if (it instanceof javafx.scene.control.ToggleButton button && button.isSelected()) button.fire();
            });
            return segmented;
        });
        assertThat(choice.value().get()).isEqualTo(6);
        assertThat(choice.getChildren()).filteredOn(javafx.scene.Node::isFocusTraversable).hasSize(1);
    }

    @Test
    void givenValues_controlsSayThemToWhoDoesNotSee() {
        Screens.onFx(() -> {
            var kpi = new Kpi("TTFT p95", Unit.SECONDS, Ink.P95);
            assertThat(kpi.getAccessibleText()).isEqualTo("TTFT p95 –");
            kpi.show(0.431, "yesterday 402 ms");
            assertThat(kpi.getAccessibleText()).isEqualTo("TTFT p95 431 ms, yesterday 402 ms");
            var meter = new Meter();
            meter.show("KV cache", 0.64, Ink.TOKENS);
            assertThat(meter.getAccessibleText()).isEqualTo("KV cache 64 %");
            var failure = new Failure(new Problem("It failed", "runs.mv.db", "Free some space"));
            assertThat(failure.getAccessibleText()).contains("It failed").contains("Free some space");
        });
    }
}
