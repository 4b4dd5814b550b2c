package pilothouse.app.prompts;

import java.util.List;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.controls.Buttons;
import pilothouse.prompts.PromptDiff.Kind;
import pilothouse.prompts.PromptDiff.Line;

/// Two texts side by side: changed lines tinted, changed words marked behind the text. Both halves scroll as one.
final class DiffView extends VBox {
    private static final double ROW = 20;
    private static final int LONGEST = 2_000; // of a line, in UTF-16 units: what no scroll bar reaches is not drawn

    private final EditedPrompt tab;
    private final Comparison comparison;
    private final ListView<Comparison.Row> list;
    private final ScrollBar across = new ScrollBar();
    private final Label where = new Label();
    private int change = -1;
    private double height;

    DiffView(EditedPrompt tab, Comparison comparison) {
        this.tab = tab;
        this.comparison = comparison;
        list = new ListView<>(FXCollections.observableList(comparison.rows()));
        list.setId("diff");
        list.setFixedCellSize(ROW);
        list.setAccessibleText(comparison.beforeName() + " and " + comparison.afterName() + " side by side");
        list.setCellFactory(_ -> new Cell());
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) tab.closeComparison();
            else if (event.getCode() == KeyCode.N) go(1);
            else if (event.getCode() == KeyCode.P) go(-1);
        });
        list.getStyleClass().add("diff-list");
        VBox.setVgrow(list, Priority.ALWAYS);
        across.setMax(widest());
        across.setVisibleAmount(200);
        across.setAccessibleText("Scroll both texts sideways");
        across.getStyleClass().add("diff-across");
        getStyleClass().add("diff-view");
        getChildren().addAll(head(), body(), across);
        go(1);
    }

    /// A list knows how far to scroll only once it has laid itself out in the height that it has.
    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        if (list.getHeight() == height) return;
        height = list.getHeight();
        list.layout();
        toChange();
    }

    private double widest() {
        int most = comparison.rows().stream().flatMap(row -> java.util.stream.Stream.of(row.before(), row.after())).flatMap(Optional::stream)
                .mapToInt(line -> Math.min(line.text().length(), LONGEST)).max().orElse(0);
        return Math.max(0, most * 7.4 - 260);
    }

    private Node body() {
        if (comparison.added() + comparison.removed() > 0) return list;
        var same = new Label("Both have the same text.");
        same.getStyleClass().addAll("muted", "diff-same");
        VBox.setVgrow(same, Priority.ALWAYS);
        return same;
    }

    private Node head() {
        var names = new Label(comparison.beforeName() + "  →  " + comparison.afterName());
        names.getStyleClass().add("version-number");
        var plus = new Label("+" + comparison.added());
        plus.getStyleClass().add("success-text");
        var minus = new Label("−" + comparison.removed());
        minus.getStyleClass().add("danger-text");
        where.getStyleClass().add("facts");
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var close = Buttons.plain("Back to the text", tab::closeComparison);
        close.getStyleClass().add("compact");
        close.setId("close-diff");
        var head = new HBox(names, plus, minus, space, Buttons.icon(Feather.ARROW_UP, "Previous change   P", () -> go(-1)),
                Buttons.icon(Feather.ARROW_DOWN, "Next change   N", () -> go(1)), where, close);
        head.getStyleClass().add("diff-head");
        return head;
    }

    private void go(int step) {
        var starts = comparison.changes();
        if (starts.isEmpty()) return;
        change = Math.clamp(change + step, 0, starts.size() - 1);
        where.setText((change + 1) + " of " + starts.size());
        list.getSelectionModel().select(starts.get(change).intValue());
        toChange();
    }

    private void toChange() {
        if (change >= 0) list.scrollTo(Math.max(0, comparison.changes().get(change) - 4));
    }

    void focus() {
        list.requestFocus();
    }

    private final class Cell extends ListCell<Comparison.Row> {
        private final Half before = new Half("−", "diff-removed");
        private final Half after = new Half("+", "diff-added");
        private final HBox halves = new HBox(before, after);

        Cell() {
            getStyleClass().add("diff-cell");
            halves.getStyleClass().add("diff-row");
            HBox.setHgrow(before, Priority.ALWAYS);
            HBox.setHgrow(after, Priority.ALWAYS);
            halves.setMinWidth(0);
            halves.setPrefWidth(1);
        }

        @Override
        protected void updateItem(Comparison.Row row, boolean empty) {
            super.updateItem(row, empty);
            setText(null);
            setGraphic(empty || row == null ? null : halves);
            if (empty || row == null) return;
            before.show(row.before(), row.before().map(Line::beforeNumber).orElse(0));
            after.show(row.after(), row.after().map(Line::afterNumber).orElse(0));
        }
    }

    /// One line of one text.
    private final class Half extends HBox {
        private final String sign;
        private final String tint;
        private final Label number = new Label();
        private final Label mark = new Label();
        private final Pane text = new Pane();

        Half(String sign, String tint) {
            this.sign = sign;
            this.tint = tint;
            number.getStyleClass().add("diff-number");
            mark.getStyleClass().add("diff-sign");
            getStyleClass().add("diff-half");
            setPrefWidth(1);
            setMinWidth(0);
            HBox.setHgrow(text, Priority.ALWAYS);
            var clip = new Rectangle();
            clip.widthProperty().bind(text.widthProperty());
            clip.heightProperty().bind(text.heightProperty());
            text.setClip(clip);
            text.setMinWidth(0);
            getChildren().addAll(number, mark, text);
        }

        void show(Optional<Line> line, int at) {
            getStyleClass().removeAll("diff-removed", "diff-added", "diff-void");
            var changed = line.isPresent() && line.get().kind() != Kind.SAME;
            if (line.isEmpty()) getStyleClass().add("diff-void");
            else if (changed) getStyleClass().add(tint);
            number.setText(line.isEmpty() ? "" : String.valueOf(at));
            mark.setText(changed ? sign : "");
            text.getChildren().setAll(line.map(this::words).orElse(List.of()));
        }

        private List<Node> words(Line line) {
            var whole = new Text(line.text().substring(0, Math.min(line.text().length(), LONGEST)));
            whole.getStyleClass().add("diff-text");
            whole.setManaged(false);
            whole.setLayoutY(14);
            whole.layoutXProperty().bind(across.valueProperty().negate());
            var marks = new java.util.ArrayList<Node>();
            int marked = line.marks().stream().mapToInt(it -> it.to() - it.from()).sum();
            if (marked * 100 <= line.text().length() * 55) // more than that and the marks say nothing
                for (var word : line.marks()) if (word.to() <= LONGEST) marks.add(mark(whole, word.from(), word.to()));
            marks.add(whole);
            return marks;
        }

        /// The ground of a changed word, where the text engine says that it stands.
        private Node mark(Text of, int from, int to) {
            var ground = new Region();
            ground.getStyleClass().add("diff-word");
            ground.setManaged(false);
            ground.layoutXProperty().bind(of.layoutXProperty());
            Runnable place = () -> {
                var shape = of.rangeShape(from, to);
                var path = new javafx.scene.shape.Path(shape);
                var box = path.getLayoutBounds();
                ground.resize(box.getWidth(), ROW - 4);
                ground.setTranslateX(box.getMinX());
                ground.setLayoutY(2);
            };
            of.fontProperty().addListener(_ -> place.run());
            place.run();
            return ground;
        }
    }
}
