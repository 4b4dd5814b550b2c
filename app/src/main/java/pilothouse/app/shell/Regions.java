package pilothouse.app.shell;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import pilothouse.app.controls.Card;

/// The areas of the window that F6 walks through: rail, header, every card of the page, status line. This is also the
/// way out of an editor, which keeps the Tab key for itself.
final class Regions {
    private Regions() {}

    /// Moves the focus to the next area (`step` 1) or the one before (-1), round the ends.
    static void move(Scene scene, List<? extends Parent> first, Parent page, Parent last, int step) {
        var areas = new ArrayList<Parent>(first);
        cards(page, areas);
        areas.add(last);
        areas.removeIf(area -> focusable(area).isEmpty());
        if (areas.isEmpty()) return;
        var at = areaOf(scene.getFocusOwner(), areas);
        var next = Math.floorMod(at < 0 ? (step > 0 ? 0 : -1) : at + step, areas.size());
        focusable(areas.get(next)).getFirst().requestFocus();
    }

    /// What inside `parent` takes the focus, in the order of the Tab key.
    static List<Node> focusable(Parent parent) {
        var found = new ArrayList<Node>();
        collect(parent, found);
        return found;
    }

    private static void collect(Node node, List<Node> found) {
        if (!node.isVisible() || node.isDisabled()) return;
        if (node.isFocusTraversable()) found.add(node);
        if (node instanceof Parent parent) for (var child : parent.getChildrenUnmodifiable()) collect(child, found);
    }

    private static void cards(Parent parent, List<Parent> areas) {
        for (var child : parent.getChildrenUnmodifiable()) {
            if (!child.isVisible()) continue;
            if (child instanceof Card card) areas.add(card);
            else if (child instanceof Parent inner) cards(inner, areas);
        }
    }

    private static int areaOf(Node focus, List<Parent> areas) {
        for (Node at = focus; at != null; at = at.getParent()) {
            var found = areas.indexOf(at);
            if (found >= 0) return found;
        }
        return -1;
    }
}
