package pilothouse.app.controls;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A card: title, muted facts, actions at the right, content below. A double click on the head folds it.
public final class Card extends VBox {
    private final Label title = new Label();
    private final Label facts = new Label();
    private final HBox actions = new HBox();
    private final HBox head;
    private final BooleanProperty folded = new SimpleBooleanProperty();

    public Card(String title) {
        getStyleClass().add("card");
        setAccessibleRole(AccessibleRole.PARENT);
        setAccessibleText(title);
        this.title.setText(title);
        this.title.getStyleClass().add("card-title");
        this.title.setMinWidth(USE_PREF_SIZE);
        facts.getStyleClass().add("facts");
        actions.getStyleClass().add("card-actions");
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        head = new HBox(this.title, facts, space, actions);
        head.getStyleClass().add("card-head");
        head.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) folded.set(!folded.get());
        });
        folded.addListener((_, _, now) -> fold(now));
        getChildren().add(head);
    }

    /// A card whose content has its own margins (charts, lists, tables).
    public Card(String title, Node content) {
        this(title);
        setContent(content);
    }

    /// A card with padded content.
    public static Card padded(String title, Node... content) {
        var body = new VBox(content);
        body.getStyleClass().add("card-body");
        return new Card(title, body);
    }

    /// Replaces what is below the head; it grows with the card.
    public void setContent(Node content) {
        VBox.setVgrow(content, Priority.ALWAYS);
        getChildren().setAll(head, content);
        fold(folded.get());
    }

    /// What stands in muted letters beside the title.
    public StringProperty facts() {
        return facts.textProperty();
    }

    public StringProperty title() {
        return title.textProperty();
    }

    /// Puts a node right after the title, such as a pill.
    public Card beside(Node node) {
        head.getChildren().add(1, node);
        return this;
    }

    /// Puts nodes at the right of the head.
    public Card actions(Node... nodes) {
        actions.getChildren().setAll(nodes);
        return this;
    }

    /// Whether only the head is seen.
    public BooleanProperty folded() {
        return folded;
    }

    private void fold(boolean now) {
        for (var child : getChildren()) {
            if (child == head) continue;
            child.setVisible(!now);
            child.setManaged(!now);
        }
    }
}
