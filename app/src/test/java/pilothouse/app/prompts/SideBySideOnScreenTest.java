package pilothouse.app.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;
import pilothouse.app.AccessibleNames;
import pilothouse.app.Contrast;
import pilothouse.app.OnScreen;
import pilothouse.app.Screens;
import pilothouse.app.StyleWarnings;
import pilothouse.app.fx.Background;
import pilothouse.app.shell.Appearance;
import pilothouse.app.shell.KeyBindings;
import pilothouse.app.shell.ShellView;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.values.ValueSetName;
import pilothouse.runtime.Target;

/// Several answers side by side in the window, by keyboard and mouse.
@OnScreen
class SideBySideOnScreenTest {
    private static final String TRIAGE = """
            ---
            model: many/m
            config: { temperature: 0.2, maxOutputTokens: 220, seed: 42 }
            input:
              schema:
                product: string
                tier(enum): [free, pro, enterprise]
                ticket: string
            ---
            {{role "system"}}
            You are the support assistant for {{product}}.
            {{role "user"}}
            Customer of plan {{tier}}
            Ticket: {{ticket}}
            """;

    @TempDir
    private static Path folders;
    private final StyleWarnings warnings = new StyleWarnings();
    private final ManyAnswers server = new ManyAnswers();
    private Background background;
    private Appearance appearance;
    private PromptsOnDisk disk;
    private ShellView shell;
    private Stage stage;
    private Prompt prompt;

    @Start
    void start(Stage stage) throws java.io.IOException {
        this.stage = stage;
        background = Background.ofToolkit();
        appearance = new Appearance();
        disk = new PromptsOnDisk(Files.createTempDirectory(folders, "w"), background, Map.of("many", () -> server));
        prompt = disk.save("support/triage", 0, TRIAGE, "First try");
        shell = new ShellView(background, appearance, new KeyBindings(), List.of(new PromptsPage(background, disk.model)));
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
        disk.close();
    }

    @AfterEach
    void noStyleWarnings() {
        assertThat(warnings.stop()).isEmpty();
    }

    @Test
    void givenSets_theirAnswersStreamSideBySideAndCanBeStoppedRatedAndOpened(FxRobot robot) {
        for (var ticket : List.of("double charge", "late delivery", "lost parcel", "refund of a tent that arrived torn", "rude customer", "wrong size"))
            disk.valueSets.add(prompt.id(), new ValueSetName(ticket), Map.of("product", "Northwind Outdoor", "tier", "pro", "ticket", ticket));
        var tab = open();
        await(() -> tab.valueSets().sets().size() == 6);
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.E);
        await(() -> shell.lookup("#batch-run") != null);
        look("empty");
        robot.clickOn("#run-all-sets");
        await(() -> server.answers.size() == 4);
        server.to("double charge").say("{ \"queue\": \"billing\", \"reply\": \"Dear customer, I am sorry that your card was charged twice. The second charge will be gone within two days.\" }");
        server.to("double charge").finish();
        server.to("late delivery").say("The tent is on its way and ");
        await(() -> tab.batch().count().get().over() == 1 && tab.batch().answers().get(1).runs().length().get() > 20 && server.answers.size() == 5);
        look("running");
        Screens.onFx(() -> appearance.theme().set(Appearance.Theme.DARK));
        robot.clickOn(".batch-card .feedback-row .up");
        var first = tab.batch().answers().getFirst().runs();
        await(() -> disk.feedback.of(first.shown().get().orElseThrow().id()).isPresent());
        robot.push(KeyCode.ESCAPE);
        await(() -> !tab.batch().count().get().isRunning() && tab.runs().earlier().size() == 5);
        look("stopped");
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.J);
        look("whole-height");
        Screens.onFx(() -> {
            stage.setWidth(2880);
            stage.setHeight(1800);
            appearance.scale().set(200);
        });
        Screens.shoot(stage.getScene(), "side-by-side-200");
        Screens.onFx(() -> appearance.scale().set(100));
        Screens.shoot(stage.getScene(), "side-by-side-large");
        Screens.onFx(() -> {
            stage.setWidth(1440);
            stage.setHeight(900);
        });
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.J);
        Screens.pulses(3);
        robot.clickOn((javafx.scene.Node) shell.lookupAll(".batch-card .button-icon").stream().filter(javafx.scene.Node::isVisible).findFirst().orElseThrow());
        await(() -> tab.runs().shown().get().isPresent());
        assertThat(tab.values()).containsEntry("ticket", "double charge");
        assertThat(tab.runs().answer(0)).contains("billing");
        assertThat(tab.valueSets().chosen().get().orElseThrow().name().text()).isEqualTo("double charge");
    }

    @Test
    void givenSeveralAnswersByKey_theyFillTheRowAndAFailedOneSaysWhy(FxRobot robot) {
        var tab = open();
        Screens.onFx(() -> {
            tab.values().putAll(Map.of("product", "Tents", "tier", "pro", "ticket", "It rains in."));
            tab.batch().each().set(3);
            tab.batch().targets().setAll(new Target("many", "m"), new Target("none", "x"));
        });
        await(() -> tab.batch().whyNot().isEmpty());
        robot.push(KeyCode.CONTROL, KeyCode.ALT, KeyCode.ENTER);
        await(() -> server.answers.size() == 3 && tab.batch().count().get().failed() == 3);
        server.answers.forEach(it -> {
            it.say("Please send the tent back to us, " + it.sampling.seed().orElseThrow());
            it.finish();
        });
        await(() -> !tab.batch().count().get().isRunning());
        look("targets");
        assertThat(tab.batch().count().get()).isEqualTo(new AnswerBatch.Count(6, 6, 0, 3));
    }

    private EditedPrompt open() {
        Screens.onFx(() -> disk.model.open(prompt));
        await(() -> disk.model.selected().get().filter(tab -> !tab.reading().get().fields().isEmpty()).isPresent());
        Screens.pulses(2);
        return Screens.onFx(() -> disk.model.selected().get().orElseThrow());
    }

    private static void await(BooleanSupplier reached) {
        for (int i = 0; i < 3_000 && !Screens.onFx(reached::getAsBoolean); i++) Screens.pulses(1);
        assertThat(Screens.onFx(reached::getAsBoolean)).isTrue();
    }

    private void look(String state) {
        for (var theme : List.of(Appearance.Theme.DARK, Appearance.Theme.LIGHT)) {
            Screens.onFx(() -> appearance.theme().set(theme));
            Screens.pulses(2);
            var name = "side-by-side-" + state + "-" + theme.name().toLowerCase(Locale.ROOT);
            Screens.shoot(stage.getScene(), name);
            assertThat(Contrast.weak(shell)).as(name).isEmpty();
            assertThat(AccessibleNames.missing(shell)).as(name).isEmpty();
        }
    }
}
