package pilothouse.app.editor;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.fxmisc.richtext.CodeArea;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.controls.Buttons;
import pilothouse.app.editor.TextSearch.Place;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.Job;
import pilothouse.problems.Problem;

/// Finds and replaces in an editor. Enter goes to the next match, Shift Enter to the one before, Esc closes. Looks away
/// from the FX thread, since expressions may take long; what is shown always belongs to the text as it is.
public final class FindBar extends VBox {
    private final Background background;
    private final CodeArea area;
    private final TextField find = new TextField();
    private final TextField replace = new TextField();
    private final ToggleButton exactCase = toggle("Aa", "Match case");
    private final ToggleButton wholeWords = toggle("ab", "Whole words");
    private final ToggleButton expression = toggle(".*", "Regular expression");
    private final Label count = new Label();
    private final HBox replaceRow;
    private List<Place> places = List.of();
    private Job looking = Job.NONE;
    private boolean isFresh;

    public FindBar(Background background, CodeArea area) {
        this.background = background;
        this.area = area;
        getStyleClass().add("find-bar");
        name(find, "Find in the text", "find-text");
        name(replace, "Replace by", "replace-text");
        expression.setId("find-expression");
        count.setId("find-count");
        count.getStyleClass().add("facts");
        count.setMinWidth(110);
        replaceRow = row(replace, button("Replace", "replace-one", this::replaceOne), button("Replace all", "replace-all", this::replaceAll));
        getChildren().addAll(row(find, exactCase, wholeWords, expression, count, Buttons.icon(Feather.CHEVRON_UP, "Previous match", () -> step(-1)),
                Buttons.icon(Feather.CHEVRON_DOWN, "Next match", () -> step(1)), Buttons.icon(Feather.X, "Close the search", this::close)), replaceRow);
        find.textProperty().addListener(_ -> look(true));
        area.plainTextChanges().subscribe(_ -> {
            isFresh = false;
            if (isVisible()) look(false);
        });
        addEventHandler(KeyEvent.KEY_PRESSED, this::press);
        setVisible(false);
        managedProperty().bind(visibleProperty());
        replaceRow.managedProperty().bind(replaceRow.visibleProperty());
    }

    private static void name(TextField field, String name, String id) {
        field.setPromptText(name);
        field.setAccessibleText(name);
        field.setId(id);
        HBox.setHgrow(field, Priority.ALWAYS);
    }

    private static HBox row(Node... nodes) {
        var row = new HBox(nodes);
        row.getStyleClass().add("find-bar-row");
        return row;
    }

    private static Button button(String text, String id, Runnable action) {
        var button = Buttons.plain(text, action);
        button.setId(id);
        button.getStyleClass().add("compact");
        return button;
    }

    private ToggleButton toggle(String text, String name) {
        var button = new ToggleButton(text);
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
        button.getStyleClass().addAll("thumb", "compact", "mono");
        button.setMinWidth(USE_PREF_SIZE);
        button.selectedProperty().addListener(_ -> look(true));
        return button;
    }

    private void press(KeyEvent event) {
        switch (event.getCode()) {
            case ESCAPE -> close();
            case ENTER -> {
                if (event.getTarget() == replace) replaceOne();
                else if (event.getTarget() == find) step(event.isShiftDown() ? -1 : 1);
                else return;
            }
            default -> {
                return;
            }
        }
        event.consume();
    }

    /// Opens it with what is selected, if that lies in one line.
    ///
    /// @param replacing whether the fields for replacing are wanted
    public void open(boolean replacing) {
        setVisible(true);
        replaceRow.setVisible(replacing);
        var selected = area.getSelectedText();
        if (!selected.isEmpty() && selected.indexOf('\n') < 0) find.setText(selected);
        find.requestFocus();
        find.selectAll();
        look(false);
    }

    /// Goes to the next match, or with −1 to the one before; beyond the last comes the first.
    public void step(int by) {
        if (!isFresh || places.isEmpty()) {
            if (!isVisible()) open(false);
            return;
        }
        int at = current();
        int next = at >= 0 ? at + by : by > 0 ? firstFrom(area.getSelection().getEnd()) : firstFrom(area.getSelection().getStart()) - 1;
        select(Math.floorMod(next, places.size()));
    }

    private void close() {
        setVisible(false);
        looking.cancel();
        area.requestFocus();
    }

    private TextSearch search() {
        return new TextSearch(find.getText(), expression.isSelected(), exactCase.isSelected(), wholeWords.isSelected());
    }

    /// @param going whether the first match from the selection on is selected
    private void look(boolean going) {
        looking.cancel();
        isFresh = false;
        var text = area.getText();
        var search = search();
        looking = background.compute(() -> search.in(text), found -> {
            places = found;
            isFresh = true;
            say(Optional.empty());
            if (going && !places.isEmpty()) select(firstFrom(area.getSelection().getStart()) % places.size());
        }, problem -> {
            places = List.of();
            say(Optional.of(problem));
        });
    }

    private void select(int index) {
        var place = places.get(index);
        area.selectRange(place.from(), place.to());
        area.requestFollowCaret();
        say(Optional.empty());
    }

    private int current() {
        var selection = area.getSelection();
        return places.indexOf(new Place(selection.getStart(), selection.getEnd()));
    }

    private int firstFrom(int from) {
        int low = 0;
        for (int high = places.size(); low < high; ) {
            int middle = (low + high) >>> 1;
            if (places.get(middle).from() < from) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private void say(Optional<Problem> problem) {
        find.getStyleClass().remove("invalid");
        problem.ifPresent(_ -> find.getStyleClass().add("invalid"));
        var words = problem.map(Problem::what).orElseGet(this::counted);
        count.setText(words);
        count.setTooltip(words.isEmpty() ? null : new Tooltip(problem.map(Problem::toString).orElse(words)));
        find.setAccessibleHelp(words);
    }

    private String counted() {
        if (find.getText().isEmpty()) return "";
        if (places.isEmpty()) return "Nothing found";
        int at = current();
        var all = String.format(Locale.ROOT, places.size() == TextSearch.MOST ? "%,d or more" : "%,d", places.size());
        return at < 0 ? all + " found" : String.format(Locale.ROOT, "%,d of %s", at + 1, all);
    }

    // ---- replacing

    private void replaceOne() {
        int at = isFresh ? current() : -1;
        if (at < 0) {
            step(1);
            return;
        }
        var place = places.get(at);
        var text = area.getText();
        var search = search();
        var by = replace.getText();
        background.compute(() -> search.replacement(text, place, by), found -> found.filter(_ -> area.getText().equals(text)).ifPresent(it -> {
            area.replaceText(place.from(), place.to(), it);
            look(true);
        }), problem -> say(Optional.of(problem)));
    }

    private void replaceAll() {
        var text = area.getText();
        var search = search();
        var by = replace.getText();
        background.compute(() -> search.replaceAll(text, by), now -> {
            if (area.getText().equals(text) && !now.equals(text)) replaceWhatDiffers(text, now);
        }, problem -> say(Optional.of(problem)));
    }

    /// As one step of undo.
    private void replaceWhatDiffers(String before, String now) {
        int same = 0;
        while (same < Math.min(before.length(), now.length()) && before.charAt(same) == now.charAt(same)) same++;
        int end = 0;
        while (end < Math.min(before.length(), now.length()) - same && before.charAt(before.length() - 1 - end) == now.charAt(now.length() - 1 - end)) end++;
        area.replaceText(same, before.length() - end, now.substring(same, now.length() - end));
        look(false);
    }
}
