package pilothouse.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.kordamp.ikonli.feather.Feather;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;
import pilothouse.app.Gallery;
import pilothouse.app.OnScreen;
import pilothouse.app.Screens;
import pilothouse.app.controls.Notice;
import pilothouse.app.controls.NoticeBar;
import pilothouse.app.controls.Tone;
import pilothouse.app.fx.Background;

@OnScreen
class ShellViewTest {
    private final KeyBindings bindings = new KeyBindings();
    private Background background;
    private Appearance appearance;
    private Gallery prompts;
    private ShellView shell;
    private Stage stage;

    @Start
    void start(Stage stage) {
        this.stage = stage;
        background = Background.ofToolkit();
        appearance = new Appearance();
        prompts = Gallery.controls();
        shell = new ShellView(background, appearance, bindings, List.of(prompts, Gallery.charts(),
                Gallery.empty("models", "Models", Feather.CPU, Page.Group.MACHINES)));
        stage.setScene(new Scene(shell, 1440, 900));
        appearance.dress(stage.getScene());
        stage.setX(0);
        stage.setY(0);
        stage.setWidth(1440);
        stage.setHeight(900);
        stage.show();
    }

    @Stop
    void stop() {
        background.close();
    }

    @Test
    void givenTheKeyboard_thePaletteFindsRunsAndGivesTheFocusBack(FxRobot robot) {
        var before = Screens.onFx(() -> {
            var field = firstField(shell);
            field.requestFocus();
            return field;
        });
        robot.push(KeyCode.CONTROL, KeyCode.K);
        assertThat(focus()).isInstanceOf(TextField.class).extracting(Node::getId).isEqualTo("palette-query");
        robot.write("roll").push(KeyCode.DOWN).push(KeyCode.UP).push(KeyCode.TAB).push(KeyCode.ENTER);
        assertThat(prompts.ran).isEqualTo(1);
        assertThat(focus()).isSameAs(before);
        robot.push(KeyCode.CONTROL, KeyCode.K).push(KeyCode.ESCAPE);
        assertThat(focus()).isSameAs(before);
    }

    @Test
    void givenACommandThatCannotBeDone_enterDoesNothing(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.K).write("promote").push(KeyCode.ENTER);
        assertThat(prompts.ran).isZero();
    }

    @Test
    void givenALetterKey_itActsOnlyWhileNothingIsTyped(FxRobot robot) {
        Screens.onFx(() -> firstField(shell).requestFocus());
        robot.push(KeyCode.M);
        assertThat(prompts.ran).isZero();
        Screens.onFx(() -> shell.lookup("#search").requestFocus());
        robot.push(KeyCode.M);
        assertThat(prompts.ran).isEqualTo(1);
    }

    @Test
    void givenF6_theFocusWalksThroughAllAreasAndBack(FxRobot robot) {
        Screens.onFx(() -> shell.lookup("#rail-prompts").requestFocus());
        var areas = new java.util.LinkedHashSet<Node>();
        for (int i = 0; i < 12; i++) {
            areas.add(focus());
            robot.push(KeyCode.F6);
        }
        assertThat(areas).hasSize(8); // rail, header, six cards with something to focus
        robot.push(KeyCode.SHIFT, KeyCode.F6);
        assertThat(areas).contains(focus());
    }

    @Test
    void givenTheRail_arrowsMoveEnterOpensAndBackReturns(FxRobot robot) {
        Screens.onFx(() -> shell.lookup("#rail-prompts").requestFocus());
        robot.push(KeyCode.DOWN).push(KeyCode.SPACE);
        assertThat(shell.page().id()).isEqualTo("live");
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT3);
        assertThat(shell.page().id()).isEqualTo("models");
        robot.push(KeyCode.ALT, KeyCode.LEFT);
        assertThat(shell.page().id()).isEqualTo("live");
        robot.push(KeyCode.ALT, KeyCode.RIGHT);
        assertThat(shell.page().id()).isEqualTo("models");
    }

    @Test
    void givenADialog_escapeClosesItAndTheFocusStaysInsideUntilThen(FxRobot robot) {
        Screens.onFx(() -> firstField(shell).requestFocus());
        Screens.onFx(() -> shell.ask(new Dialog("Delete it?", "It is gone for good.", Dialog.Choice.cancel(),
                new Dialog.Choice("Delete support-triage", Dialog.Kind.TAKES_AWAY, () -> prompts.ran++))));
        for (int i = 0; i < 5; i++) {
            robot.push(KeyCode.TAB);
            assertThat(focus()).isInstanceOf(javafx.scene.control.Button.class);
        }
        robot.push(KeyCode.ESCAPE);
        assertThat(prompts.ran).isZero();
        assertThat(focus()).isInstanceOf(TextField.class);
    }

    @Test
    void givenSomethingThatAsksForTheFocusBelowADialog_itGetsItWhenTheDialogIsGone(FxRobot robot) {
        Screens.onFx(() -> shell.ask(new Dialog("Delete it?", "It is gone for good.", Dialog.Choice.cancel())));
        Screens.onFx(() -> firstField(shell).requestFocus());
        assertThat(focus()).isInstanceOf(javafx.scene.control.Button.class);
        robot.push(KeyCode.ESCAPE);
        assertThat(focus()).isSameAs(firstField(shell));
    }

    @Test
    void givenAJob_itIsCountedListedAndCancelled(FxRobot robot) {
        var never = new CountDownLatch(1);
        var job = Screens.onFx(() -> background.run("Reading 128,000 runs", progress -> {
            progress.report(0.3, "41,200 of 128,000");
            never.await();
            return "";
        }, _ -> {}, _ -> {}));
        Screens.pulses(2);
        robot.clickOn("#jobs").clickOn(".jobs-panel .button");
        assertThat(Screens.onFx(job::cancelled)).isTrue();
        Screens.pulses(2);
        assertThat(shell.lookup("#jobs").isVisible()).isFalse();
    }

    @Test
    void givenFiveNotices_threeAreShownAndTheRestCounted() {
        Screens.onFx(() -> {
            for (int i = 0; i < 5; i++) shell.say(new Notice(Tone.DANGER, "Problem " + i));
        });
        assertThat(shell.lookupAll(".notices .notice").stream().filter(NoticeBar.class::isInstance)).hasSize(3);
        assertThat(shell.lookupAll(".notices .pill").stream().map(it -> ((javafx.scene.control.Label) it).getText())).contains("and 2 more");
    }

    @Test
    void givenAnotherTheme_everythingChangesWhileItRuns() {
        Screens.onFx(() -> appearance.theme().set(Appearance.Theme.LIGHT));
        assertThat(Screens.picture(stage.getScene()).getPixelReader().getColor(90, 6)).isEqualTo(javafx.scene.paint.Color.web("#f0f2f5"));
        Screens.onFx(() -> appearance.theme().set(Appearance.Theme.DARK));
        assertThat(Screens.picture(stage.getScene()).getPixelReader().getColor(90, 6)).isEqualTo(javafx.scene.paint.Color.web("#010409"));
    }

    @Test
    void givenAWindowState_itComesBackAsItWas() {
        var split = Screens.onFx(() -> new SplitPane(new Region(), new Region()));
        var state = new WindowState(20, 10, 1300, 800, false, Appearance.Theme.LIGHT, 150, "models", Map.of("prompts.main/0", 0.3));
        Screens.onFx(() -> {
            shell.restore(state, stage);
            shell.remember(split, "prompts.main", 0.2);
        });
        Screens.pulses(2);
        assertThat(Screens.onFx(() -> shell.state(stage))).isEqualTo(state);
        assertThat(split.getDividerPositions()[0]).isEqualTo(0.3);
    }

    @Test
    void givenADivider_onlyADragIsRemembered(FxRobot robot) {
        var split = Screens.onFx(() -> new SplitPane(new Region(), new Region()));
        Screens.onFx(() -> {
            stage.setScene(new javafx.scene.Scene(split, 600, 300));
            shell.remember(split, "prompts.main", 0.5);
        });
        Screens.pulses(2);
        Screens.onFx(() -> split.setDividerPositions(0.4)); // as a layout does
        assertThat(Screens.onFx(() -> shell.state(stage)).dividers()).isEmpty();
        robot.drag(".split-pane-divider").dropBy(120, 0);
        Screens.pulses(2);
        assertThat(split.getDividerPositions()[0]).isGreaterThan(0.42);
        assertThat(Screens.onFx(() -> shell.state(stage)).dividers()).containsExactly(Map.entry("prompts.main/0", split.getDividerPositions()[0]));
    }

    private Node focus() {
        Screens.pulses(1);
        return Screens.onFx(() -> stage.getScene().getFocusOwner());
    }

    private static Node firstField(ShellView shell) {
        return shell.lookupAll(".text-field").stream().filter(it -> it.getParent().getStyleClass().contains("field")).findFirst().orElseThrow();
    }
}
