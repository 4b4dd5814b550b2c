package pilothouse.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;
import pilothouse.access.MemberId;
import pilothouse.app.AccessibleNames;
import pilothouse.app.Contrast;
import pilothouse.app.OnScreen;
import pilothouse.app.Screens;
import pilothouse.app.shell.Appearance.Theme;
import pilothouse.app.shell.WindowState;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.Draft;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptVersion;
import pilothouse.prompts.SaveOutcome;
import pilothouse.workspace.Workspace;

/// What can be done with the store, done in the window as a user does it, with the keyboard alone.
@OnScreen
@Tag("thorough")
@Timeout(600)
class StorageWindowTest {
    private static final String LONG = "a/very/long/way/" + "down".repeat(30) + "/to-a-prompt";

    @TempDir
    Path folder;

    private Pilothouse program;
    private MainWindow window;
    private Prompt hero;

    @Start
    void start(Stage unused) {
        var workspace = Workspace.open(folder.resolve("workspace"));
        new WindowFile(workspace).save(new WindowState(0, 0, 1440, 900, false, Theme.DARK, 100, "", Map.of())); // no first start
        program = Pilothouse.open(workspace);
        hero = save("shop/reply", 0, "Answer {{name}}.", "ada");
        save("shop/reply", 1, "Answer {{name}} kindly.", "mara");
        save(LONG, 0, "Far away.", "mara");
        window = MainWindow.open(program, KeptWindow.load(program));
    }

    @Stop
    void stop() {
        window.close();
        program.close();
    }

    private Prompt save(String name, int basedOn, String text, String author) {
        var prompt = program.prompts().find(new PromptName(name)).orElseGet(() -> program.prompts().create(new PromptName(name)));
        var saved = program.prompts().save(new Draft(prompt.id(), BranchName.MAIN, basedOn, text, List.of(), "why", new MemberId(author)));
        assertThat(saved).isInstanceOf(SaveOutcome.Saved.class);
        return prompt;
    }

    @Test
    void givenPrompts_theyAreExportedAndWhatIsNewElsewhereComesInAsPlanned(FxRobot robot) throws Exception {
        command(robot, "export prompts");
        type(robot, "#export-which", "sh op/");
        assertThat(find(".field-problem").map(it -> ((Labeled) it).getText())).isPresent();
        assertThat(button("Export").isDisabled()).isTrue();
        type(robot, "#export-which", "shop/");
        var zip = folder.resolve("shop.zip");
        type(robot, "#export-to", zip.toString());
        look("storage-export");
        robot.push(KeyCode.ENTER);
        noticed("Exported 1 prompt with 2 versions to " + zip);
        assertThat(zip).exists();
        save("shop/reply", 2, "Answer them.", "mara");
        plan(robot, zip);
        assertThat(title()).isEqualTo("All of this is here already");
        look("storage-import-nothing");
        robot.push(KeyCode.ESCAPE);
        try (var other = Pilothouse.open(Workspace.open(folder.resolve("other")))) {
            var prompt = other.prompts().create(new PromptName("shop/reply"));
            other.prompts().save(new Draft(prompt.id(), BranchName.MAIN, 0, "Another one.", List.of(), "", new MemberId("eve")));
            var second = other.prompts().create(new PromptName("shop/goodbye"));
            other.prompts().save(new Draft(second.id(), BranchName.MAIN, 0, "Bye.", List.of(), "", new MemberId("eve")));
            new pilothouse.formats.Export(other.histories()).write(new pilothouse.prompts.PromptSelection("shop/"), folder.resolve("theirs"),
                    pilothouse.store.Progress.NONE);
        }
        plan(robot, folder.resolve("theirs"));
        assertThat(button("Import").isDisabled()).isTrue();
        look("storage-import-conflict");
        Screens.onFx(() -> find("#import-leave").orElseThrow().requestFocus());
        robot.push(KeyCode.SPACE).push(KeyCode.ENTER);
        noticed("Added 1 version of 1 prompt");
        assertThat(program.prompts().find("shop/goodbye")).isPresent();
        plan(robot, folder.resolve("nothing.zip"), "There is no such file or folder");
    }

    @Test
    void givenAPerson_whatIsErasedIsShownAWordIsTypedAndAReportFollows(FxRobot robot) {
        Screens.onFx(() -> window.shell().open("prompts", "shop/reply"));
        await("the tab", () -> find("#editor").isPresent());
        command(robot, "erase a person");
        type(robot, "#erase-name", "mara");
        look("storage-erase");
        robot.push(KeyCode.ENTER);
        await("the look", () -> title().startsWith("Erase mara"));
        assertThat(button("Erase for good").isDisabled()).isTrue();
        robot.push(KeyCode.ENTER);
        assertThat(title()).startsWith("Erase mara");
        look("storage-erase-confirm");
        type(robot, "#erase-word", "erase");
        assertThat(button("Erase for good").isDisabled()).isFalse();
        Screens.onFx(() -> button("Erase for good").requestFocus());
        robot.push(KeyCode.SPACE);
        await("the report", () -> title().equals("Erased mara"));
        look("storage-erased");
        assertThat(program.prompts().log(hero.id(), Integer.MAX_VALUE, 9)).extracting(version -> version.author().name())
                .allSatisfy(author -> assertThat(author).isNotEqualTo("mara"));
        assertThat(Screens.onFx(() -> find("#editor").isEmpty())).isTrue();
        assertThat(program.care().check(pilothouse.store.Progress.NONE).problems()).isEmpty();
    }

    @Test
    void givenABackupAndAnOpenDraft_theRestoreBringsTheWindowToItAndKeepsTheDraft(FxRobot robot) throws Exception {
        page("settings");
        look("storage-card");
        press("#back-up");
        noticedLike("Backed up and verified");
        save("shop/reply", 2, "Answer them.", "mara");
        Screens.onFx(() -> window.shell().open("prompts", "shop/reply"));
        await("the editor", () -> editorText().equals("Answer them."));
        Screens.onFx(() -> editor().appendText(" Now."));
        command(robot, "restore a backup");
        await("the list", () -> !((TextField) find("#restore-from").orElseThrow()).getText().isEmpty());
        Screens.onFx(() -> find("#restore-where").orElseThrow().lookupAll(".toggle-button").stream().filter(Node::isFocusTraversable).findFirst().orElseThrow().requestFocus());
        robot.push(KeyCode.RIGHT);
        look("storage-restore");
        Screens.onFx(() -> find("#restore-from").orElseThrow().requestFocus());
        robot.push(KeyCode.ENTER);
        noticedLike("Restored. What was here before");
        assertThat(program.prompts().head(hero.id(), BranchName.MAIN).map(PromptVersion::number)).hasValue(2);
        await("the draft", () -> editorText().equals("Answer them. Now.") && find("#history").isPresent());
        look("storage-restored");
        save("shop/reply", 2, "Written after the restore.", "ada"); // the store goes on
    }

    @Test
    void givenAStore_itIsCompactedAndVerifiedFromThePaletteWithProgress(FxRobot robot) {
        command(robot, "compact the store");
        noticedLike("Compacted from");
        command(robot, "verify the store");
        noticedLike("Everything is what was saved");
        Screens.onFx(() -> find("#prompts").orElseThrow().requestFocus());
        press("#prompts-more");
        Screens.pulses(2);
        Screens.shoot(window.stage().getScene(), "storage-menu");
        robot.push(KeyCode.ESCAPE);
    }

    // ---- the user's hands and eyes

    private void plan(FxRobot robot, Path from) {
        command(robot, "import prompts");
        type(robot, "#import-from", from.toString());
        robot.push(KeyCode.ENTER);
        await("the plan", () -> find("#import-plan").isPresent());
    }

    private void plan(FxRobot robot, Path from, String problem) {
        command(robot, "import prompts");
        type(robot, "#import-from", from.toString());
        look("storage-import");
        robot.push(KeyCode.ENTER);
        noticedLike(problem);
    }

    private void command(FxRobot robot, String words) {
        robot.push(KeyCode.CONTROL, KeyCode.K);
        robot.write(words).push(KeyCode.ENTER);
    }

    private void type(FxRobot robot, String field, String text) {
        Screens.onFx(() -> {
            var input = (TextField) find(field).orElseThrow();
            input.requestFocus();
            input.setText(text);
        });
        robot.interrupt();
    }

    private void press(String button) {
        Screens.onFx(() -> ((Button) find(button).orElseThrow()).fire());
    }

    private void page(String id) {
        Screens.onFx(() -> window.shell().open(id, ""));
    }

    private void look(String name) {
        for (var theme : List.of("light", "dark")) {
            Screens.onFx(() -> window.shell().run("looks." + theme));
            Screens.shoot(window.stage().getScene(), name + "-" + theme);
            assertThat(Contrast.weak(window.shell())).as(name).isEmpty();
            assertThat(AccessibleNames.missing(window.shell())).as(name).isEmpty();
        }
    }

    private CodeArea editor() {
        return (CodeArea) find("#editor").orElseThrow();
    }

    private String editorText() {
        return find("#editor").map(it -> ((CodeArea) it).getText()).orElse("");
    }

    private String title() {
        return find(".dialog-box .title").map(it -> ((Labeled) it).getText()).orElse("");
    }

    private Button button(String text) {
        return (Button) window.shell().lookupAll(".dialog-box .button").stream().filter(it -> ((Button) it).getText().equals(text)).findFirst().orElseThrow();
    }

    private void noticed(String text) {
        await(text, () -> notices().contains(text));
    }

    private void noticedLike(String beginning) {
        await(beginning, () -> notices().stream().anyMatch(text -> text.startsWith(beginning)));
    }

    private List<String> notices() {
        return window.shell().lookupAll(".notices .notice-text").stream().map(it -> ((Labeled) it).getText()).toList();
    }

    private Optional<Node> find(String selector) {
        return window.shell().lookupAll(selector).stream().filter(StorageWindowTest::isSeen).findFirst();
    }

    private static boolean isSeen(Node node) {
        for (Node at = node; at != null; at = at.getParent()) if (!at.isVisible()) return false;
        return true;
    }

    private void await(String what, BooleanSupplier there) {
        for (int i = 0; i < 3_000 && !Screens.onFx(there::getAsBoolean); i++) Screens.pulses(1);
        assertThat(Screens.onFx(there::getAsBoolean)).as("%s; seen: %s, notices: %s", what, Screens.onFx(this::title), Screens.onFx(this::notices)).isTrue();
    }
}
