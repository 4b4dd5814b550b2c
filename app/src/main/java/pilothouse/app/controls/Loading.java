package pilothouse.app.controls;

import javafx.animation.PauseTransition;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import pilothouse.app.fx.Job;

/// What stands where something is being read: nothing for 150 ms, then grey bars, after a second progress and Cancel.
public final class Loading extends VBox {
    private static final double[][] ROWS = {{70, 76, 34}, {42, 110, 34}, {82, 48, 34}};

    public Loading(Job job) {
        getStyleClass().add("loading");
        setVisible(false);
        setAccessibleText("Loading");
        var bar = new ProgressBar();
        bar.getStyleClass().add("thin");
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.progressProperty().bind(job.progress());
        getChildren().add(bar);
        for (var row : ROWS) getChildren().add(row(row));
        var foot = foot(job);
        foot.setVisible(false);
        bar.visibleProperty().bind(foot.visibleProperty());
        getChildren().add(foot);
        after(150, this);
        after(1000, foot);
    }

    private static HBox row(double... widths) {
        var row = new HBox();
        row.getStyleClass().add("bar-row");
        for (int i = 0; i < widths.length; i++) {
            if (i == widths.length - 1) row.getChildren().add(space());
            var bar = new Region();
            bar.getStyleClass().add("skeleton");
            bar.setPrefWidth(widths[i]);
            row.getChildren().add(bar);
        }
        return row;
    }

    private static HBox foot(Job job) {
        var message = new Label();
        message.getStyleClass().add("facts");
        message.textProperty().bind(job.message());
        var cancel = Buttons.plain("Cancel", job::cancel);
        cancel.getStyleClass().add("compact");
        var foot = new HBox(message, space(), cancel);
        foot.getStyleClass().add("foot");
        return foot;
    }

    private static Region space() {
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        return space;
    }

    private static void after(double millis, Node node) {
        var pause = new PauseTransition(Duration.millis(millis));
        pause.setOnFinished(_ -> node.setVisible(true));
        pause.play();
    }
}
