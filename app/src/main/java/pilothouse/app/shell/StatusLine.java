package pilothouse.app.shell;

import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Dot;
import pilothouse.app.controls.Tone;
import pilothouse.app.fx.Job;

/// The line at the bottom: at the left what the whole window shares, at the right what the page adds and running jobs.
/// Measured values only.
public final class StatusLine extends HBox {
    private final ObservableList<Node> shared = FXCollections.observableArrayList();
    private final HBox left = new HBox(14);
    private final HBox right = new HBox(14);
    private final Button jobsButton;
    private final InvalidationListener changed = _ -> show();
    private Page page;

    StatusLine(ObservableList<Job> jobs, Runnable openJobs) {
        getStyleClass().add("status-line");
        jobsButton = Buttons.plain("", openJobs);
        jobsButton.setId("jobs");
        jobsButton.getStyleClass().add("jobs-button");
        jobsButton.textProperty().bind(Bindings.createStringBinding(() -> jobs.size() == 1 ? "1 job" : jobs.size() + " jobs", jobs));
        jobsButton.visibleProperty().bind(Bindings.isNotEmpty(jobs));
        jobsButton.managedProperty().bind(jobsButton.visibleProperty());
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        left.getStyleClass().add("status-entry");
        right.getStyleClass().add("status-entry");
        shared.addListener(changed);
        getChildren().addAll(left, space, right, jobsButton);
    }

    /// Entries of the whole window, such as [#entry].
    public ObservableList<Node> shared() {
        return shared;
    }

    /// Words with a dot that says how it stands.
    public static Node entry(ObservableValue<Tone> tone, ObservableValue<String> text) {
        var dot = new Dot(tone.getValue());
        tone.subscribe(dot::set);
        var label = new Label();
        label.textProperty().bind(text);
        var entry = new HBox(dot, label);
        entry.getStyleClass().add("status-entry");
        return entry;
    }

    void show(Page next) {
        if (page != null) page.head().status().removeListener(changed);
        page = next;
        page.head().status().addListener(changed);
        show();
    }

    private void show() {
        left.getChildren().setAll(shared);
        if (page != null) right.getChildren().setAll(page.head().status());
    }
}
