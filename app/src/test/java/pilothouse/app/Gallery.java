package pilothouse.app;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.charts.Mark;
import pilothouse.app.charts.TimeWindow;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Card;
import pilothouse.app.controls.EmptyState;
import pilothouse.app.controls.Pill;
import pilothouse.app.controls.Segmented;
import pilothouse.app.controls.Tone;
import pilothouse.app.shell.Command;
import pilothouse.app.shell.Page;

/// Pages for tests, made of invented values: one with every chart, one with every control.
public final class Gallery implements Page {
    public static final Instant NOW = Instant.parse("2026-11-20T19:15:00Z");

    private final String id;
    private final String title;
    private final Ikon icon;
    private final Group group;
    private final Parent view;
    private final Head head = new Head();
    public final TimeWindow window = new TimeWindow(Duration.ofHours(1), InstantSource.fixed(NOW));
    public int ran;

    private Gallery(String id, String title, Ikon icon, Group group, java.util.function.Function<Gallery, Parent> view) {
        this.id = id;
        this.title = title;
        this.icon = icon;
        this.group = group;
        this.view = view.apply(this);
    }

    public static Gallery charts() {
        var page = new Gallery("live", "Live", Feather.ACTIVITY, Group.WATCH, it -> GalleryBoard.board(it.window));
        page.head.crumbs().add(new Crumb("Main board", "main"));
        page.head.pill().set(Optional.of(new Pill("live, 1 s", Tone.SUCCESS)));
        page.head.actions().addAll(new Segmented<>("Time range", List.of("15 min", "1 h", "6 h", "24 h", "7 d"), it -> it, "1 h"),
                Buttons.with(Buttons.plain("Pause", () -> {}), Feather.PAUSE));
        page.head.status().add(new Label("8 charts"));
        page.head.badge().set(2);
        return page;
    }

    public static Gallery controls() {
        var page = new Gallery("prompts", "Prompts", Feather.EDIT_2, Group.WORK, _ -> GalleryParts.parts());
        page.head.crumbs().addAll(new Crumb("support", "support"), new Crumb("support-triage", "support-triage"));
        page.head.pill().set(Optional.of(new Pill("draft from v14", Tone.ACCENT)));
        var save = Buttons.with(Buttons.accent("Save v15", () -> {}), Feather.GIT_COMMIT);
        page.head.actions().addAll(Buttons.with(Buttons.plain("Stop", () -> {}), Feather.SQUARE), save);
        page.head.status().addAll(new Label("Ln 21, Col 8"), new Label("UTF-8"));
        return page;
    }

    /// A page with nothing in it.
    public static Gallery empty(String id, String title, Ikon icon, Group group) {
        return new Gallery(id, title, icon, group, _ -> nothing(title));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public Ikon icon() {
        return icon;
    }

    @Override
    public Group group() {
        return group;
    }

    @Override
    public Head head() {
        return head;
    }

    @Override
    public Parent view() {
        return view;
    }

    @Override
    public List<Command> commands() {
        return List.of(Command.of(id + ".save", "Save version", Feather.SAVE, () -> ran++).on("Ctrl S"),
                Command.of(id + ".roll-back", "Roll back support-triage to v13", Feather.ROTATE_CCW, () -> ran++).on("Alt R"),
                Command.of(id + ".rule", "Open the rollback rule of production", Feather.SETTINGS, () -> ran++),
                Command.of(id + ".payroll", "payroll-question", Feather.FILE_TEXT, () -> ran++).beside("prompt in hr"),
                Command.of(id + ".mark", "Mark the run", Feather.FLAG, () -> ran++).on("M"),
                Command.of(id + ".promote", "Promote to 50 %", Feather.SEND, () -> ran++).unless(() -> Optional.of("2 gates open")));
    }

    private static Parent nothing(String title) {
        var card = new Card(title, new EmptyState("Nothing here yet", "What was run will stand here.", Buttons.accent("Run a prompt", () -> {})));
        VBox.setVgrow(card, Priority.ALWAYS);
        var view = new VBox(card);
        view.getStyleClass().add("workspace");
        return view;
    }
}
