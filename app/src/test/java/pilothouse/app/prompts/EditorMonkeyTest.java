package pilothouse.app.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;
import pilothouse.app.OnScreen;
import pilothouse.app.Screens;
import pilothouse.app.fx.Background;
import pilothouse.app.shell.Appearance;
import pilothouse.app.shell.KeyBindings;
import pilothouse.app.shell.ShellView;
import pilothouse.prompts.Prompt;

/// Hits keys without sense: nothing breaks, everything can be undone and redone, what is dirty is marked, and the focus stays
/// where one types.
///
/// Of a thousand keys at once no window would keep up, so how long it takes is not asked here.
@Tag("ui")
@ExtendWith({OnScreen.Libraries.class, ApplicationExtension.class})
class EditorMonkeyTest {
    private static final int EVENTS = Integer.getInteger("monkey.events", 200);
    private static final int AT_ONCE = 25;
    private static final List<String> TYPED = List.of("a", "e", " ", "{", "{{", "}", "}}", "#", "/", ">", "\"", ":", "-", ".", "[", "ß", "你", "👩🏽", "ا", "é", "{{ti", "{{#if ", "\\");
    private static final List<KeyCode> KEYS = List.of(KeyCode.ENTER, KeyCode.TAB, KeyCode.BACK_SPACE, KeyCode.DELETE, KeyCode.LEFT, KeyCode.RIGHT, KeyCode.UP, KeyCode.DOWN,
            KeyCode.HOME, KeyCode.END, KeyCode.PAGE_UP, KeyCode.PAGE_DOWN, KeyCode.ESCAPE);
    private static final List<KeyCode> WITH_CONTROL = List.of(KeyCode.A, KeyCode.Z, KeyCode.Z, KeyCode.Y, KeyCode.X, KeyCode.C, KeyCode.V, KeyCode.SLASH, KeyCode.SPACE, KeyCode.I,
            KeyCode.LEFT, KeyCode.RIGHT, KeyCode.BACK_SPACE, KeyCode.HOME, KeyCode.END);
    private static final List<KeyCode> WITH_BOTH = List.of(KeyCode.UP, KeyCode.DOWN, KeyCode.D, KeyCode.K, KeyCode.LEFT, KeyCode.RIGHT);
    private static final String TEXT = """
            ---
            config: { temperature: 0.2 }
            input:
              schema:
                ticket: string
                tiers(array): string
              default: { ticket: My tent was charged twice., tiers: [free, pro] }
            ---
            {{role "system"}}
            Be kind. 👩🏽 你好 שלום
            {{#each tiers}}{{this}} {{/each}}
            {{role "user"}}
            {{ticket}}
            """;

    @TempDir
    private static Path folders;
    private final List<Throwable> uncaught = Collections.synchronizedList(new ArrayList<>());
    private Background background;
    private PromptsOnDisk disk;
    private Prompt prompt;
    private Scene scene;

    @Start
    void start(Stage stage) throws java.io.IOException {
        Thread.currentThread().setUncaughtExceptionHandler((_, failure) -> uncaught.add(failure));
        background = Background.ofToolkit();
        var appearance = new Appearance();
        disk = new PromptsOnDisk(Files.createTempDirectory(folders, "w"), background);
        scene = new Scene(new ShellView(background, appearance, new KeyBindings(), List.of(new PromptsPage(background, disk.model))), 1280, 800);
        stage.setScene(scene);
        appearance.dress(scene);
        stage.show();
    }

    @Stop
    void stop() {
        background.close();
        disk.close();
    }

    @Test
    void givenTenSeeds_nothingBreaks() {
        run(0, Integer.getInteger("monkey.seeds", 10), EVENTS);
    }

    @Test
    @Tag("nightly")
    void givenTwoHundredSeeds_nothingBreaks() {
        run(1_000, 200, 2_000);
    }

    /// The first tab of a program takes its time.
    @BeforeEach
    void warmUp() {
        prompt = disk.save("support/triage", 0, TEXT, "First try");
        open();
        Screens.onFx(() -> disk.model.selected().get().ifPresent(disk.model::closeAnyway));
    }

    private void open() {
        Screens.onFx(() -> disk.model.open(prompt));
        for (int i = 0; i < 2_000 && Screens.onFx(() -> disk.model.selected().get().isEmpty() || scene.lookup("#editor") == null); i++) Screens.pulses(1);
    }

    private void run(int first, int seeds, int events) {
        open();
        for (int seed = first; seed < first + seeds; seed++) hitKeys(seed, events);
    }

    private void hitKeys(int seed, int events) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var tab = Screens.onFx(() -> disk.model.selected().get().orElseThrow());
        var area = Screens.onFx(() -> (CodeArea) scene.lookup("#editor"));
        Screens.onFx(() -> {
            area.requestFocus();
            area.replaceText(TEXT);
            area.getUndoManager().forgetHistory();
        });
        for (int done = 0; done < events; done += AT_ONCE) {
            Screens.onFx(() -> {
                for (int i = 0; i < AT_ONCE; i++) one(random, tab, area);
            });
            check(seed, done, tab, area);
            if (done % 100 == 0) Screens.pulses(1); // what was found meanwhile is shown
        }
        var last = textOf(area);
        all(area, CodeArea::isUndoAvailable, CodeArea::undo);
        assertThat(textOf(area)).as("seed %d, undone", seed).isEqualTo(TEXT);
        check(seed, events, tab, area);
        all(area, CodeArea::isRedoAvailable, CodeArea::redo);
        assertThat(textOf(area)).as("seed %d, redone", seed).isEqualTo(last);
        check(seed, events, tab, area);
    }

    private static String textOf(CodeArea area) {
        return Screens.onFx(() -> area.getText());
    }

    /// A few steps at a time, so that what they cause is done between them.
    private static void all(CodeArea area, Predicate<CodeArea> more, Consumer<CodeArea> step) {
        while (Screens.onFx(() -> {
            for (int i = 0; i < AT_ONCE && more.test(area); i++) step.accept(area);
            return more.test(area);
        }));
    }

    private void check(int seed, int done, EditedPrompt tab, CodeArea area) {
        var where = "seed " + seed + ", after " + (done + AT_ONCE) + " events";
        assertThat(uncaught).as(where).isEmpty();
        Screens.onFx(() -> {
            assertThat(tab.text().get()).as(where).isEqualTo(area.getText());
            assertThat(tab.dirty().get()).as(where + ", dirty").isEqualTo(!area.getText().equals(TEXT));
            assertThat(area.getCaretPosition()).as(where).isBetween(0, area.getLength());
            assertThat(Optional.ofNullable(scene.getFocusOwner()).map(Node::getId)).as(where + ", focus").hasValueSatisfying(id -> assertThat(id).isIn("editor", "rename"));
            if (tab.message().get().orElse(null) instanceof EditedPrompt.Message.Failed(var problem))
                assertThat(problem.what()).as(where).doesNotStartWith("Unexpected failure");
        });
    }

    private void one(RandomGenerator random, EditedPrompt tab, CodeArea area) {
        int die = random.nextInt(100);
        if (die < 55) type(pick(random, TYPED));
        else if (die < 80) press(pick(random, KEYS), random.nextInt(4) == 0, false);
        else if (die < 94) press(pick(random, WITH_CONTROL), false, true);
        else if (die < 97) press(pick(random, WITH_BOTH), true, true);
        else if (die < 98) area.moveTo(random.nextInt(area.getLength() + 1));
        else if (die < 99) press(KeyCode.F2, false, false);
        else tab.setParameter(List.of("config", "temperature"), Optional.of(random.nextInt(20) / 10.0));
    }

    private static <T> T pick(RandomGenerator random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private void type(String text) {
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1))
            fire(KeyEvent.KEY_TYPED, Character.toString(text.codePointAt(i)), KeyCode.UNDEFINED, false, false);
    }

    private void press(KeyCode code, boolean shift, boolean control) {
        fire(KeyEvent.KEY_PRESSED, KeyEvent.CHAR_UNDEFINED, code, shift, control);
        fire(KeyEvent.KEY_RELEASED, KeyEvent.CHAR_UNDEFINED, code, shift, control);
    }

    private void fire(EventType<KeyEvent> type, String character, KeyCode code, boolean shift, boolean control) {
        var focus = scene.getFocusOwner();
        if (focus != null) Event.fireEvent(focus, new KeyEvent(type, character, "", code, shift, control, false, false));
    }
}
