package pilothouse.app.answers;

import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.fxmisc.richtext.util.UndoUtils;
import pilothouse.connectors.code.CodeLanguage;

/// What was sent and what came back, and the same as a program.
public final class ExchangePane extends VBox {
    private final StyleClassedTextArea area = new StyleClassedTextArea(false);
    private final Label said = new Label();
    private final MenuButton copy = new MenuButton("Copy as");

    /// @param copied told what to copy as
    public ExchangePane(Consumer<CodeLanguage> copied) {
        getStyleClass().add("exchange");
        area.getStyleClass().addAll("answer-text", "exchange-text");
        area.setId("exchange");
        area.setEditable(false);
        area.setWrapText(true);
        area.setAccessibleText("Request and answer as they are sent");
        area.setUndoManager(UndoUtils.noOpUndoManager());
        said.getStyleClass().add("facts");
        copy.setId("copy-as");
        copy.getStyleClass().add("compact");
        copy.setAccessibleText("Copy the request as a program");
        for (var language : CodeLanguage.values()) {
            var item = new MenuItem(language.title());
            item.setOnAction(_ -> copied.accept(language));
            copy.getItems().add(item);
        }
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var head = new HBox(said, space, copy);
        head.getStyleClass().add("exchange-head");
        var scroll = new VirtualizedScrollPane<>(area);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(head, scroll);
        show(Optional.empty());
    }

    public void dispose() {
        area.dispose();
    }

    /// @param now empty while there is nothing that could be sent
    public void show(Optional<Exchange> now) {
        var text = now.map(Exchange::text).orElse("");
        if (!area.getText().equals(text)) {
            area.replaceText(text);
            area.moveTo(0);
            area.requestFollowCaret();
        }
        copy.setDisable(now.isEmpty());
        said.setText(now.map(it -> it.answered().isPresent() ? "What was sent, and what came back" : "What would be sent now").orElse("The text cannot be sent as it is"));
    }
}
