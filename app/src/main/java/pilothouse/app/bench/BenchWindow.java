package pilothouse.app.bench;

import java.util.concurrent.Callable;
import javafx.scene.Scene;
import javafx.stage.Stage;
import pilothouse.app.fx.Toolkit;

/// A window of the bench's size with a scene in it.
final class BenchWindow implements AutoCloseable {
    private final Stage stage;
    private final Frames frames;

    private BenchWindow(Scene scene) {
        stage = new Stage();
        stage.setTitle("Pilothouse bench");
        stage.setScene(scene);
        stage.setX(0);
        stage.setY(0);
        stage.show();
        stage.toFront();
        frames = new Frames(scene);
    }

    /// @param scene made on the FX thread
    static BenchWindow open(Callable<Scene> scene) throws InterruptedException {
        return Toolkit.call(() -> new BenchWindow(scene.call()));
    }

    Frames frames() {
        return frames;
    }

    Scene scene() {
        return stage.getScene();
    }

    @Override
    public void close() {
        atLast(() -> {
            frames.close();
            stage.close();
        });
    }

    /// Runs what ends something on the FX thread; an interrupt stays for whoever waits next.
    static void atLast(Runnable action) {
        try {
            Toolkit.call(() -> {
                action.run();
                return true;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
