package pilothouse.app.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
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

/// The value sets in the window, by keyboard and mouse.
@OnScreen
class ValueSetsOnScreenTest {
    private static final String TRIAGE = """
            ---
            model: script/m
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
        disk = new PromptsOnDisk(Files.createTempDirectory(folders, "w"), background);
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
    void givenSets_theyAreChosenChangedAndKeptByKeyboard(FxRobot robot) throws Exception {
        disk.valueSets.add(prompt.id(), new ValueSetName("double charge"), Map.of("product", "Northwind Outdoor", "tier", "pro", "ticket", "My card shows two charges of 189.00 EUR."));
        disk.valueSets.add(prompt.id(), new ValueSetName("late delivery of a tent that was ordered weeks ago"), Map.of("product", "Northwind Outdoor", "tier", "free", "ticket", "Where is my tent?"));
        var tab = open();
        await(() -> tab.valueSets().sets().size() == 2);
        look("none-chosen");
        robot.push(KeyCode.F4);
        await(() -> "Northwind Outdoor".equals(tab.values().get("product")));
        look("chosen");
        robot.push(KeyCode.ALT, KeyCode.V).push(KeyCode.DOWN).push(KeyCode.ENTER);
        await(() -> "free".equals(tab.values().get("tier")));
        Screens.onFx(() -> tab.values().put("ticket", "Where is it?"));
        assertThat(tab.valueSets().dirty().get()).isTrue();
        look("changed");
        robot.clickOn("#value-set-save");
        await(() -> disk.valueSets.of(prompt.id()).getLast().values().containsValue("Where is it?"));
        robot.clickOn("#value-set-menu").clickOn("Rename…");
        look("renaming");
        robot.write("late").push(KeyCode.ENTER);
        await(() -> disk.valueSets.find(prompt.id(), new ValueSetName("late")).isPresent());
        robot.clickOn("#value-set-menu").clickOn("Delete the set");
        await(() -> tab.valueSets().sets().size() == 1);
        look("deleted");
        robot.clickOn("Undo");
        await(() -> tab.valueSets().sets().size() == 2);
    }

    @Test
    void givenAFileWithBadRows_theNoticeNamesThem() throws Exception {
        var tab = open();
        var file = Files.writeString(Files.createTempFile(folders, "cases", ".csv"),
                "name,product,tier,ticket\ngood,Tents,pro,x\nfew,Tents\nbad tier,Tents,gold,x\n");
        Screens.onFx(() -> tab.valueSets().importFrom(file));
        await(() -> tab.valueSets().sets().size() == 1 && tab.valueSets().notice().get().isPresent());
        Screens.pulses(2);
        look("imported");
        assertThat(tab.valueSets().notice().get().orElseThrow().detail()).contains("Line 3: it has 2 cells").contains("Line 4: ");
    }

    @Test
    void givenNoSetYet_itSaysSo() {
        open();
        look("empty");
        ComboBox<?> chooser = (ComboBox<?>) shell.lookup("#value-set");
        assertThat(chooser.getPromptText()).isEqualTo("No value set yet");
        Screens.onFx(() -> disk.model.newPrompt());
        Screens.pulses(3);
        look("unsaved");
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
            var name = "values-" + state + "-" + theme.name().toLowerCase(Locale.ROOT);
            Screens.shoot(stage.getScene(), name);
            assertThat(Contrast.weak(shell)).as(name).isEmpty();
            assertThat(AccessibleNames.missing(shell)).as(name).isEmpty();
        }
    }
}
