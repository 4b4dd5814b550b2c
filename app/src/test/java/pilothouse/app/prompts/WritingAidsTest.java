package pilothouse.app.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.fxmisc.richtext.CodeArea;
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
import pilothouse.json.Json;
import pilothouse.templates.assistance.Proposal;

/// Completion, hints, going to a snippet, renaming: by keyboard and mouse.
@OnScreen
class WritingAidsTest {
    private static final String TRIAGE = """
            ---
            model: local/smollm2-135m
            input:
              schema:
                ticket: string, what the customer wrote
                tier(enum): [free, pro]
              default: { ticket: My tent was charged twice., tier: pro }
            ---
            {{role "system"}}
            Be kind to a customer of plan {{tier}}.
            {{> policy}}
            {{role "user"}}
            {{ticket}}
            Thanks
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
        disk.save("support/_policy", 0, "Never promise a refund above 50 EUR.\nAsk a colleague instead.", "First");
        disk.save("_signature", 0, "Yours, the team", "First");
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
    void givenTwoBraces_theListOpensAndEnterWritesWhatIsChosenAsOneStepOfUndo(FxRobot robot) {
        var tab = open();
        caretBehind("Thanks");
        robot.write(" {{");
        await(() -> proposed().contains("ticket"));
        assertThat(proposed()).startsWith("ticket", "tier", "role \"system\"").contains("#each", "> policy", "> signature");
        robot.push(KeyCode.DOWN);
        await(() -> preview().equals("pro")); // what it is filled with
        look("completion");
        robot.push(KeyCode.ENTER);
        assertThat(tab.text().get()).endsWith("Thanks {{tier}}\n");
        assertThat(isOpen()).isFalse();
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        assertThat(tab.text().get()).endsWith("Thanks {{\n");
        robot.push(KeyCode.BACK_SPACE).push(KeyCode.BACK_SPACE).write("{{> ");
        await(() -> proposed().equals(List.of("policy", "signature")));
        await(() -> preview().startsWith("Never promise"));
        look("completion-snippet");
        robot.push(KeyCode.TAB);
        assertThat(tab.text().get()).endsWith("Thanks {{> policy}}\n");
        robot.write("{{#i");
        await(() -> !proposed().isEmpty() && proposed().getFirst().equals("if"));
        robot.push(KeyCode.ENTER);
        await(() -> proposed().contains("ticket")); // a block asks for its value at once
        robot.push(KeyCode.ENTER);
        assertThat(tab.text().get()).endsWith("{{> policy}}{{#if ticket}}{{/if}}\n");
    }

    @Test
    void givenFastFingers_whatIsChosenBelongsToWhatIsWritten(FxRobot robot) {
        var tab = open();
        caretBehind("Thanks");
        robot.write(" {{ti").push(KeyCode.ENTER);
        await(() -> tab.text().get().endsWith("Thanks {{ticket}}\n") || tab.text().get().endsWith("Thanks {{ti\n\n")); // the list was there, or not yet
        robot.write("{{tier}}");
        await(() -> !isOpen());
        robot.push(KeyCode.ENTER);
        assertThat(tab.text().get()).endsWith("{{tier}}\n\n");
    }

    @Test
    void givenTheFrontMatter_keysAndModelsAreProposed(FxRobot robot) {
        var tab = open();
        caretBehind("model: local/smollm2-135m");
        robot.push(KeyCode.ENTER).write("conf").push(KeyCode.CONTROL, KeyCode.SPACE);
        await(() -> proposed().equals(List.of("config")));
        robot.push(KeyCode.ENTER);
        await(() -> proposed().contains("temperature"));
        look("completion-key");
        robot.push(KeyCode.ENTER).write("0.3");
        await(() -> !isOpen());
        assertThat(tab.text().get()).contains("\nconfig:\n  temperature: 0.3\ninput:");
        caretBehind("model: ");
        robot.push(KeyCode.CONTROL, KeyCode.SPACE);
        await(() -> proposed().contains("script/m"));
        robot.push(KeyCode.ESCAPE);
        assertThat(isOpen()).isFalse();
        assertThat(editor().isFocused()).isTrue();
    }

    @Test
    void givenAVariableAndASnippet_theirValueAndTextAreToldAndTheSnippetOpens(FxRobot robot) {
        var tab = open();
        await(() -> !tab.valueTokens().get().isEmpty());
        caretBehind("{{tic");
        robot.push(KeyCode.CONTROL, KeyCode.I);
        await(() -> hint().contains("My tent was charged twice."));
        look("hint");
        robot.push(KeyCode.ESCAPE);
        assertThat(hint()).isEmpty();
        hover(robot, "policy");
        await(() -> hint().contains("Never promise"));
        Screens.shoot(stage.getScene(), "aids-hint-snippet"); // another theme would move the mouse off it
        caretBehind("{{> pol");
        await(() -> hint().isEmpty()); // what is pressed takes it away
        robot.push(KeyCode.F12);
        await(() -> disk.model.selected().get().map(EditedPrompt::title).equals(Optional.of("_policy")));
        Screens.onFx(() -> disk.model.select(tab));
        Screens.pulses(2);
        hover(robot, "policy");
        robot.press(KeyCode.CONTROL).clickOn(javafx.scene.input.MouseButton.PRIMARY).release(KeyCode.CONTROL);
        await(() -> disk.model.selected().get().map(EditedPrompt::title).equals(Optional.of("_policy")));
    }

    @Test
    void givenAVariable_itIsRenamedEverywhereWithItsValueAndUndoneInOneStep(FxRobot robot) {
        var tab = open();
        Screens.onFx(() -> tab.values().put("tier", "free"));
        caretBehind("plan {{ti");
        robot.push(KeyCode.F2).write("ticket").push(KeyCode.ENTER);
        await(() -> shell.lookup(".rename .field-problem") instanceof Label it && it.getText().contains("already"));
        look("rename-taken");
        robot.push(KeyCode.CONTROL, KeyCode.A).write("plan").push(KeyCode.ENTER);
        assertThat(tab.text().get()).isEqualTo(TRIAGE.replace("{{tier}}", "{{plan}}").replace("tier(enum)", "plan(enum)").replace("tier: pro", "plan: pro"));
        assertThat(editor().isFocused()).isTrue();
        assertThat(tab.values()).containsOnlyKeys("plan");
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        assertThat(tab.text().get()).isEqualTo(TRIAGE);
        await(() -> tab.values().keySet().equals(java.util.Set.of("tier")));
        robot.push(KeyCode.F2);
        assertThat(((TextField) shell.lookup("#rename")).getText()).isEqualTo("tier");
        robot.push(KeyCode.ESCAPE);
        assertThat(editor().isFocused()).isTrue();
    }

    @Test
    void givenADraftThatComesBack_itsUndoComesBackToo(FxRobot robot) {
        var tab = open();
        caretBehind("Thanks");
        robot.write(" a lot");
        Screens.onFx(() -> tab.text().set(tab.text().get().replace("Be kind", "Be warm")));
        robot.write("!");
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        var kept = Json.MAPPER.readValue(Json.write(Screens.onFx(() -> disk.model.openDrafts()).getFirst()), OpenDraft.class);
        assertThat(kept.text()).isEqualTo(TRIAGE.replace("Thanks", "Thanks a lot").replace("Be kind", "Be warm"));
        Screens.onFx(() -> {
            disk.model.closeAnyway(tab);
            disk.model.restore(List.of(kept));
        });
        await(() -> disk.model.tabs().size() == 1);
        var back = Screens.onFx(() -> disk.model.tabs().getFirst());
        await(() -> back.comparison().get().isPresent());
        Screens.onFx(back::closeComparison);
        Screens.pulses(2);
        Screens.onFx(() -> editor().requestFocus());
        robot.push(KeyCode.CONTROL, KeyCode.Y);
        assertThat(back.text().get()).contains("Thanks a lot!");
        robot.push(KeyCode.CONTROL, KeyCode.Z).push(KeyCode.CONTROL, KeyCode.Z);
        assertThat(back.text().get()).contains("Be kind", "Thanks a lot\n");
        for (int i = 0; i < 6 && back.dirty().get(); i++) robot.push(KeyCode.CONTROL, KeyCode.Z); // who types slowly makes several steps
        assertThat(back.text().get()).isEqualTo(TRIAGE);
        assertThat(back.dirty().get()).isFalse();
    }

    @Test
    void givenAFile_itsTextBecomesTheValueAndWhatIsNoTextIsRefused() throws java.io.IOException {
        var tab = open();
        var file = Files.writeString(folders.resolve("ticket.txt"), "\ufeffWhere is my order?");
        Screens.onFx(() -> tab.fill("ticket", file));
        await(() -> "Where is my order?".equals(tab.values().get("ticket")));
        var binary = Files.write(folders.resolve("picture.bin"), new byte[] {(byte) 0xff, 0, 1});
        Screens.onFx(() -> tab.fill("ticket", binary));
        await(() -> tab.message().get().filter(it -> it instanceof EditedPrompt.Message.Failed failed && failed.problem().what().contains("no text")).isPresent());
        assertThat(tab.values()).containsEntry("ticket", "Where is my order?");
    }

    @Test
    void givenALargeScale_theListStaysOnThePage(FxRobot robot) {
        open();
        Screens.onFx(() -> appearance.scale().set(200));
        Screens.pulses(2);
        caretBehind("Thanks");
        robot.write(" {{");
        await(() -> proposed().contains("ticket"));
        look("completion-200");
        var list = Screens.onFx(() -> shell.lookup(".completion").localToScene(shell.lookup(".completion").getLayoutBounds()));
        var page = Screens.onFx(() -> shell.lookup(".prompts-page").localToScene(shell.lookup(".prompts-page").getLayoutBounds()));
        assertThat(list.getHeight()).isGreaterThan(200);
        assertThat(page.contains(list)).as("%s in %s", list, page).isTrue();
    }

    private EditedPrompt open() {
        var prompt = disk.save("support/triage", 0, TRIAGE, "First try");
        Screens.onFx(() -> {
            disk.model.refresh();
            disk.model.open(prompt);
        });
        await(() -> disk.model.selected().get().filter(tab -> !tab.reading().get().text().isEmpty()).isPresent() && disk.model.targets().size() > 1);
        Screens.pulses(2);
        return Screens.onFx(() -> disk.model.selected().get().orElseThrow());
    }

    private void caretBehind(String words) {
        Screens.onFx(() -> {
            editor().requestFocus();
            editor().moveTo(editor().getText().indexOf(words) + words.length());
            editor().requestFollowCaret();
        });
        Screens.pulses(2);
    }

    private void hover(FxRobot robot, String words) {
        int at = Screens.onFx(() -> editor().getText().indexOf(words)) + 2;
        var place = Screens.onFx(() -> editor().getCharacterBoundsOnScreen(at, at + 1).orElseThrow());
        robot.moveTo(new Point2D(place.getMinX() - 30, place.getMinY() - 60)).moveTo(new Point2D(place.getCenterX(), place.getCenterY()));
    }

    @SuppressWarnings("unchecked") // the list holds nothing else
    private List<String> proposed() {
        return shell.lookup("#completion") instanceof ListView<?> list ? ((ListView<Proposal>) list).getItems().stream().map(Proposal::name).toList() : List.of();
    }

    private boolean isOpen() {
        return Screens.onFx(() -> shell.lookup("#completion") != null);
    }

    private String preview() {
        return shell.lookup("#completion-preview") instanceof Label label ? label.getText() : "";
    }

    private String hint() {
        return shell.lookup("#hint-text") instanceof Label label ? label.getText() : "";
    }

    private CodeArea editor() {
        return shell.lookupAll("#editor").stream().map(CodeArea.class::cast).filter(it -> it.isVisible() && it.getScene() != null && it.getParent().getParent() != null
                && it.localToScene(0, 0).getX() > 0 && isShown(it)).findFirst().orElseThrow();
    }

    private static boolean isShown(javafx.scene.Node node) {
        for (var at = node; at != null; at = at.getParent()) if (!at.isVisible()) return false;
        return true;
    }

    private static void await(BooleanSupplier reached) {
        for (int i = 0; i < Integer.getInteger("tries", 2_000) && !Screens.onFx(reached::getAsBoolean); i++) Screens.pulses(1);
        assertThat(Screens.onFx(reached::getAsBoolean)).isTrue();
    }

    private void look(String state) {
        for (var theme : List.of(Appearance.Theme.LIGHT, Appearance.Theme.DARK)) {
            Screens.onFx(() -> appearance.theme().set(theme));
            Screens.pulses(2);
            var name = "aids-" + state + "-" + theme.name().toLowerCase(Locale.ROOT);
            Screens.shoot(stage.getScene(), name);
            assertThat(Contrast.weak(shell)).as(name).isEmpty();
            assertThat(AccessibleNames.missing(shell)).as(name).isEmpty();
        }
    }
}
