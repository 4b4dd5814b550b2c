package pilothouse.app.shell;

import java.util.HashMap;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.input.MouseEvent;

/// Remembers where dividers stand. A double click on one puts it back.
final class Splits {
    private final Map<String, Double> positions = new HashMap<>();

    void restore(Map<String, Double> saved) {
        positions.putAll(saved);
    }

    Map<String, Double> positions() {
        return Map.copyOf(positions);
    }

    /// Sets the dividers as they were left, or as given. What the layout does to them, in a window that is small for a
    /// moment, is not what somebody wants: only a drag is remembered.
    void remember(SplitPane pane, String id, double... usual) {
        for (int i = 0; i < usual.length; i++) pane.getDividers().get(i).setPosition(positions.getOrDefault(id + "/" + i, usual[i]));
        pane.addEventFilter(MouseEvent.MOUSE_RELEASED, event -> {
            if (isDivider(event)) keep(pane, id);
        });
        pane.addEventFilter(MouseEvent.MOUSE_CLICKED, event -> {
            if (event.getClickCount() != 2 || !isDivider(event)) return;
            pane.setDividerPositions(usual);
            keep(pane, id);
        });
    }

    private void keep(SplitPane pane, String id) {
        var now = pane.getDividerPositions();
        for (int i = 0; i < now.length; i++) positions.put(id + "/" + i, now[i]);
    }

    private static boolean isDivider(MouseEvent event) {
        for (var at = event.getTarget() instanceof Node node ? node : null; at != null && !(at instanceof SplitPane); at = at.getParent())
            if (at.getStyleClass().contains("split-pane-divider")) return true;
        return false;
    }
}
