package pilothouse.app.editor;

import java.nio.file.Path;
import java.util.function.BiConsumer;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;

/// Takes a file that is dragged onto a node.
public final class FileDrop {
    private static final PseudoClass DRAGGED = PseudoClass.getPseudoClass("dragged");

    private FileDrop() {}

    /// @param dropped told of the first file and where it was let go
    public static void onto(Node node, BiConsumer<Path, DragEvent> dropped) {
        node.addEventFilter(DragEvent.DRAG_OVER, event -> {
            if (!event.getDragboard().hasFiles()) return;
            event.acceptTransferModes(TransferMode.COPY);
            node.pseudoClassStateChanged(DRAGGED, true);
            event.consume();
        });
        node.addEventFilter(DragEvent.DRAG_EXITED, _ -> node.pseudoClassStateChanged(DRAGGED, false));
        node.addEventFilter(DragEvent.DRAG_DROPPED, event -> {
            node.pseudoClassStateChanged(DRAGGED, false);
            if (!event.getDragboard().hasFiles()) return;
            dropped.accept(event.getDragboard().getFiles().getFirst().toPath(), event);
            event.setDropCompleted(true);
            event.consume();
        });
    }
}
