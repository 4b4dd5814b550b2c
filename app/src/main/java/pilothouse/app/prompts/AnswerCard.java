package pilothouse.app.prompts;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.collections.MapChangeListener;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.answers.AnswerJson;
import pilothouse.app.answers.ExchangePane;
import pilothouse.app.answers.JsonPane;
import pilothouse.app.answers.SurprisePane;
import pilothouse.app.charts.Unit;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.EmptyState;
import pilothouse.app.controls.Failure;
import pilothouse.app.controls.Icons;
import pilothouse.app.controls.Pill;
import pilothouse.app.controls.Tone;
import pilothouse.app.fx.Background;
import pilothouse.app.prompts.PromptRuns.Progress;
import pilothouse.app.prompts.PromptRuns.State;
import pilothouse.connectors.code.CodeLanguage;
import pilothouse.runs.Feedback;
import pilothouse.runs.Rating;
import pilothouse.runs.Run;
import pilothouse.runs.RunId;
import pilothouse.runtime.Target;
import pilothouse.templates.PromptDocument;
import pilothouse.tokens.TokenCount;

/// What comes out: the answer as it comes, the messages that make it, and the runs before it.
final class AnswerCard extends HBox {
    private final PromptsViewModel model;
    private final EditedPrompt tab;
    private final FlowingText answer = new FlowingText("Answer");
    private final TokenView tokenView;
    private final FlowingText messages = new FlowingText("Messages as they are sent");
    private final JsonPane json = new JsonPane();
    private final ExchangePane raw = new ExchangePane(this::copyRequest);
    private final SurprisePane surprise = new SurprisePane();
    private final Pill state = new Pill("", Tone.NEUTRAL);
    private final Label ttft = new Label();
    private final Label rate = new Label();
    private final Label tokens = new Label();
    private final Label elapsed = new Label();
    private final ProgressBar bar = new ProgressBar(0);
    private final VBox problem = new VBox();
    private final StackPane body = new StackPane();
    private final ListView<Run> earlier = new ListView<>();
    private final TabPane tabs;
    private final Tab comparing = new Tab("Side by side");
    private Optional<SideBySide> sideBySide = Optional.empty(); // made when it is first seen
    private int shown;

    AnswerCard(Background background, PromptsViewModel model, EditedPrompt tab) {
        tokenView = new TokenView(background, tab);
        this.model = model;
        this.tab = tab;
        getStyleClass().addAll("card", "flush", "answer-card");
        tabs = new TabPane(new Tab("Answer", answerPane()), messagesTab(), tokensTab(), jsonTab(), rawTab(), comparing);
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.setAccessibleText("Answer and messages");
        HBox.setHgrow(tabs, Priority.ALWAYS);
        tabs.setMinWidth(0);
        var before = earlierPane();
        before.visibleProperty().bind(comparing.selectedProperty().not()); // several answers need the room
        before.managedProperty().bind(before.visibleProperty());
        getChildren().addAll(tabs, before);
        comparing.selectedProperty().subscribe(selected -> {
            if (selected && sideBySide.isEmpty()) comparing.setContent((sideBySide = Optional.of(new SideBySide(tab, model.targets(), this::showAlone))).get());
        });
        tab.batch().answers().addListener((ListChangeListener<BatchAnswer>) _ -> compare());
        tab.runs().progress().subscribe(this::show);
        tab.runs().length().subscribe(length -> take(length.intValue()));
    }

    /// For when the tab is closed.
    void dispose() {
        answer.area().dispose();
        messages.area().dispose();
        tokenView.dispose();
        surprise.dispose();
        raw.dispose();
        sideBySide.ifPresent(SideBySide::dispose);
    }

    /// Shows several answers side by side, or what to ask for them.
    void compare() {
        tabs.getSelectionModel().select(comparing);
    }

    private void showAlone(Run run) {
        tab.valueSets().fillFrom(run.values());
        tab.runs().show(run);
        tabs.getSelectionModel().selectFirst();
    }

    private Tab tokensTab() {
        var tabNode = new Tab("Tokens", tokenView);
        tabNode.selectedProperty().addListener((_, _, now) -> tokenView.shown(now));
        return tabNode;
    }

    private Tab messagesTab() {
        var tabNode = new Tab("Messages", messages);
        Runnable show = () -> {
            if (tabNode.isSelected()) messages.set(spoken());
            var count = tab.reading().get().messages().size();
            tabNode.setText(count == 0 ? "Messages" : "Messages  " + count);
        };
        tabNode.selectedProperty().addListener(_ -> show.run());
        tab.reading().subscribe(_ -> show.run());
        return tabNode;
    }

    private Tab jsonTab() {
        var tabNode = new Tab("JSON", json);
        Runnable show = () -> {
            var schema = tab.reading().get().document().map(PromptDocument::outputSchema).orElse(Map.of());
            if (tabNode.isSelected() && !tab.runs().progress().get().isRunning()) json.show(AnswerJson.of(tab.runs().answer(0), schema));
        };
        tabNode.selectedProperty().addListener(_ -> show.run());
        tab.runs().progress().subscribe(_ -> show.run());
        tab.reading().subscribe(_ -> show.run());
        return tabNode;
    }

    private Tab rawTab() {
        var tabNode = new Tab("Raw", raw);
        Runnable show = () -> {
            if (tabNode.isSelected()) raw.show(tab.exchange());
        };
        tabNode.selectedProperty().addListener(_ -> show.run());
        tab.runs().shown().subscribe(_ -> show.run());
        tab.reading().subscribe(_ -> show.run());
        return tabNode;
    }

    /// Puts what is sent into the clipboard, as a program.
    void copyRequest(CodeLanguage language) {
        tab.exchange().ifPresent(it -> {
            put(it.in(language));
            tab.say(new EditedPrompt.Message.Said("Copied as " + language.title() + "; the key is named, not written"));
        });
    }

    /// Tints the answer by how likely its tokens were, if that is wanted and known.
    private void tint() {
        var run = tab.runs().shown().get().filter(_ -> tab.probabilities().get());
        surprise.setVisible(run.isPresent());
        run.ifPresent(it -> surprise.show(it.answer().text(), it.answer().logprobs()));
    }

    private ToggleButton probabilityButton() {
        var button = new ToggleButton("Probability");
        button.setId("probabilities");
        button.getStyleClass().addAll("thumb", "compact");
        button.setMinWidth(USE_PREF_SIZE);
        button.setAccessibleText("Token probability");
        button.setTooltip(new Tooltip("Asks the local engine for the probability of each token, and tints the unlikely ones"));
        button.selectedProperty().bindBidirectional(tab.probabilities());
        button.visibleProperty().bind(tab.target().map(Target::isLocal));
        button.managedProperty().bind(button.visibleProperty());
        return button;
    }

    private String spoken() {
        var reading = tab.reading().get();
        if (reading.messages().isEmpty())
            return reading.obstacle().map(it -> "Not to be rendered: " + it.problem().what()).orElse("No message yet");
        var text = new StringBuilder();
        var counts = tab.tokens().get();
        for (int i = 0; i < reading.messages().size(); i++) {
            var message = reading.messages().get(i);
            text.append(text.isEmpty() ? "" : "\n\n").append(message.role().wire().toUpperCase(Locale.ROOT));
            if (counts.messages().size() == reading.messages().size())
                text.append("  ").append(new TokenCount(counts.messages().get(i).tokens(), counts.total().estimated())).append(" tokens");
            text.append('\n').append(message.text());
        }
        return text.toString();
    }

    private Node answerPane() {
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        elapsed.getStyleClass().add("facts");
        for (var label : new Label[] {ttft, rate, tokens}) {
            label.getStyleClass().add("answer-number");
            label.setMinWidth(USE_PREF_SIZE); // a number cut off says something else
            label.managedProperty().bind(label.textProperty().isNotEmpty());
        }
        var copy = Buttons.icon(Feather.COPY, "Copy the answer", this::copy);
        copy.disableProperty().bind(tab.runs().length().map(length -> length.intValue() == 0));
        var line = new HBox(state, ttft, rate, tokens, space, elapsed, probabilityButton(), copy);
        line.getStyleClass().add("answer-line");
        bar.getStyleClass().add("thin");
        bar.setMaxWidth(Double.MAX_VALUE);
        var jump = jumpButton();
        body.getChildren().addAll(answer, surprise, jump, empty());
        tab.runs().shown().subscribe(_ -> tint());
        tab.probabilities().subscribe(_ -> tint());
        StackPane.setAlignment(jump, javafx.geometry.Pos.BOTTOM_CENTER);
        VBox.setVgrow(body, Priority.ALWAYS);
        body.setMinHeight(0); // where there is little room the text gives way, not what stands below it
        answer.area().setId("answer");
        state.setId("answer-state");
        var pane = new VBox(line, bar, problem, body, new FeedbackRow(tab.runs()));
        pane.getStyleClass().add("answer-pane");
        return pane;
    }

    private Button jumpButton() {
        var jump = Buttons.plain("Jump to end", answer::follow);
        jump.getStyleClass().add("compact");
        jump.visibleProperty().bind(answer.following().not());
        return jump;
    }

    private Node empty() {
        var empty = new EmptyState("No answer yet", "Run sends the messages and shows what comes back, token by token.");
        empty.setMouseTransparent(true);
        empty.visibleProperty().bind(tab.runs().progress().map(it -> it.state() == State.NONE));
        return empty;
    }

    private void take(int length) {
        if (length < shown) {
            shown = 0;
            answer.set("");
        }
        if (length == shown) return;
        answer.append(tab.runs().answer(shown));
        shown = length;
    }

    private void show(Progress now) {
        var quiet = now.state() == State.NONE;
        state.setVisible(!quiet);
        bar.setVisible(now.isRunning());
        switch (now.state()) {
            case NONE -> state.set("", Tone.NEUTRAL);
            case WAITING -> state.set("waiting for the first token", Tone.ACCENT);
            case STREAMING -> state.set("streaming", Tone.ACCENT);
            case DONE -> state.set("done", Tone.SUCCESS);
            case CANCELLED -> state.set("stopped", Tone.WARNING);
            case FAILED -> state.set("failed", Tone.DANGER);
        }
        ttft.setText(now.ttft().map(it -> "TTFT " + Unit.SECONDS.format(it.toNanos() / 1e9)).orElse(""));
        rate.setText(now.tokensPerSecond().isPresent() ? Unit.TOKENS_PER_SECOND.format(now.tokensPerSecond().getAsDouble()) : "");
        tokens.setText(quiet ? "" : String.format(Locale.ROOT, "%,d", now.tokens())
                + (now.most().isPresent() ? String.format(Locale.ROOT, " of %,d", now.most().getAsLong()) : "") + " tok");
        elapsed.setText(quiet ? "" : Unit.SECONDS.format(now.elapsed().toNanos() / 1e9));
        bar.setProgress(now.state() == State.WAITING || now.most().isEmpty() ? -1 : (double) now.tokens() / now.most().getAsLong());
        problem.getChildren().setAll(now.problem().map(it -> new Failure(it, Buttons.plain("Run again", tab::run))).stream().toList());
    }

    private void copy() {
        put(tab.runs().answer(0));
    }

    private static void put(String text) {
        var content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }

    // ---- earlier runs

    private Node earlierPane() {
        var title = new Label("Earlier runs");
        title.getStyleClass().add("facts");
        var count = new Label();
        count.getStyleClass().add("facts");
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var head = new HBox(title, count, space, ratedOnly(Feather.THUMBS_UP, "Only good answers", Rating.UP), ratedOnly(Feather.THUMBS_DOWN, "Only bad answers", Rating.DOWN));
        head.getStyleClass().add("earlier-head");
        earlier.setId("earlier");
        earlier.setAccessibleText("Earlier runs of this prompt");
        earlier.setItems(tab.runs().earlier());
        earlier.setCellFactory(_ -> new Cell(tab.runs().feedback()));
        tab.runs().feedback().addListener((MapChangeListener<RunId, Feedback>) _ -> earlier.refresh());
        var none = new Label();
        none.textProperty().bind(Bindings.createStringBinding(this::none, tab.prompt(), tab.runs().wanted()));
        none.getStyleClass().add("muted");
        none.setWrapText(true);
        none.setTextAlignment(TextAlignment.CENTER);
        none.setPadding(new Insets(0, 14, 0, 14));
        earlier.setPlaceholder(none);
        earlier.setOnMouseClicked(_ -> reopen());
        earlier.setOnKeyPressed(event -> {
            if (event.getCode() == javafx.scene.input.KeyCode.ENTER) reopen();
        });
        VBox.setVgrow(earlier, Priority.ALWAYS);
        tab.runs().earlier().addListener((ListChangeListener<Run>) change -> count.setText(change.getList().isEmpty() ? "" : String.valueOf(change.getList().size())));
        tab.runs().shown().subscribe(run -> run.ifPresent(it -> earlier.getSelectionModel().select(it)));
        var pane = new VBox(head, earlier);
        pane.getStyleClass().add("earlier");
        return pane;
    }

    private String none() {
        if (tab.prompt().get().isEmpty()) return "Runs stand here once the prompt has a name";
        return tab.runs().wanted().get().map(it -> "None was rated " + (it == Rating.UP ? "good" : "bad")).orElse("None yet");
    }

    private ToggleButton ratedOnly(Ikon ikon, String name, Rating rating) {
        var button = new ToggleButton();
        button.setGraphic(Icons.of(ikon));
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
        button.getStyleClass().addAll("thumb", "compact");
        button.setOnAction(_ -> tab.runs().want(button.isSelected() ? Optional.of(rating) : Optional.empty()));
        tab.runs().wanted().subscribe(wanted -> button.setSelected(wanted.equals(Optional.of(rating))));
        return button;
    }

    private void reopen() {
        Optional.ofNullable(earlier.getSelectionModel().getSelectedItem()).ifPresent(model::open);
    }

    private static final class Cell extends ListCell<Run> {
        private final Map<RunId, Feedback> feedback;

        Cell(Map<RunId, Feedback> feedback) {
            this.feedback = feedback;
        }

        @Override
        protected void updateItem(Run run, boolean empty) {
            super.updateItem(run, empty);
            setText(null);
            setGraphic(empty || run == null ? null : row(run));
        }

        private Node row(Run run) {
            var title = run.origin().draft().isPresent() ? "draft" : "v" + run.origin().version();
            var name = new Label(title);
            name.getStyleClass().add("version-number");
            var space = new Region();
            HBox.setHgrow(space, Priority.ALWAYS);
            var time = new Label(HistoryList.when(run.startedAt()));
            time.getStyleClass().addAll("facts", "small");
            var head = new HBox(name);
            head.getStyleClass().add("version-head");
            if (!run.result().equals("stop") && !run.result().equals("length"))
                head.getChildren().add(new Pill(run.result(), run.result().equals("failed") ? Tone.DANGER : Tone.WARNING));
            var given = Optional.ofNullable(feedback.get(run.id()));
            head.getChildren().addAll(space, time);
            var facts = new Label(run.timings().ttft().map(it -> Unit.SECONDS.format(it.toNanos() / 1e9) + " · ").orElse("")
                    + run.usage().map(it -> String.format(Locale.ROOT, "%,d tok", it.outputTokens())).orElse("no tokens") + " · " + run.target().model());
            facts.getStyleClass().addAll("facts", "small");
            var numbers = new HBox(facts);
            numbers.getStyleClass().add("version-head");
            given.flatMap(Cell::thumb).ifPresent(numbers.getChildren()::addFirst);
            var row = new VBox(head, numbers);
            row.getStyleClass().add("version-row");
            row.setMinWidth(0);
            row.setPrefWidth(1);
            given.filter(it -> !it.note().isEmpty()).ifPresent(it -> {
                var note = new Label(it.note());
                note.getStyleClass().add("small");
                row.getChildren().add(note);
            });
            setAccessibleText(title + ", " + run.result() + ", " + facts.getText() + ", " + time.getText()
                    + given.map(it -> ", rated " + it.rating().name().toLowerCase(Locale.ROOT) + " " + it.note()).orElse(""));
            return row;
        }

        private static Optional<Node> thumb(Feedback given) {
            return switch (given.rating()) {
                case UP -> Optional.of(Icons.of(Feather.THUMBS_UP, Tone.SUCCESS));
                case DOWN -> Optional.of(Icons.of(Feather.THUMBS_DOWN, Tone.DANGER));
                case NONE -> Optional.empty();
            };
        }
    }
}
