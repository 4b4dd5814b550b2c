package pilothouse.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;
import pilothouse.app.Gallery;
import pilothouse.app.OnScreen;
import pilothouse.app.Screens;
import pilothouse.app.fx.Background;
import pilothouse.app.shell.Appearance;
import pilothouse.app.shell.KeyBindings;
import pilothouse.app.shell.ShellView;
import pilothouse.secrets.Passphrases.Question;

@OnScreen
class AskedPassphrasesTest {
    private final AskedPassphrases passphrases = new AskedPassphrases();
    private Background background;
    private ShellView shell;

    @Start
    void start(Stage stage) {
        background = Background.ofToolkit();
        var appearance = new Appearance();
        shell = new ShellView(background, appearance, new KeyBindings(), List.of(Gallery.controls()));
        stage.setScene(new Scene(shell, 1200, 800));
        appearance.dress(stage.getScene());
        stage.show();
        passphrases.askIn(shell::ask);
    }

    @Stop
    void stop() {
        background.close();
    }

    private FutureTask<Optional<char[]>> asked(Question question, FxRobot robot) {
        var task = new FutureTask<>(() -> passphrases.ask(question));
        Thread.ofVirtual().start(task);
        while (robot.lookup("#passphrase").queryAll().isEmpty()) Screens.pulses(1);
        return task;
    }

    private static Optional<String> answer(FutureTask<Optional<char[]>> task) throws Exception {
        return task.get(60, TimeUnit.SECONDS).map(String::new);
    }

    @Test
    void givenAWindow_itAsksThereAndTakesTheAnswerOrNone(FxRobot robot) throws Exception {
        var first = asked(Question.OPEN, robot);
        robot.write("correct horse").push(KeyCode.ENTER);
        assertThat(answer(first)).contains("correct horse");

        var again = asked(Question.AGAIN, robot);
        Screens.shoot(shell.getScene(), "settings-passphrase");
        assertThat(robot.lookup(".title").queryAllAs(Label.class)).extracting(Label::getText).contains("This is not the passphrase");
        robot.push(KeyCode.ESCAPE);
        assertThat(answer(again)).isEmpty();

        var closing = asked(Question.OPEN, robot);
        passphrases.windowClosed();
        assertThat(answer(closing)).isEmpty();
        assertThat(passphrases.ask(Question.CHOOSE)).isEmpty();
    }
}
