package pilothouse.app.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;
import pilothouse.app.AccessibleNames;
import pilothouse.app.Contrast;
import pilothouse.app.OnScreen;
import pilothouse.app.Screens;
import pilothouse.app.StyleWarnings;
import pilothouse.app.fx.Background;
import pilothouse.app.prompts.PromptRuns.State;
import pilothouse.app.shell.Appearance;
import pilothouse.app.shell.KeyBindings;
import pilothouse.app.shell.ShellView;

/// The page in the window: by keyboard and mouse, in both themes, with nothing, with much and with errors.
@OnScreen
class PromptsPageTest {
    private static final String TRIAGE = """
            ---
            model: local/smollm2-135m
            config: { temperature: 0.2, maxOutputTokens: 220, seed: 42 }
            input:
              schema:
                product: string, what the customer bought
                tier(enum): [free, pro, enterprise]
                ticket: string
                urgent?: boolean
              default:
                product: Northwind Outdoor
                tier: pro
                ticket: Hello, I ordered the two-person tent on Friday and my card shows two charges of 189.00 EUR each. I only wanted one.
            ---
            {{role "system"}}
            # Role
            You are the senior support triage assistant for {{product}}.
            Answer in the language of the ticket. Be warm, not chatty.
            # Task
            1. Ask for the order id when the ticket has none.
            2. Pick a queue: "billing", "bug", "account" or "other".
            {{#if urgent}}
            3. Answer within one sentence.
            {{/if}}
            {{role "user"}}
            Customer of plan {{tier}}
            Ticket: {{ticket}}
            """;

    @TempDir
    private static Path folders;
    private final StyleWarnings warnings = new StyleWarnings();
    private Background background;
    private Appearance appearance;
    private PromptsOnDisk disk;
    private PromptsViewModel model;
    private ShellView shell;
    private Stage stage;

    @Start
    void start(Stage stage) throws java.io.IOException {
        this.stage = stage;
        background = Background.ofToolkit();
        appearance = new Appearance();
        disk = new PromptsOnDisk(java.nio.file.Files.createTempDirectory(folders, "w"), background);
        model = disk.model;
        shell = new ShellView(background, appearance, new KeyBindings(), List.of(new PromptsPage(background, model)));
        stage.setScene(new Scene(shell, 1440, 900));
        appearance.dress(stage.getScene());
        size(1440, 900);
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
    void givenNothing_thePageSaysWhatStandsHere() {
        look("empty");
        assertThat(button("#run")).isNull();
    }

    @Test
    void givenAPromptThatRuns_everyPartShowsIt(FxRobot robot) {
        var tab = open(TRIAGE);
        assertThat(editor().visibleParToAllParIndex(0)).isZero(); // a prompt opens at its beginning
        assertThat(shell.lookup(".answer-line .button").isDisabled()).isTrue(); // nothing to copy
        type("\nBe kind.");
        await(() -> !tab.tokens().get().total().estimated() && tab.dirty().get());
        Screens.onFx(() -> tab.chosenTarget().set(java.util.Optional.of(PromptsOnDisk.SCRIPT)));
        await(() -> tab.target().get().equals(PromptsOnDisk.SCRIPT) && tab.whyNotRun().isEmpty());
        disk.script.say("Dear customer, thank you for telling us, and I am sorry that the tent was charged twice. ", "Could you ", "send me the order id?");
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        await(() -> tab.runs().answer(0).endsWith("order id?"));
        assertThat(tab.runs().progress().get().ttft()).isPresent(); // not only when the answer is over
        assertThat(button("#run").getText()).isEqualTo("Stop");
        Screens.onFx(() -> tab.chosenTarget().set(java.util.Optional.of(PromptsOnDisk.LOCAL)));
        await(() -> !tab.tokens().get().total().estimated());
        look("running");
        robot.push(KeyCode.ESCAPE);
        assertThat(tab.runs().progress().get().state()).isEqualTo(State.CANCELLED);
        await(() -> tab.runs().earlier().size() == 1);
        look("normal");
        assertThat(answer()).endsWith("order id?");
        var run = tab.runs().shown().get().orElseThrow();
        robot.clickOn(".feedback-row .down").clickOn("#feedback-note").write("It asks for what the ticket says already").push(KeyCode.ENTER);
        await(() -> disk.feedback.of(run.id()).filter(it -> it.rating() == pilothouse.runs.Rating.DOWN && it.note().startsWith("It asks")).isPresent());
        look("feedback");
        Screens.onFx(() -> tab.chosenTarget().set(java.util.Optional.of(PromptsOnDisk.SCRIPT)));
        await(() -> tab.target().get().equals(PromptsOnDisk.SCRIPT) && tab.whyNotRun().isEmpty());
        robot.write(", and more");
        Screens.onFx(tab::run); // what is typed is kept, though another answer takes the place
        await(() -> disk.feedback.of(run.id()).filter(it -> it.note().endsWith("already, and more")).isPresent());
        Screens.onFx(tab.runs()::stop);
    }

    @Test
    void givenTheKeyboard_aVersionIsSavedWithItsMessage(FxRobot robot) {
        var tab = open(TRIAGE);
        type("\nBe kind.");
        robot.push(KeyCode.CONTROL, KeyCode.S).write("kinder").push(KeyCode.ENTER);
        await(() -> tab.basedOn().get() == 3);
        assertThat(tab.dirty().get()).isFalse();
        assertThat(disk.prompts.log(tab.prompt().get().orElseThrow().id()).getFirst().message()).isEqualTo("kinder");
        Screens.pulses(2);
        assertThat(editor().isFocused()).isTrue();
    }

    @Test
    void givenANewPrompt_whatIsTypedTakesThePlaceOfTheExampleAndAFixLeavesTheCaret(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.N).write("Greet {{guest}}.");
        var tab = disk.model.selected().get().orElseThrow();
        assertThat(tab.text().get()).endsWith("\nGreet {{guest}}.\n").doesNotContain("Tell me");
        await(() -> tab.reading().get().troubles().stream().anyMatch(it -> it.found().rule().equals("undeclared-variable")));
        robot.push(KeyCode.ALT, KeyCode.ENTER);
        await(() -> tab.text().get().contains("guest: string"));
        robot.write("!");
        assertThat(tab.text().get()).endsWith("\nGreet {{guest}}.!\n");
    }

    @Test
    void givenTheKeyboard_linesMoveAndWordsAreFoundAndReplacedInOneStep(FxRobot robot) {
        var tab = open("Be warm.\nBe brief.\nBe kind.");
        Screens.onFx(() -> editor().moveTo(12));
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.UP);
        assertThat(tab.text().get()).isEqualTo("Be brief.\nBe warm.\nBe kind.");
        robot.push(KeyCode.CONTROL, KeyCode.SLASH);
        assertThat(tab.text().get()).startsWith("{{!-- Be brief. --}}\nBe warm.");
        robot.push(KeyCode.CONTROL, KeyCode.SLASH).push(KeyCode.CONTROL, KeyCode.H).write("be (");
        robot.clickOn("#find-expression");
        await(() -> ((Label) shell.lookup("#find-count")).getText().contains("no regular expression"));
        look("find-broken");
        robot.clickOn("#find-text").push(KeyCode.CONTROL, KeyCode.A).write("Be (\\w+)");
        await(() -> ((Label) shell.lookup("#find-count")).getText().equals("2 of 3")); // from the caret on
        robot.push(KeyCode.ENTER);
        assertThat(editor().getSelectedText()).isEqualTo("Be kind");
        robot.clickOn("#replace-text").write("Stay $1").clickOn("#replace-all");
        await(() -> tab.text().get().equals("Stay brief.\nStay warm.\nStay kind."));
        look("find");
        robot.push(KeyCode.ESCAPE);
        await(() -> editor().isFocused());
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        assertThat(tab.text().get()).isEqualTo("Be brief.\nBe warm.\nBe kind.");
    }

    @Test
    void givenTwoVersions_theirDifferenceIsShownWithMarkedWords(FxRobot robot) {
        var tab = open(TRIAGE);
        Screens.onFx(() -> {
            var entries = tab.history().entries();
            tab.compare(entries.getLast().version(), entries.getFirst().version());
        });
        await(() -> shell.lookup("#diff") != null);
        look("diff");
        assertThat(shell.lookupAll(".diff-word")).isNotEmpty();
        robot.push(KeyCode.ESCAPE);
        await(() -> shell.lookup("#diff") == null);
        assertThat(editor()).isNotNull();
    }

    @Test
    void givenABrokenText_theLineSaysWhereAndRunIsOff(FxRobot robot) {
        var tab = open(TRIAGE);
        Screens.onFx(() -> tab.text().set(TRIAGE.replace("{{/if}}", "{{/iff}}")));
        await(() -> tab.whyNotRun().isPresent() && tab.reading().get().text().equals(tab.text().get()));
        look("broken");
        robot.push(KeyCode.F8);
        await(() -> editor().getCurrentParagraph() + 1 == tab.reading().get().troubles().getFirst().line());
    }

    @Test
    void givenAFailedRunAndAnOvertakenSave_bothAreShownWhereTheyHappened() {
        var tab = open(TRIAGE.replace("local/smollm2-135m", "script/m"));
        await(() -> tab.whyNotRun().isEmpty() && !tab.reading().get().messages().isEmpty());
        disk.script.say("Dear custo");
        disk.script.fail();
        Screens.onFx(tab::run);
        await(() -> tab.runs().progress().get().state() == State.FAILED);
        disk.save("support/triage", 2, "theirs", "");
        type("\nOurs");
        Screens.onFx(() -> tab.save(""));
        await(() -> tab.message().get().isPresent());
        look("error");
        assertThat(shell.lookupAll(".failure-what").stream().map(it -> ((Label) it).getText()).toList().toString()).contains("closed the connection");
        assertThat(editor().getText()).endsWith("Ours");
    }

    @Test
    void givenFields_whatIsTypedIsRenderedAndTheFrontMatterFollows(FxRobot robot) {
        var tab = open(TRIAGE);
        await(() -> shell.lookup("#variable-ticket") != null);
        Screens.onFx(() -> ((TextArea) shell.lookup("#variable-ticket")).setText("It rains."));
        await(() -> tab.reading().get().messages().getLast().text().contains("Ticket: It rains."));
        robot.clickOn("#parameter-maxOutputTokens").push(KeyCode.CONTROL, KeyCode.A).write("64").push(KeyCode.ENTER);
        await(() -> tab.text().get().equals(TRIAGE.replace("220", "64")));
        robot.clickOn("#parameter-temperature").push(KeyCode.CONTROL, KeyCode.A).write("7").push(KeyCode.ENTER);
        assertThat(tab.text().get()).isEqualTo(TRIAGE.replace("220", "64"));
        assertThat(((TextField) shell.lookup("#parameter-temperature")).getStyleClass()).contains("invalid");
        assertThat(editor().getText()).isEqualTo(tab.text().get());
    }

    @Test
    void givenALongAnswer_theViewFollowsItsEndUntilSomeoneScrollsUp() {
        var tab = open("---\nmodel: script/m\n---\nHello");
        await(() -> tab.whyNotRun().isEmpty() && !tab.reading().get().messages().isEmpty());
        for (int i = 0; i < 100_000; i++) disk.script.say("token ");
        disk.script.finish();
        Screens.onFx(tab::run);
        await(() -> tab.runs().progress().get().state() == State.DONE);
        Screens.pulses(3);
        var area = (StyleClassedTextArea) shell.lookup("#answer");
        assertThat(area.getText().replace("\n", "")).hasSize(600_000);
        assertThat(Screens.onFx(area::lastVisibleParToAllParIndex)).isEqualTo(area.getParagraphs().size() - 1);
        look("long");
    }

    @Test
    void givenStrangeTexts_theyAreKeptAndColouredInOurFont() {
        var text = "# \uD83D\uDEA2 日本語 עברית\n{{name}} \"x\"\n" + "long ".repeat(3000);
        var tab = open(text);
        await(() -> !shell.lookupAll(".tk-variable").isEmpty());
        assertThat(editor().getText()).isEqualTo(text);
        var variable = (Text) shell.lookup(".tk-variable");
        assertThat(variable.getFont().getFamily()).isEqualTo("JetBrains Mono");
        assertThat(tab.dirty().get()).isFalse();
        look("strange");
    }

    @Test
    void givenANarrowOrALargeWindow_nothingIsLost() {
        open(TRIAGE);
        Screens.onFx(() -> size(1100, 760));
        Screens.shoot(stage.getScene(), "prompts-narrow-dark");
        Screens.onFx(() -> {
            size(2880, 1800);
            appearance.scale().set(200);
        });
        Screens.shoot(stage.getScene(), "prompts-normal-dark-200");
        Screens.onFx(() -> appearance.scale().set(100));
        assertThat(editor().getText()).isEqualTo(TRIAGE);
    }

    @Test
    void givenAClosedTab_nothingOfItStaysAlive() {
        open(TRIAGE);
        var node = new WeakReference<>(shell.lookup("#editor"));
        Screens.onFx(() -> model.closeAnyway(model.tabs().getFirst()));
        Screens.onFx(() -> shell.lookup("#find").requestFocus());
        Screens.pulses(5);
        FxToolkit.toolkitContext().setRegisteredStage(stage); // it begins a new record of events: TestFX keeps each with its source
        for (int i = 0; i < 50 && node.get() != null; i++) {
            System.gc();
            Screens.pulses(2);
        }
        assertThat(node.get()).isNull();
    }

    private EditedPrompt open(String text) {
        var prompt = disk.save("support/triage", 0, text.replace("senior ", "").replace("Be warm, not chatty.", "Be brief."), "First try");
        disk.save("support/refund-reply", 0, "Hello", "");
        disk.save("support/_policy", 0, "Refunds up to 150.00 EUR need no approval.", "");
        disk.save("translation/formal", 0, "Hello", "");
        if (!text.equals(text.replace("senior ", "").replace("Be warm, not chatty.", "Be brief."))) disk.save("support/triage", 1, text, "Warmer tone, cite the policy");
        disk.labels.move(prompt.id(), new pilothouse.prompts.LabelName("production"), 1);
        Screens.onFx(() -> {
            model.refresh();
            model.open(prompt);
        });
        await(() -> model.selected().get().filter(tab -> tab.history().newest() > 0 && !tab.reading().get().text().isEmpty()).isPresent());
        Screens.pulses(2);
        return Screens.onFx(() -> model.selected().get().orElseThrow());
    }

    private void type(String text) {
        Screens.onFx(() -> {
            var area = editor();
            area.requestFocus();
            area.moveTo(area.getLength());
            area.replaceSelection(text);
        });
    }

    private CodeArea editor() {
        return (CodeArea) shell.lookup("#editor");
    }

    private String answer() {
        return ((StyleClassedTextArea) shell.lookup("#answer")).getText();
    }

    private Button button(String id) {
        Node node = shell.lookup(id);
        return (Button) node;
    }

    private void size(double width, double height) {
        stage.setX(0);
        stage.setY(0);
        stage.setWidth(width);
        stage.setHeight(height);
    }

    private static void await(BooleanSupplier reached) {
        for (int i = 0; i < 2_000 && !Screens.onFx(reached::getAsBoolean); i++) Screens.pulses(1);
        assertThat(Screens.onFx(reached::getAsBoolean)).isTrue();
    }

    private void look(String state) {
        for (var theme : List.of(Appearance.Theme.DARK, Appearance.Theme.LIGHT)) {
            Screens.onFx(() -> appearance.theme().set(theme));
            Screens.pulses(2); // what has just appeared gets its style in the next one
            var name = "prompts-" + state + "-" + theme.name().toLowerCase(Locale.ROOT);
            Screens.shoot(stage.getScene(), name);
            assertThat(Contrast.weak(shell)).as(name).isEmpty();
            assertThat(AccessibleNames.missing(shell)).as(name).isEmpty();
        }
    }
}
