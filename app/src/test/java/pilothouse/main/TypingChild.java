package pilothouse.main;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.fxmisc.richtext.CodeArea;
import org.testfx.api.FxRobot;
import pilothouse.app.Screens;
import pilothouse.app.fx.Toolkit;
import pilothouse.cli.Terminal;

/// A program with a window in memory, in which two prompts are typed; then it waits to be killed.
public final class TypingChild {
    static final String FIRST = "one night in the harbour";
    static final String SECOND = "two ships and a pilot";

    static final String THIRD = "Never promise a date.";

    /// A prompt that was saved, with a word of its text.
    static final String SAVED = "support/reply";
    private static final String ITS_WORD = "support agent";

    /// So far from the end the caret is left.
    static final int BACK = 3;

    private TypingChild() {}

    /// @param arguments the workspace's folder
    public static void main(String... arguments) throws Exception {
        Thread.ofPlatform().daemon().start(() -> new Session().run(List.of("--workspace", arguments[0]), Terminal.ofThisProcess()));
        while (Toolkit.call(() -> Window.getWindows().isEmpty())) Screens.pulses(1);
        var robot = new FxRobot();
        for (var text : List.of(FIRST, SECOND)) {
            robot.push(KeyCode.CONTROL, KeyCode.N);
            type(robot, editor(robot), text);
        }
        robot.push(KeyCode.CONTROL, KeyCode.P).write(SAVED).push(KeyCode.ENTER);
        var saved = editor(robot);
        while (!text(saved).contains(ITS_WORD)) saved = editor(robot);
        type(robot, saved, THIRD);
        Thread.currentThread().join();
    }

    private static void type(FxRobot robot, Node editor, String text) throws InterruptedException {
        Toolkit.call(() -> {
            editor.requestFocus();
            return true;
        });
        robot.push(KeyCode.CONTROL, KeyCode.END).write(text);
        for (int i = 0; i < BACK; i++) robot.push(KeyCode.LEFT);
    }

    private static String text(Node editor) throws InterruptedException {
        return Toolkit.call(() -> ((CodeArea) editor).getText());
    }

    private static Node editor(FxRobot robot) throws InterruptedException {
        while (true) {
            var editors = robot.lookup(".prompt-editor").queryAll().stream().filter(node -> isSeen(node)).toList();
            if (!editors.isEmpty()) return editors.getLast();
            Screens.pulses(1);
        }
    }

    private static boolean isSeen(Node node) {
        for (Node at = node; at != null; at = at.getParent()) if (!at.isVisible()) return false;
        return true;
    }
}
