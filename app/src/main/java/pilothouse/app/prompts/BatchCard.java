package pilothouse.app.prompts;

import java.util.Locale;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.charts.Unit;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Failure;
import pilothouse.app.controls.Pill;
import pilothouse.app.controls.Tone;
import pilothouse.app.prompts.BatchAnswer.Turn;
import pilothouse.app.prompts.PromptRuns.Progress;
import pilothouse.runs.Run;

/// One of several answers: what it was asked with, its text as it comes, its numbers, what was thought of it.
final class BatchCard extends VBox {
    private final BatchAnswer answer;
    private final FlowingText text;
    private final Pill state = new Pill("", Tone.NEUTRAL);
    private final Label numbers = new Label();
    private final ProgressBar bar = new ProgressBar(0);
    private final VBox problem = new VBox();
    private int shown;

    /// @param alone shows a stored run by itself
    BatchCard(BatchAnswer answer, Consumer<Run> alone) {
        this.answer = answer;
        text = new FlowingText("Answer, " + answer.title());
        getStyleClass().add("batch-card");
        setAccessibleText(answer.title() + ", " + answer.facts());
        bar.getStyleClass().add("thin");
        bar.setMaxWidth(Double.MAX_VALUE);
        VBox.setVgrow(text, Priority.ALWAYS);
        text.setMinHeight(0);
        getChildren().addAll(head(alone), numbersRow(), bar, problem, text, new FeedbackRow(answer.runs()));
        answer.runs().length().subscribe(length -> take(length.intValue()));
        answer.runs().progress().subscribe(_ -> show());
        answer.turn().subscribe(_ -> show());
    }

    void dispose() {
        text.area().dispose();
    }

    private HBox head(Consumer<Run> alone) {
        var title = new Label(answer.title());
        title.getStyleClass().add("strong");
        title.setTooltip(new Tooltip(answer.title() + "\n" + answer.facts()));
        title.setMinWidth(0);
        var facts = new Label(answer.facts());
        facts.getStyleClass().addAll("facts", "small");
        facts.setMinWidth(0);
        var names = new VBox(title, facts);
        names.setMinWidth(0);
        HBox.setHgrow(names, Priority.ALWAYS);
        var stop = Buttons.icon(Feather.SQUARE, "Stop this answer", answer::stop);
        stop.visibleProperty().bind(javafx.beans.binding.Bindings.createBooleanBinding(() -> !answer.isOver(), answer.turn(), answer.runs().progress()));
        stop.managedProperty().bind(stop.visibleProperty());
        var open = Buttons.icon(Feather.MAXIMIZE_2, "Show this answer alone", () -> answer.runs().shown().get().ifPresent(alone));
        open.visibleProperty().bind(answer.runs().shown().map(java.util.Optional::isPresent));
        open.managedProperty().bind(open.visibleProperty());
        var head = new HBox(names, stop, open);
        head.getStyleClass().add("batch-head");
        return head;
    }

    private HBox numbersRow() {
        numbers.getStyleClass().addAll("facts", "small");
        numbers.setMinWidth(0);
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var row = new HBox(state, space, numbers);
        row.getStyleClass().add("batch-numbers");
        return row;
    }

    private void take(int length) {
        if (length < shown) {
            shown = 0;
            text.set("");
        }
        if (length == shown) return;
        text.append(answer.runs().answer(shown));
        shown = length;
    }

    private void show() {
        var now = answer.runs().progress().get();
        bar.setVisible(now.isRunning());
        bar.setProgress(now.tokens() == 0 || now.most().isEmpty() ? -1 : (double) now.tokens() / now.most().getAsLong());
        switch (answer.turn().get()) {
            case QUEUED -> state.set("waits", Tone.NEUTRAL);
            case NEVER -> state.set("not begun", Tone.WARNING);
            case BEGUN -> begun(now);
        }
        numbers.setText(answer.turn().get() == Turn.BEGUN ? inWords(now) : "");
        problem.getChildren().setAll(now.problem().map(Failure::new).stream().toList());
    }

    private void begun(Progress now) {
        switch (now.state()) {
            case NONE, WAITING -> state.set("waiting", Tone.ACCENT);
            case STREAMING -> state.set("streaming", Tone.ACCENT);
            case DONE -> state.set("done", Tone.SUCCESS);
            case CANCELLED -> state.set("stopped", Tone.WARNING);
            case FAILED -> state.set("failed", Tone.DANGER);
        }
    }

    private static String inWords(Progress now) {
        return now.ttft().map(it -> "TTFT " + Unit.SECONDS.format(it.toNanos() / 1e9) + " · ").orElse("")
                + (now.tokensPerSecond().isPresent() ? Unit.TOKENS_PER_SECOND.format(now.tokensPerSecond().getAsDouble()) + " · " : "")
                + String.format(Locale.ROOT, "%,d tok", now.tokens());
    }
}
