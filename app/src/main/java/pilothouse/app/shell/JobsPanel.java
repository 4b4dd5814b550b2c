package pilothouse.app.shell;

import javafx.beans.InvalidationListener;
import javafx.collections.ObservableList;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import pilothouse.app.controls.Buttons;
import pilothouse.app.fx.Job;

/// What is being done in the background, each with its progress and Cancel.
final class JobsPanel extends VBox {
    private final ObservableList<Job> jobs;
    private final InvalidationListener changed;

    /// @param over called when the last job has ended
    JobsPanel(ObservableList<Job> jobs, Runnable over) {
        this.jobs = jobs;
        getStyleClass().addAll("jobs-panel");
        changed = _ -> {
            if (jobs.isEmpty()) over.run();
            else show();
        };
        jobs.addListener(changed);
        show();
    }

    /// It is no longer shown.
    void dispose() {
        jobs.removeListener(changed);
    }

    private void show() {
        var title = new Label("Jobs");
        title.getStyleClass().add("card-title");
        getChildren().setAll(title);
        if (jobs.isEmpty()) {
            var none = new Label("Nothing is being done in the background.");
            none.getStyleClass().add("facts");
            getChildren().add(none);
        }
        for (var job : jobs) getChildren().add(row(job));
        setFocusTraversable(jobs.isEmpty());
        setAccessibleText("Jobs: " + jobs.size());
    }

    private static VBox row(Job job) {
        var name = new Label(job.title());
        var cancel = Buttons.flat("Cancel", job::cancel);
        cancel.setAccessibleText("Cancel: " + job.title());
        cancel.getStyleClass().add("compact");
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var head = new HBox(name, space, cancel);
        head.getStyleClass().add("job-head");
        var bar = new ProgressBar();
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.progressProperty().bind(job.progress());
        var message = new Label();
        message.getStyleClass().add("facts");
        message.textProperty().bind(job.message());
        message.managedProperty().bind(message.textProperty().isNotEmpty());
        var row = new VBox(head, bar, message);
        row.getStyleClass().add("job");
        return row;
    }
}
