package pilothouse.app.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.fxmisc.richtext.CodeArea;
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

/// Problems and tokens of a text in the window.
@OnScreen
class LanguageOnScreenTest {
    private static final String MISTAKES = """
            ---
            model: local/smollm2-135m
            config: { temperature: 2.6, maxOutputTokens: 220 }
            input:
              schema:
                ticket: string
                tier: string
              default: { ticket: "My tent 👩🏽 was charged twice." }
            pilothouse.untrusted: [ticket]
            ---
            {{role "system"}}
            You are a kind agent. The ticket: {{ticket}}
            {{role "user"}}
            {{tickt}} {{> lost}}
            """;

    @TempDir
    private static Path folders;
    private final StyleWarnings warnings = new StyleWarnings();
    private Background background;
    private Appearance appearance;
    private PromptsOnDisk disk;
    private ShellView shell;
    private Stage stage;

    @Start
    void start(Stage stage) throws java.io.IOException {
        this.stage = stage;
        background = Background.ofToolkit();
        appearance = new Appearance();
        disk = new PromptsOnDisk(Files.createTempDirectory(folders, "w"), background);
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
    void givenMistakes_theyAreListedAndMarkedAndMendedByKey(FxRobot robot) {
        var tab = open(MISTAKES);
        await(() -> rules(tab).contains("unknown-snippet"));
        assertThat(rules(tab)).contains("parameter", "undeclared-variable", "unknown-snippet");
        await(() -> problems().getItems().size() == tab.reading().get().troubles().size());
        assertThat(problems().getItems().getFirst().blocking()).isTrue();
        int at = tab.text().get().indexOf("{{tickt}}") + 2;
        await(() -> editor().getStyleAtPosition(at + 1).contains("trouble-warning"));
        look("problems");
        robot.push(KeyCode.F8); // to the first problem after the caret, which stands at the beginning
        assertThat(editor().getCurrentParagraph()).isEqualTo(2);
        robot.push(KeyCode.ALT, KeyCode.ENTER);
        await(() -> tab.text().get().contains("temperature: 2,"));
        Screens.onFx(() -> editor().moveTo(tab.text().get().indexOf("{{tickt}}")));
        await(() -> tab.reading().get().text().equals(tab.text().get()));
        robot.push(KeyCode.ALT, KeyCode.ENTER);
        await(() -> tab.text().get().contains("\n{{ticket}} {{> lost}}"));
        Screens.onFx(() -> tab.text().set(tab.text().get().replace(" {{> lost}}", "")));
        await(() -> rules(tab).contains("untrusted-in-system"));
        Screens.onFx(() -> {
            problems().requestFocus();
            problems().getSelectionModel().selectFirst();
        });
        robot.push(KeyCode.ENTER);
        assertThat(editor().isFocused()).isTrue();
        assertThat(editor().getCurrentParagraph()).isEqualTo(11);
    }

    @Test
    void givenAProblemThatIsMendedFurtherUp_itsMarkGoes(FxRobot robot) {
        var tab = open(MISTAKES.replace("tickt", "planet").replace(" {{> lost}}", ""));
        await(() -> editor().getStyleAtPosition(tab.text().get().indexOf("{{planet}}") + 3).contains("trouble-warning"));
        Screens.onFx(() -> editor().moveTo(tab.text().get().indexOf("{{planet}}")));
        robot.push(KeyCode.ALT, KeyCode.ENTER);
        await(() -> tab.text().get().contains("planet: string") && tab.reading().get().text().equals(tab.text().get()));
        await(() -> !editor().getStyleAtPosition(tab.text().get().indexOf("{{planet}}") + 3).contains("trouble-warning"));
    }

    @Test
    void givenTheTokensTab_eachTokenHasAColourAndSaysWhatItIs() {
        var tab = open("{{role \"user\"}}\nMy tent 👩🏽 was charged twice. 你好\n");
        Screens.onFx(() -> tab.chosenTarget().set(Optional.of(PromptsOnDisk.LOCAL)));
        await(() -> !tab.tokens().get().total().estimated() && tab.tokens().get().total().tokens() > 0);
        var tabs = (TabPane) shell.lookup(".answer-card .tab-pane");
        Screens.onFx(() -> tabs.getSelectionModel().select(2));
        await(() -> area().getLength() > 0);
        assertThat(area().getText()).contains("<|im_start|>user\n").endsWith("<|im_start|>assistant\n");
        assertThat(area().getStyleAtPosition(1)).containsExactly("token-control");
        Screens.onFx(() -> area().moveTo(area().getText().indexOf("tent") + 1));
        assertThat(facts()).contains("id ", "\" tent\"", "bytes 20 74 65 6e 74");
        Screens.onFx(() -> area().moveTo(area().getText().indexOf("👩")));
        assertThat(facts()).contains("   +   "); // one letter, several tokens
        look("tokens");
        Screens.onFx(() -> tab.chosenTarget().set(Optional.of(PromptsOnDisk.SCRIPT)));
        await(() -> facts().contains("not known here"));
    }

    private EditedPrompt open(String text) {
        var prompt = disk.save("support/triage", 0, text, "First try");
        Screens.onFx(() -> {
            disk.model.refresh();
            disk.model.open(prompt);
        });
        await(() -> disk.model.selected().get().filter(tab -> !tab.reading().get().text().isEmpty()).isPresent());
        Screens.pulses(2);
        return Screens.onFx(() -> disk.model.selected().get().orElseThrow());
    }

    private static List<String> rules(EditedPrompt tab) {
        return tab.reading().get().troubles().stream().map(it -> it.found().rule()).toList();
    }

    @SuppressWarnings("unchecked") // the list holds nothing else
    private ListView<Trouble> problems() {
        return (ListView<Trouble>) shell.lookup("#problems");
    }

    private CodeArea editor() {
        return (CodeArea) shell.lookup("#editor");
    }

    private StyleClassedTextArea area() {
        return (StyleClassedTextArea) shell.lookup("#token-view");
    }

    private String facts() {
        return ((Label) shell.lookup("#token-facts")).getText();
    }

    private static void await(BooleanSupplier reached) {
        for (int i = 0; i < 2_000 && !Screens.onFx(reached::getAsBoolean); i++) Screens.pulses(1);
        assertThat(Screens.onFx(reached::getAsBoolean)).isTrue();
    }

    private void look(String state) {
        for (var theme : List.of(Appearance.Theme.DARK, Appearance.Theme.LIGHT)) {
            Screens.onFx(() -> appearance.theme().set(theme));
            Screens.pulses(2); // what has just appeared gets its style in the next one
            var name = "language-" + state + "-" + theme.name().toLowerCase(Locale.ROOT);
            Screens.shoot(stage.getScene(), name);
            assertThat(Contrast.weak(shell)).as(name).isEmpty();
            assertThat(AccessibleNames.missing(shell)).as(name).isEmpty();
        }
    }
}
