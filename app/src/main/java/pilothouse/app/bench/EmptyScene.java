package pilothouse.app.bench;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/// What nothing costs: a scene in which a key moves a square of a few pixels.
///
/// @param target what takes the keys
record EmptyScene(BenchWindow window, Node target) implements AutoCloseable {
    static EmptyScene open() throws InterruptedException {
        var target = new Pane();
        var window = BenchWindow.open(() -> {
            var square = new Region();
            square.setStyle("-fx-background-color: #58a6ff");
            square.resize(8, 16);
            target.getChildren().add(square);
            target.addEventHandler(KeyEvent.KEY_TYPED, _ -> square.setTranslateX((square.getTranslateX() + 9) % 900));
            return new Scene(target, UiBench.WIDTH, UiBench.HEIGHT);
        });
        return new EmptyScene(window, target);
    }

    @Override
    public void close() {
        window.close();
    }
}
