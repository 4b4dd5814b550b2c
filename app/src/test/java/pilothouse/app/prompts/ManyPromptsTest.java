package pilothouse.app.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import javafx.scene.Scene;
import javafx.scene.control.ListView;
import javafx.scene.control.TreeView;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;
import pilothouse.access.MemberId;
import pilothouse.app.AccessibleNames;
import pilothouse.app.Contrast;
import pilothouse.app.OnScreen;
import pilothouse.app.Screens;
import pilothouse.app.fx.Background;
import pilothouse.app.shell.Appearance;
import pilothouse.app.shell.KeyBindings;
import pilothouse.app.shell.ShellView;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.Draft;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptName;

/// The page with 20,000 prompts and a history of 10,000 versions: opens, scrolls and finds, and the FX thread never
/// stands still (which is watched over in every such test).
@OnScreen
class ManyPromptsTest {
    private static final int PROMPTS = 20_000;
    private static final int VERSIONS = 10_000;
    private static final int AT_ONCE = 1_000;

    @TempDir
    private static Path folders;
    private Background background;
    private PromptsOnDisk disk;
    private ShellView shell;
    private Appearance appearance;
    private Stage stage;

    @Start
    void start(Stage stage) throws java.io.IOException {
        this.stage = stage;
        background = Background.ofToolkit();
        disk = new PromptsOnDisk(Files.createTempDirectory(folders, "w"), background);
    }

    @Stop
    void stop() {
        background.close();
        disk.close();
    }

    private void fill() {
        for (int from = 0; from < PROMPTS; from += AT_ONCE) {
            var made = disk.prompts.create(IntStream.range(from, from + AT_ONCE)
                    .mapToObj(i -> new PromptName("team" + i / 100 + "/group" + i / 10 + "/prompt-" + i)).toList());
            disk.histories.save(made.stream().map(prompt -> drafts(prompt, 0, 1)).toList());
        }
        var first = disk.prompts.find(new PromptName("team0/group0/prompt-0")).orElseThrow();
        for (int from = 1; from < VERSIONS; from += AT_ONCE)
            disk.histories.save(List.of(drafts(first, from, Math.min(VERSIONS, from + AT_ONCE))));
    }

    private static List<Draft> drafts(Prompt prompt, int from, int to) {
        return IntStream.range(from, to).mapToObj(basedOn -> new Draft(prompt.id(), BranchName.MAIN, basedOn,
                "Text " + (basedOn + 1) + " of " + prompt.name() + (prompt.name().path().endsWith("777") ? "\nabout the\twalrus of {{sea}}" : ""),
                List.of(), "", new MemberId("ada"))).toList();
    }

    @Test
    @Tag("thorough")
    void givenManyPrompts_thePageOpensScrollsAndFindsWithoutAStall(FxRobot robot) {
        fill();
        Screens.onFx(() -> {
            appearance = new Appearance();
            shell = new ShellView(background, appearance, new KeyBindings(), List.of(new PromptsPage(background, disk.model)));
            stage.setScene(new Scene(shell, 1440, 900));
            appearance.dress(stage.getScene());
            stage.show();
        });
        Screens.onFx(disk.model::refresh);
        await(() -> disk.model.prompts().size() == PROMPTS && shell.lookup("#prompts") != null);
        TreeView<?> tree = robot.lookup("#prompts").query();
        for (int row = 0; row < PROMPTS; row += 2_000) {
            int to = row;
            Screens.onFx(() -> tree.scrollTo(to));
        }
        history(robot);
        texts(robot);
    }

    private void history(FxRobot robot) {
        Screens.onFx(() -> disk.model.open("team0/group0/prompt-0"));
        await(() -> shell.lookup("#history") != null);
        ListView<?> history = robot.lookup("#history").query();
        await(() -> history.getItems().size() >= 100);
        assertThat(history.getItems()).hasSizeLessThan(VERSIONS);
        int before = history.getItems().size();
        Screens.onFx(() -> history.scrollTo(history.getItems().size() - 1));
        await(() -> history.getItems().size() > before);
    }

    private void texts(FxRobot robot) {
        Screens.onFx(() -> disk.model.query().set("walrus"));
        await(() -> disk.model.finder().hits().size() == PROMPTS / 1_000);
        assertThat(disk.model.found()).as("by name").isEmpty();
        ListView<?> hits = robot.lookup("#hits").query();
        for (var theme : List.of(Appearance.Theme.DARK, Appearance.Theme.LIGHT)) {
            Screens.onFx(() -> appearance.theme().set(theme));
            Screens.pulses(2);
            Screens.shoot(stage.getScene(), "prompts-found-in-texts-" + theme);
            assertThat(Contrast.weak(shell)).isEmpty();
            assertThat(AccessibleNames.missing(shell)).isEmpty();
        }
        Screens.onFx(() -> disk.model.query().set("team7 walr"));
        await(() -> !disk.model.finder().hits().isEmpty() && disk.model.finder().hits().stream().allMatch(hit -> hit.prompt().name().path().startsWith("team7/")));
        Screens.onFx(() -> hits.getSelectionModel().select(0));
        Screens.onFx(() -> disk.model.open(disk.model.finder().hits().getFirst()));
        await(() -> disk.model.selected().get().filter(tab -> tab.text().get().contains("walrus")).isPresent());
    }

    private static void await(BooleanSupplier met) {
        for (int i = 0; i < 4_000 && !Screens.onFx(met::getAsBoolean); i++) Screens.pulses(1);
        assertThat(Screens.onFx(met::getAsBoolean)).isTrue();
    }
}
