package pilothouse.app.shell;

import java.util.HashMap;
import java.util.Map;
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

    /// Sets the dividers as they were left, or as given.
    void remember(SplitPane pane, String id, double... usual) {
        for (int i = 0; i < usual.length; i++) {
            var key = id + "/" + i;
            var divider = pane.getDividers().get(i);
            divider.setPosition(positions.getOrDefault(key, usual[i]));
            divider.positionProperty().addListener((_, _, now) -> positions.put(key, now.doubleValue()));
        }
        pane.addEventFilter(MouseEvent.MOUSE_CLICKED, event -> {
            var target = event.getTarget() instanceof javafx.scene.Node node ? node : pane;
            if (event.getClickCount() == 2 && target.getStyleClass().contains("split-pane-divider")) pane.setDividerPositions(usual);
        });
    }
}
