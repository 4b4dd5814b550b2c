package pilothouse.app.shell;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.Parent;
import org.kordamp.ikonli.Ikon;
import pilothouse.app.controls.Pill;

/// One place of the rail. FX thread only.
public interface Page {
    /// A short word, unique, kept in the window's state and in addresses: `prompts`.
    String id();

    /// The word on the rail.
    String title();

    Ikon icon();

    Group group();

    /// What stands in header and status line while the page is shown; always the same object.
    Head head();

    /// The content; built at the first call and kept.
    Parent view();

    /// What can be done here, for palette, keys and the key sheet. Asked once.
    default List<Command> commands() {
        return List.of();
    }

    /// It is shown now, at a place of its own such as `support-triage@14`; empty for where it was.
    default void shown(String place) {}

    /// It is no longer shown.
    default void hidden() {}

    /// Style sheets of its own, as resource paths.
    default List<String> styleSheets() {
        return List.of();
    }

    /// Groups of the rail, from top to bottom; the last stands at the bottom.
    enum Group { WORK, WATCH, MACHINES, BOTTOM }

    /// The changing part of a page's frame.
    final class Head {
        private final ObservableList<Crumb> crumbs = FXCollections.observableArrayList();
        private final ObjectProperty<Optional<Pill>> pill = new SimpleObjectProperty<>(Optional.empty());
        private final ObservableList<Node> actions = FXCollections.observableArrayList();
        private final ObservableList<Node> status = FXCollections.observableArrayList();
        private final IntegerProperty badge = new SimpleIntegerProperty();

        /// Where inside the page, after its title.
        public ObservableList<Crumb> crumbs() {
            return crumbs;
        }

        /// The state of what is shown.
        public ObjectProperty<Optional<Pill>> pill() {
            return pill;
        }

        /// At most three buttons, one of them accent: the next step.
        public ObservableList<Node> actions() {
            return actions;
        }

        /// The right part of the status line: cursor, scope; measured values only.
        public ObservableList<Node> status() {
            return status;
        }

        /// What asks for attention, on the rail; 0 shows nothing.
        public IntegerProperty badge() {
            return badge;
        }
    }

    /// One part of the way to what is shown.
    ///
    /// @param place what [Page#shown] is called with when it is chosen
    record Crumb(String text, String place) {}
}
