package pilothouse.app.shell;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.layout.VBox;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.controls.Icons;

/// Loads what the first window would stand still for: fonts, style sheets, the classes of the controls. It dresses and
/// lays out a scene that nobody sees, while the files of the workspace are opened on another thread.
public final class WarmUp {
    private WarmUp() {}

    /// On the FX thread, before there is a window.
    public static void run() {
        var scene = new Scene(new VBox(controls()), 800, 600);
        new Appearance().dress(scene);
        scene.getRoot().applyCss();
        scene.getRoot().layout();
    }

    private static Node[] controls() {
        var code = new CodeArea("one\ntwo");
        var list = new ListView<String>();
        list.getItems().add("one");
        var choice = new ComboBox<String>();
        choice.getItems().add("one");
        return new Node[] {new Label("text", Icons.of(Feather.EDIT_2)), new Button("text"), new ToggleButton("text"), new TextField("text"), new TextArea("text"),
                new ScrollPane(new Label("text")), new SplitPane(new Label("a"), new Label("b")), new TabPane(new Tab("text", new VirtualizedScrollPane<>(code))),
                list, choice, new TreeView<>(new TreeItem<>("text")), new MenuButton("text", Icons.of(Feather.LAYERS), new MenuItem("text")), new CheckBox("text"),
                new Slider(), new ProgressBar(0), new VirtualizedScrollPane<>(new StyleClassedTextArea())};
    }
}
