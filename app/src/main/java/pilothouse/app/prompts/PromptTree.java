package pilothouse.app.prompts;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.collections.ListChangeListener;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Card;
import pilothouse.app.controls.Dot;
import pilothouse.app.controls.EmptyState;
import pilothouse.app.controls.Icons;
import pilothouse.app.controls.KeyBadge;
import pilothouse.app.controls.Notice;
import pilothouse.app.controls.NoticeBar;
import pilothouse.app.controls.Tone;
import pilothouse.problems.Count;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptSelection;
import pilothouse.prompts.search.SearchHit;

/// The prompts there are, by the folders of their names, and the field that finds one by its name or its text.
final class PromptTree extends VBox {
    /// A folder, or a prompt in one.
    ///
    /// @param path its whole name; of a folder with a slash at the end
    /// @param size prompts in the folder
    private record Entry(String path, Optional<Prompt> prompt, int size) {
        String name() {
            var whole = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
            return whole.substring(whole.lastIndexOf('/') + 1);
        }
    }

    /// Rows of the tree that are all shown above the hits.
    private static final int FEW = 5;
    private static final double ROW = 28;

    private final PromptsViewModel model;
    private final TextField find = new TextField();
    private final TreeView<Entry> tree = new TreeView<>();
    private final StackPane body = new StackPane();
    private final HitList hits;
    private final Map<String, Integer> sizes = new HashMap<>();
    private final Set<String> closed = new HashSet<>();
    private final List<TreeAction> actions;
    private final ContextMenu menu = new ContextMenu();

    /// @param actions of the menu, for the prompt or folder that is selected
    PromptTree(PromptsViewModel model, List<TreeAction> actions) {
        this.model = model;
        this.actions = actions;
        var card = new Card("Prompts", new VBox(findRow(), body)).actions(Buttons.icon(Feather.PLUS, "New prompt   Ctrl N", model::newPrompt));
        if (!actions.isEmpty()) card.actions(Buttons.icon(Feather.PLUS, "New prompt   Ctrl N", model::newPrompt), more());
        VBox.setVgrow(body, Priority.ALWAYS);
        VBox.setVgrow(card, Priority.ALWAYS);
        getChildren().add(card);
        tree.setShowRoot(false);
        tree.setId("prompts");
        tree.setAccessibleText("Prompts");
        tree.setCellFactory(_ -> new Cell());
        tree.setOnMouseClicked(_ -> openSelected());
        tree.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) openSelected();
        });
        if (!actions.isEmpty()) tree.setContextMenu(menu);
        menu.setOnShowing(_ -> offer());
        offer();
        hits = new HitList(model.finder().hits(), model::open);
        model.found().addListener((ListChangeListener<Prompt>) _ -> show());
        model.finder().hits().addListener((ListChangeListener<SearchHit>) _ -> arrange());
        model.finder().problem().addListener(_ -> arrange());
        model.tabs().addListener((ListChangeListener<EditedPrompt>) change -> {
            while (change.next()) change.getAddedSubList().forEach(tab -> tab.dirty().addListener(_ -> tree.refresh()));
            tree.refresh();
        });
        model.selected().addListener(_ -> select());
        show();
    }

    private Button more() {
        var more = Buttons.icon(Feather.MORE_HORIZONTAL, "More: what is selected", () -> {});
        more.setId("prompts-more");
        more.setOnAction(_ -> {
            offer();
            menu.show(more, Side.BOTTOM, 0, 0);
        });
        return more;
    }

    /// The menu is about what is selected; without, about everything.
    private void offer() {
        var entry = Optional.ofNullable(tree.getSelectionModel().getSelectedItem()).map(TreeItem::getValue);
        var selection = entry.map(it -> new PromptSelection(it.path())).orElse(PromptSelection.ALL);
        boolean folder = entry.flatMap(Entry::prompt).isEmpty();
        menu.getItems().setAll(actions.stream().filter(action -> !folder || action.folders()).map(action -> {
            var item = new MenuItem(action.text());
            item.setOnAction(_ -> action.action().accept(selection));
            return item;
        }).toList());
    }

    void focusFind() {
        find.requestFocus();
        find.selectAll();
    }

    private Node findRow() {
        find.setId("find");
        find.setAccessibleText("Find a prompt by its name or by words in its text");
        find.textProperty().bindBidirectional(model.query());
        find.promptTextProperty().bind(javafx.beans.binding.Bindings.createStringBinding(
                () -> "Find in " + Count.of(model.prompts().size(), "prompt"), model.prompts()));
        find.setOnAction(_ -> model.found().stream().findFirst().ifPresentOrElse(model::open,
                () -> model.finder().hits().stream().findFirst().ifPresent(model::open)));
        HBox.setHgrow(find, Priority.ALWAYS);
        var key = new KeyBadge("Ctrl P");
        var row = new StackPane(find, key);
        StackPane.setAlignment(key, javafx.geometry.Pos.CENTER_RIGHT);
        key.visibleProperty().bind(find.textProperty().isEmpty());
        key.setMouseTransparent(true);
        row.getStyleClass().add("find-row");
        return row;
    }

    private void openSelected() {
        var item = tree.getSelectionModel().getSelectedItem();
        if (item != null) item.getValue().prompt().ifPresent(model::open);
    }

    private void show() {
        if (!model.found().isEmpty()) {
            tree.setRoot(root(model.found()));
            select();
        }
        arrange();
    }

    /// Names first, below them what was found in the texts.
    private void arrange() {
        if (model.prompts().isEmpty()) {
            body.getChildren().setAll(new EmptyState("No prompts yet", "What you write and save stands here.", Buttons.plain("New prompt", model::newPrompt)));
            return;
        }
        var both = new VBox();
        if (!model.found().isEmpty()) both.getChildren().add(tree);
        if (!model.finder().hits().isEmpty()) both.getChildren().add(hits);
        model.finder().problem().get().filter(_ -> !model.query().get().isBlank()).ifPresent(why -> both.getChildren().add(new NoticeBar(Notice.of(why))));
        if (both.getChildren().isEmpty()) {
            body.getChildren().setAll(EmptyState.nothingMatches(() -> model.query().set("")));
            return;
        }
        both.getChildren().forEach(part -> VBox.setVgrow(part, Priority.ALWAYS));
        boolean few = both.getChildren().size() > 1 && tree.getExpandedItemCount() <= FEW;
        tree.setMinHeight(few ? tree.getExpandedItemCount() * ROW + ROW / 2 : 2 * ROW);
        tree.setMaxHeight(few ? tree.getMinHeight() : Double.MAX_VALUE);
        body.getChildren().setAll(both);
    }

    private TreeItem<Entry> root(List<Prompt> prompts) {
        sizes.clear();
        for (var prompt : prompts) {
            var path = prompt.name().path();
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) sizes.merge(path.substring(0, slash + 1), 1, Integer::sum);
        }
        var folders = new HashMap<String, TreeItem<Entry>>();
        var root = new TreeItem<>(new Entry("", Optional.empty(), 0));
        folders.put("", root);
        for (var prompt : prompts) {
            var path = prompt.name().path();
            folder(path.substring(0, path.lastIndexOf('/') + 1), folders).getChildren().add(new TreeItem<>(new Entry(path, Optional.of(prompt), 0)));
        }
        return root;
    }

    private TreeItem<Entry> folder(String path, HashMap<String, TreeItem<Entry>> folders) {
        if (folders.containsKey(path)) return folders.get(path);
        var above = folder(path.substring(0, path.lastIndexOf('/', path.length() - 2) + 1), folders);
        var item = new TreeItem<>(new Entry(path, Optional.empty(), sizes.get(path)));
        item.setExpanded(!closed.contains(path));
        item.expandedProperty().addListener((_, _, open) -> {
            if (open) closed.remove(path);
            else closed.add(path);
        });
        above.getChildren().add(item);
        folders.put(path, item);
        return item;
    }

    private void select() {
        var wanted = model.selected().get().flatMap(tab -> tab.prompt().get()).map(Prompt::id);
        if (wanted.isEmpty()) tree.getSelectionModel().clearSelection();
        else if (tree.getRoot() != null) select(tree.getRoot(), wanted.get());
    }

    private boolean select(TreeItem<Entry> below, pilothouse.prompts.PromptId wanted) {
        if (below.getValue().prompt().filter(it -> it.id().equals(wanted)).isPresent()) {
            tree.getSelectionModel().select(below);
            return true;
        }
        return below.getChildren().stream().anyMatch(it -> select(it, wanted));
    }

    private final class Cell extends TreeCell<Entry> {
        @Override
        protected void updateItem(Entry entry, boolean empty) {
            super.updateItem(entry, empty);
            setText(null);
            setGraphic(empty || entry == null ? null : row(entry));
        }

        private Node row(Entry entry) {
            var name = new Label(entry.name());
            name.setMinWidth(0);
            var space = new Region();
            HBox.setHgrow(space, Priority.ALWAYS);
            var row = new HBox(Icons.of(entry.prompt().isEmpty() ? Feather.FOLDER : entry.prompt().get().name().isSnippet() ? Feather.LINK : Feather.FILE_TEXT), name, space);
            row.getStyleClass().add("tree-row");
            if (entry.prompt().isEmpty()) {
                var size = new Label(String.valueOf(entry.size()));
                size.getStyleClass().add("facts");
                row.getChildren().add(size);
            } else if (isDirty(entry.prompt().get())) row.getChildren().add(new Dot(Tone.ACCENT));
            setAccessibleText(entry.path());
            return row;
        }

        private boolean isDirty(Prompt prompt) {
            return model.tabs().stream().anyMatch(tab -> tab.dirty().get() && tab.prompt().get().filter(it -> it.id().equals(prompt.id())).isPresent());
        }
    }
}
