package pilothouse.app.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.geometry.Rectangle2D;
import javafx.scene.Parent;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.scene.transform.Scale;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.controls.Notice;
import pilothouse.app.fx.Background;
import pilothouse.problems.Problem;

/// The window's content: rail, header, the page that is shown, status line, and above them notices, dialogs, the
/// palette. Everything a page needs of the window it gets from here. FX thread only.
public final class ShellView extends Pane {
    private final Background background;
    private final Appearance appearance;
    private final KeyBindings bindings;
    private final List<Page> pages;
    private final Places places = new Places();
    private final Splits splits = new Splits();
    private final Overlay overlay = new Overlay();
    private final NoticeStack notices;
    private final CommandPalette palette;
    private final Rail rail;
    private final Header header;
    private final StatusLine status;
    private final BorderPane centre = new BorderPane();
    private final StackPane scaled = new StackPane();
    private final Scale scale = new Scale(1, 1, 0, 0);
    private final Map<String, Parent> views = new HashMap<>();
    private Optional<Page> shown = Optional.empty();

    /// @param pages in the order of the rail; the first is shown first
    public ShellView(Background background, Appearance appearance, KeyBindings bindings, List<Page> pages) {
        this.background = background;
        this.appearance = appearance;
        this.bindings = bindings;
        this.pages = List.copyOf(pages);
        notices = new NoticeStack(background);
        palette = new CommandPalette(bindings, overlay::close);
        rail = new Rail(this.pages, page -> open(page.id(), ""));
        header = new Header(places, this::back, this::forward, this::openPalette, this::open);
        status = new StatusLine(background.jobs(), this::openJobs);
        bindings.add(commands());
        for (var page : this.pages) appearance.addStyleSheets(page.styleSheets());
        build();
        open(this.pages.getFirst().id(), "");
    }

    private void build() {
        getStyleClass().add("shell-frame");
        centre.setTop(header);
        var frame = new BorderPane(centre, null, null, status, rail);
        StackPane.setAlignment(notices, Pos.BOTTOM_RIGHT);
        StackPane.setMargin(notices, new javafx.geometry.Insets(0, 14, 0, 0));
        scaled.getChildren().addAll(frame, notices, overlay);
        scaled.getTransforms().add(scale);
        getChildren().add(scaled);
        appearance.scale().subscribe(_ -> rescale());
        addEventFilter(KeyEvent.KEY_PRESSED, this::press);
    }

    private void rescale() {
        scale.setX(appearance.scale().get() / 100.0);
        scale.setY(appearance.scale().get() / 100.0);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        scaled.resizeRelocate(0, 0, Math.ceil(getWidth() / scale.getX()), Math.ceil(getHeight() / scale.getY()));
    }

    /// Shows a page.
    ///
    /// @param place where in it; empty for where it was left
    /// @throws IllegalArgumentException if there is no such page
    public void open(String page, String place) {
        show(page, place);
        places.visit(new Places.Place(page, place));
    }

    /// Tells that the shown page moved to another place by itself, so that back returns to the last one.
    public void visited(String place) {
        shown.ifPresent(page -> places.visit(new Places.Place(page.id(), place)));
    }

    /// Shows a sentence at the lower right.
    public void say(Notice notice) {
        notices.say(notice);
    }

    /// Shows a problem that has no place on the page.
    public void say(Problem problem) {
        say(Notice.of(problem));
    }

    /// Asks a question; Escape closes it without an answer.
    public void ask(Dialog dialog) {
        var box = dialog.box(overlay::close);
        overlay.show(box, -1, dialog.first(box), () -> {});
    }

    /// Runs the command with this id, as its keys would.
    ///
    /// @return whether it ran: false if there is none or something speaks against it
    public boolean run(String command) {
        return bindings.command(command).filter(Command::run).isPresent();
    }

    /// Remembers a split pane's dividers; `usual` are their positions at first and after a double click.
    public void remember(SplitPane pane, String id, double... usual) {
        splits.remember(pane, id, usual);
    }

    /// Entries of the status line that every page shares.
    public StatusLine status() {
        return status;
    }

    /// For sources of what can be found beside commands.
    public CommandPalette palette() {
        return palette;
    }

    /// The page that is shown.
    public Page page() {
        return shown.orElseThrow();
    }

    /// What to keep of the window.
    public WindowState state(Stage stage) {
        return new WindowState(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight(), stage.isMaximized(),
                appearance.theme().get(), appearance.scale().get(), page().id(), splits.positions());
    }

    /// Makes the window as it was kept, on the screens there are now. Call before it is shown.
    public void restore(WindowState kept, Stage stage) {
        var areas = Screen.getScreens().stream().map(Screen::getVisualBounds).toList();
        var fitting = kept.within(mainFirst(areas));
        stage.setX(fitting.x());
        stage.setY(fitting.y());
        stage.setWidth(fitting.width());
        stage.setHeight(fitting.height());
        stage.setMaximized(fitting.maximised());
        appearance.theme().set(fitting.theme());
        appearance.scale().set(fitting.scale());
        splits.restore(fitting.dividers());
        if (pages.stream().anyMatch(it -> it.id().equals(fitting.page()))) open(fitting.page(), "");
    }

    private static List<Rectangle2D> mainFirst(List<Rectangle2D> areas) {
        var sorted = new ArrayList<>(areas);
        var main = Screen.getPrimary().getVisualBounds();
        sorted.remove(main);
        sorted.addFirst(main);
        return sorted;
    }

    private void show(String id, String place) {
        var page = pages.stream().filter(it -> it.id().equals(id)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no page " + id));
        if (shown.filter(it -> it == page).isEmpty()) {
            shown.ifPresent(Page::hidden);
            shown = Optional.of(page);
            bindings.setHere(page.commands());
            centre.setCenter(views.computeIfAbsent(id, _ -> page.view()));
            rail.select(page);
            header.show(page);
            status.show(page);
        }
        page.shown(place);
    }

    private void back() {
        places.back().ifPresent(it -> show(it.page(), it.place()));
    }

    private void forward() {
        places.forward().ifPresent(it -> show(it.page(), it.place()));
    }

    private void openPalette() {
        overlay.show(palette, 96, palette.open(), () -> {});
    }

    /// Shows what is being done in the background, each with its progress and Cancel, until it is closed or all is over.
    public void openJobs() {
        var panel = new JobsPanel(background.jobs(), overlay::close);
        overlay.show(panel, -1, Regions.focusable(panel).stream().findFirst().orElse(panel), panel::dispose);
    }

    private void openKeys() {
        var sheet = new KeySheet(page().title(), bindings);
        overlay.show(sheet, -1, sheet, () -> {});
    }

    private void press(KeyEvent event) {
        if (overlay.isOpen()) return;
        var focus = Optional.ofNullable(getScene()).map(javafx.scene.Scene::getFocusOwner);
        if (event.getText().equals("?") && focus.filter(KeyBindings::isTypedInto).isEmpty()) openKeys();
        else if (!bindings.press(event, focus)) return;
        event.consume();
    }

    private List<Command> commands() {
        var commands = new ArrayList<Command>();
        for (int i = 0; i < pages.size(); i++) {
            var page = pages.get(i);
            var go = Command.of("go." + page.id(), "Go to " + page.title(), page.icon(), () -> open(page.id(), ""));
            commands.add(i < 9 ? go.on("Ctrl " + (i + 1)) : go);
        }
        commands.add(Command.of("shell.palette", "Search or run a command", Feather.SEARCH, this::openPalette).on("Ctrl K"));
        commands.add(Command.of("shell.keys", "Show the keys of this screen", Feather.COMMAND, this::openKeys).on("F1"));
        commands.add(Command.of("shell.jobs", "Show jobs", Feather.ACTIVITY, this::openJobs));
        commands.add(Command.of("shell.back", "Back", Feather.CHEVRON_LEFT, this::back).on("Alt Left"));
        commands.add(Command.of("shell.forward", "Forward", Feather.CHEVRON_RIGHT, this::forward).on("Alt Right"));
        commands.add(Command.of("shell.next-area", "Next area", Feather.CORNER_DOWN_RIGHT, () -> area(1)).on("F6"));
        commands.add(Command.of("shell.last-area", "Previous area", Feather.CORNER_UP_LEFT, () -> area(-1)).on("Shift F6"));
        commands.addAll(appearance.commands());
        return commands;
    }

    private void area(int step) {
        Regions.move(getScene(), List.of(rail, header), views.get(page().id()), status, step);
    }
}
