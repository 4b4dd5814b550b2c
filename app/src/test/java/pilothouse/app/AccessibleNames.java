package pilothouse.app;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;

/// Finds what can have the focus but says nothing to who cannot see it.
public final class AccessibleNames {
    private AccessibleNames() {}

    /// Focusable visible nodes without a name: must be empty on every screen.
    public static List<String> missing(Parent root) {
        var missing = new ArrayList<String>();
        collect(root, missing);
        return missing;
    }

    private static void collect(Node node, List<String> missing) {
        if (!node.isVisible()) return;
        if (node.isFocusTraversable() && !isNamed(node))
            missing.add(node.getClass().getSimpleName() + " #" + node.getId() + " ." + String.join(".", node.getStyleClass()));
        if (node instanceof Parent parent) parent.getChildrenUnmodifiable().forEach(child -> collect(child, missing));
    }

    private static boolean isNamed(Node node) {
        if (node.getAccessibleText() != null && !node.getAccessibleText().isBlank()) return true;
        return node instanceof Labeled labeled && labeled.getText() != null && !labeled.getText().isBlank();
    }
}
