package pilothouse.app.live;

import java.util.List;
import java.util.Optional;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.controls.Buttons;
import pilothouse.app.controls.Pill;
import pilothouse.app.controls.Segmented;
import pilothouse.app.controls.Tone;
import pilothouse.app.shell.Command;
import pilothouse.app.shell.Page;

/// The operator's board.
public final class LivePage implements Page {
    private final LiveViewModel model;
    private final Head head = new Head();
    private final Pill pill = new Pill("", Tone.NEUTRAL);
    private Optional<LiveView> view = Optional.empty();

    public LivePage(LiveViewModel model) {
        this.model = model;
        fillHead();
        model.board().subscribe(read -> read.ifPresent(it -> head.status().setAll(new Label(it.range().steps() + ", times measured here"))));
    }

    private void fillHead() {
        var ranges = new Segmented<>("Time range", List.of(TimeRange.values()), TimeRange::title, model.range().get());
        ranges.setId("range");
        ranges.value().bindBidirectional(model.range());
        var pause = Buttons.with(Buttons.plain("Pause", model::togglePause), Feather.PAUSE);
        pause.setId("pause");
        model.window().paused().subscribe(paused -> {
            pause.setText(paused ? "Go on" : "Pause");
            Buttons.with(pause, paused ? Feather.PLAY : Feather.PAUSE);
        });
        head.actions().addAll(ranges, pause);
        model.state().subscribe(state -> {
            pill.set(state, state.equals("live") ? Tone.SUCCESS : Tone.NEUTRAL);
            head.pill().set(state.isEmpty() ? Optional.empty() : Optional.of(pill));
        });
    }

    @Override
    public String id() {
        return "live";
    }

    @Override
    public String title() {
        return "Live";
    }

    @Override
    public Ikon icon() {
        return Feather.ACTIVITY;
    }

    @Override
    public Group group() {
        return Group.WATCH;
    }

    @Override
    public Head head() {
        return head;
    }

    @Override
    public Parent view() {
        if (view.isEmpty()) view = Optional.of(new LiveView(model));
        return view.get();
    }

    @Override
    public List<Command> commands() {
        return List.of(Command.of("live.pause", "Pause or go on with the board", Feather.PAUSE, model::togglePause).on("Space"),
                Command.of("live.now", "Show the present again", Feather.ROTATE_CCW, model.window()::reset));
    }

    @Override
    public void shown(String place) {
        model.open();
    }

    @Override
    public void hidden() {
        model.close();
    }

    @Override
    public List<String> styleSheets() {
        return List.of("/pilothouse/app/live/live.css");
    }
}
