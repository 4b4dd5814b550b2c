package pilothouse.app.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TabPane;
import javafx.scene.control.TreeView;
import javafx.scene.input.Clipboard;
import javafx.stage.Stage;
import org.fxmisc.richtext.StyleClassedTextArea;
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
import pilothouse.runtime.GenerationEvent;
import pilothouse.runtime.Target;
import pilothouse.runtime.TokenLogprob;

/// An answer as JSON, by its probabilities, with what was sent; and the request as a program.
@OnScreen
class AnswerViewsTest {
    private static final String TRIAGE = """
            ---
            model: local/m
            config: { maxOutputTokens: 220, seed: 42 }
            output:
              format: json
              schema:
                queue(enum): [billing, bug]
                reply: string
            ---
            {{role "user"}}
            My tent was charged twice.
            """;

    @TempDir
    private static Path folders;
    private final StyleWarnings warnings = new StyleWarnings();
    private Background background;
    private Appearance appearance;
    private final ScriptedAnswers engine = new ScriptedAnswers();
    private PromptsOnDisk disk;
    private ShellView shell;
    private Stage stage;

    @Start
    void start(Stage stage) throws java.io.IOException {
        this.stage = stage;
        background = Background.ofToolkit();
        appearance = new Appearance();
        disk = new PromptsOnDisk(Files.createTempDirectory(folders, "w"), background, java.util.Map.of(Target.LOCAL, () -> engine));
        shell = new ShellView(background, appearance, new KeyBindings(), List.of(new PromptsPage(background, disk.model)));
        stage.setScene(new Scene(shell, 1440, 900));
        appearance.dress(stage.getScene());
        stage.setX(0);
        stage.setY(0);
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
    void givenAnAnswerInJson_itsTreeMarksWhatTheSchemaDoesNotAllow(FxRobot robot) {
        var tab = open();
        answer(tab, "{\"queue\": \"other\", \"reply\": \"We are sorry, ", "and refund one of them.\", \"tags\": [1, true, null]}");
        select("JSON");
        await(() -> said().contains("2 places do not fit"));
        assertThat(tree().getRoot().getChildren()).hasSize(3);
        assertThat(tree().getRoot().getChildren().getFirst().getValue().toString()).contains("queue", "billing");
        look("json");
        answer(tab, "I cannot answer in JSON");
        await(() -> said().startsWith("This is no JSON"));
        look("json-none");
    }

    @Test
    void givenAnAnswer_whatWasSentIsShownAndCopiedWithoutAKey(FxRobot robot) {
        var tab = open();
        select("Raw");
        await(() -> exchange().getText().contains("\"max_tokens\" : 220"));
        answer(tab, "{}");
        await(() -> exchange().getText().contains("completion_tokens"));
        assertThat(exchange().getText()).contains("POST /v1/chat/completions to local", "Bearer $OPENAI_API_KEY", "json_schema", "My tent was charged twice.");
        look("raw");
        Screens.onFx(() -> ((MenuButton) shell.lookup("#copy-as")).getItems().get(1).fire());
        assertThat(Screens.onFx(() -> Clipboard.getSystemClipboard().getString())).startsWith("# pip install openai\n# `pilothouse serve --model m` prints").contains("seed=42,");
    }

    @Test
    void givenTheProbabilityView_runsAskForThemAndUnlikelyTokensAreTinted(FxRobot robot) {
        var tab = open();
        answer(tab, "Sorry");
        assertThat(engine.sampling.topLogprobs()).isEmpty();
        robot.clickOn("#probabilities");
        await(() -> facts().contains("run it again"));
        var tokens = List.of(token("We", 0.95), token(" are", 0.6), token(" sorry", 0.3), token(" about", 0.1), token(" that", 0.01));
        Screens.onFx(tab::run);
        tokens.forEach(it -> engine.say(new GenerationEvent.TextDelta(it.token(), 1, List.of(it))));
        engine.finish();
        await(() -> facts().startsWith("5 tokens"));
        assertThat(engine.sampling.topLogprobs()).hasValue(5);
        var area = (StyleClassedTextArea) shell.lookup("#surprise");
        assertThat(area.getText()).isEqualTo("We are sorry about that");
        assertThat(List.of(1, 4, 9, 15, 21)).extracting(at -> String.join("", area.getStyleAtPosition(at))).containsExactly("", "surprise-1", "surprise-2", "surprise-3", "surprise-4");
        Screens.onFx(() -> area.moveTo(9));
        assertThat(facts()).isEqualTo("\" sorry\" 30 %   instead: \" glad\" 61 %");
        look("probability");
        robot.clickOn("#probabilities");
        assertThat(area.getParent().getParent().isVisible()).isFalse();
    }

    private static TokenLogprob token(String text, double probability) {
        return new TokenLogprob(text, Math.log(probability), List.of(new TokenLogprob(" glad", Math.log(0.61), List.of())));
    }

    private void answer(EditedPrompt tab, String... pieces) {
        Screens.onFx(tab::run);
        engine.say(pieces);
        engine.finish();
        await(() -> tab.runs().shown().get().filter(it -> it.answer().text().equals(String.join("", pieces))).isPresent());
    }

    private EditedPrompt open() {
        var prompt = disk.save("support/triage", 0, TRIAGE, "First try");
        Screens.onFx(() -> {
            disk.model.refresh();
            disk.model.open(prompt);
        });
        await(() -> disk.model.selected().get().filter(tab -> tab.whyNotRun().isEmpty() && !tab.reading().get().messages().isEmpty()).isPresent());
        Screens.pulses(2);
        return Screens.onFx(() -> disk.model.selected().get().orElseThrow());
    }

    private void select(String title) {
        var tabs = (TabPane) shell.lookup(".answer-card .tab-pane");
        Screens.onFx(() -> tabs.getSelectionModel().select(tabs.getTabs().stream().filter(it -> it.getText().equals(title)).findFirst().orElseThrow()));
        Screens.pulses(2);
    }

    private String said() {
        return shell.lookup("#json-said") instanceof Label label ? label.getText() : "";
    }

    private TreeView<?> tree() {
        return (TreeView<?>) shell.lookup("#json-tree");
    }

    private StyleClassedTextArea exchange() {
        return (StyleClassedTextArea) shell.lookup("#exchange");
    }

    private String facts() {
        return shell.lookup("#surprise-facts") instanceof Label label ? label.getText() : "";
    }

    private static void await(BooleanSupplier reached) {
        for (int i = 0; i < Integer.getInteger("tries", 2_000) && !Screens.onFx(reached::getAsBoolean); i++) Screens.pulses(1);
        assertThat(Screens.onFx(reached::getAsBoolean)).isTrue();
    }

    private void look(String state) {
        for (var theme : List.of(Appearance.Theme.LIGHT, Appearance.Theme.DARK)) {
            Screens.onFx(() -> appearance.theme().set(theme));
            Screens.pulses(2);
            var name = "answer-" + state + "-" + theme.name().toLowerCase(Locale.ROOT);
            Screens.shoot(stage.getScene(), name);
            assertThat(Contrast.weak(shell)).as(name).isEmpty();
            assertThat(AccessibleNames.missing(shell)).as(name).isEmpty();
        }
    }
}
