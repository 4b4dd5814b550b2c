package pilothouse.app.controls;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import pilothouse.problems.Problem;

/// A problem where it happened, inside its card: what, what to do, the next step as buttons, the rest one click away.
public final class Failure extends VBox {
    public Failure(Problem problem, Button... actions) {
        getStyleClass().add("failure");
        setAccessibleText(problem.toString());
        var what = new Label(problem.what());
        what.getStyleClass().add("failure-what");
        getChildren().add(what);
        if (!problem.remedy().isEmpty()) {
            var why = new Label(problem.remedy());
            why.getStyleClass().add("failure-why");
            getChildren().add(why);
        }
        var row = new HBox(actions);
        row.getStyleClass().add("failure-actions");
        getChildren().add(row);
        if (!problem.where().isEmpty()) row.getChildren().add(details(problem.where()));
    }

    private Button details(String where) {
        var detail = new Label(where);
        detail.setWrapText(true);
        detail.getStyleClass().addAll("failure-detail", "muted");
        return Buttons.flat("Details", () -> {
            if (!getChildren().remove(detail)) getChildren().add(detail);
        });
    }
}
