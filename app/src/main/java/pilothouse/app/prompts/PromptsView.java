package pilothouse.app.prompts;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Card;
import pilothouse.app.controls.Columns;
import pilothouse.app.controls.Dot;
import pilothouse.app.controls.EmptyState;
import pilothouse.app.controls.Notice;
import pilothouse.app.controls.NoticeBar;
import pilothouse.app.controls.Tone;
import pilothouse.app.editor.WritingAids;
import pilothouse.app.fx.Background;
import pilothouse.app.valuesets.ValueSetsBar;

/// The screen: left where I am, in the middle what I write and what comes out, right what goes in.
final class PromptsView extends StackPane {
    /// What belongs to one tab.
    private record Screen(Tab tab, EditorPane editor, HistoryList history, AnswerCard answer, VariablesPanel variables, VBox right) {}

    private final Background background;
    private final PromptsViewModel model;
    private final Map<EditedPrompt, Screen> screens = new HashMap<>();
    private final PromptTree tree;
    private final TabPane tabs = new TabPane();
    private final StackPane history = new StackPane();
    private final StackPane answer = new StackPane();
    private final StackPane right = new StackPane();
    private final StackPane top = new StackPane();
    private final VBox notice = new VBox();
    private final SplitPane middle = new SplitPane();
    private final Columns columns;

    PromptsView(Background background, PromptsViewModel model, java.util.List<TreeAction> treeActions) {
        this.background = background;
        this.model = model;
        tree = new PromptTree(model, treeActions);
        tree.setPrefHeight(302);
        tree.setMinHeight(180);
        history.setMinHeight(160);
        VBox.setVgrow(history, Priority.ALWAYS);
        var left = new VBox(tree, history);
        left.getStyleClass().add("side-column");
        columns = new Columns(Optional.of(new Columns.Side("Prompts", left, 248)), middle(), Optional.of(new Columns.Side("Variables", right, 324)));
        getStyleClass().addAll("prompts-page", WritingAids.HOST);
        getChildren().add(columns);
        model.tabs().addListener((ListChangeListener<EditedPrompt>) this::changed);
        model.tabs().forEach(this::add);
        model.selected().subscribe(this::show);
        model.problem().subscribe(problem -> {
            notice.getChildren().setAll(problem.map(it -> new NoticeBar(Notice.of(it)).dismissible(model::dismiss)).stream().toList());
            notice.setManaged(problem.isPresent());
        });
    }

    private VBox middle() {
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.ALL_TABS);
        tabs.setAccessibleText("Open prompts");
        tabs.setId("tabs");
        tabs.getSelectionModel().selectedItemProperty().addListener((_, _, now) -> screens.entrySet().stream()
                .filter(it -> it.getValue().tab() == now).findFirst().ifPresent(it -> model.select(it.getKey())));
        var card = new VBox(tabs);
        VBox.setVgrow(tabs, Priority.ALWAYS);
        card.getStyleClass().addAll("card", "flush");
        top.getChildren().setAll(card);
        top.setMinHeight(120);
        answer.setMinHeight(80);
        middle.setOrientation(Orientation.VERTICAL);
        middle.getStyleClass().add("prompts-split");
        middle.getItems().setAll(top, answer);
        middle.setDividerPositions(0.64);
        VBox.setVgrow(middle, Priority.ALWAYS);
        var box = new VBox(notice, middle);
        notice.getStyleClass().add("page-notice");
        return box;
    }

    /// The divider between editor and answer, for whoever remembers it.
    SplitPane split() {
        return middle;
    }

    private void changed(ListChangeListener.Change<? extends EditedPrompt> change) {
        while (change.next()) {
            change.getRemoved().forEach(this::remove);
            change.getAddedSubList().forEach(this::add);
        }
    }

    private void add(EditedPrompt tab) {
        var editor = new EditorPane(background, model, tab);
        var node = new Tab(tab.title(), editor);
        node.textProperty().bind(tab.prompt().map(_ -> tab.title()));
        node.graphicProperty().bind(tab.dirty().map(dirty -> dirty ? new Dot(Tone.ACCENT) : null));
        node.setOnCloseRequest(event -> {
            event.consume();
            model.close(tab);
        });
        var variables = new VariablesPanel(tab);
        var side = new VBox(variables, new ParametersPanel(model, tab));
        VBox.setVgrow(side.getChildren().getFirst(), Priority.ALWAYS);
        side.getStyleClass().add("side-column");
        screens.put(tab, new Screen(node, editor, new HistoryList(tab), new AnswerCard(background, model, tab), variables, side));
        tabs.getTabs().add(node);
    }

    private void remove(EditedPrompt tab) {
        Optional.ofNullable(screens.remove(tab)).ifPresent(screen -> {
            tabs.getTabs().remove(screen.tab());
            screen.editor().dispose();
            screen.answer().dispose();
        });
    }

    private void show(Optional<EditedPrompt> selected) {
        var screen = selected.map(screens::get);
        if (screen.isEmpty()) {
            top.getChildren().setAll(new Card("Editor", new EmptyState("No prompt is open", "Choose one at the left, or write a new one.",
                    Buttons.with(Buttons.plain("New prompt", model::newPrompt), Feather.PLUS))));
            answer.getChildren().setAll(new Card("Answer", new EmptyState("No answer yet", "Open a prompt and run it.")));
            history.getChildren().setAll(new Card("History", new EmptyState("No versions", "The versions of the open prompt stand here.")));
            right.getChildren().setAll(new Card("Variables", new EmptyState("No variables", "The fields of the open prompt stand here.")));
            return;
        }
        tabs.getSelectionModel().select(screen.get().tab());
        var card = (Node) tabs.getParent();
        top.getChildren().setAll(card);
        answer.getChildren().setAll(screen.get().answer());
        history.getChildren().setAll(screen.get().history());
        right.getChildren().setAll(screen.get().right());
        screen.get().editor().focusText();
    }

    Optional<EditorPane> editor() {
        return model.selected().get().map(screens::get).map(Screen::editor);
    }

    Optional<AnswerCard> answerCard() {
        return model.selected().get().map(screens::get).map(Screen::answer);
    }

    /// Gives the whole height to the answer, or some of it to the editor again.
    void toggleEditor() {
        if (middle.getItems().remove(top)) return;
        middle.getItems().addFirst(top);
        middle.setDividerPositions(0.64);
    }

    Optional<ValueSetsBar> valueSets() {
        return model.selected().get().map(screens::get).map(it -> it.variables().sets());
    }

    /// Whether a field of this page is typed into, not the text.
    boolean isFieldFocused() {
        if (getScene() == null || !(getScene().getFocusOwner() instanceof TextInputControl field)) return false;
        for (Node at = field; at != null; at = at.getParent()) if (at == this) return true;
        return false;
    }

    void focusFind() {
        tree.focusFind();
    }

    Columns columns() {
        return columns;
    }

    /// Folds the answer away, or shows it again.
    void toggleAnswer() {
        if (middle.getItems().contains(top) && middle.getItems().remove(answer)) return;
        if (!middle.getItems().contains(top)) toggleEditor();
        else {
            middle.getItems().add(answer);
            middle.setDividerPositions(0.64);
        }
    }
}
