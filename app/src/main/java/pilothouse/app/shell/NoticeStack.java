package pilothouse.app.shell;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import pilothouse.app.controls.Notice;
import pilothouse.app.controls.NoticeBar;
import pilothouse.app.controls.Tone;
import pilothouse.app.fx.Background;

/// Notices at the lower right: at most three, then a count. What went well leaves by itself, not while the pointer
/// rests on it; a problem stays until it is closed.
final class NoticeStack extends VBox {
    private static final int MOST = 3;
    private static final Duration STAY = Duration.ofSeconds(6);

    private final Background background;
    private final Deque<Notice> notices = new ArrayDeque<>();
    private final Label more = new Label();

    NoticeStack(Background background) {
        this.background = background;
        getStyleClass().add("notices");
        setPickOnBounds(false);
        setMaxHeight(USE_PREF_SIZE);
        more.getStyleClass().addAll("pill", "neutral");
    }

    void say(Notice notice) {
        notices.addFirst(notice);
        show();
        if (notice.tone() == Tone.SUCCESS || notice.tone() == Tone.ACCENT) leave(notice);
    }

    /// What is shown or waits, newest first.
    Deque<Notice> notices() {
        return notices;
    }

    private void leave(Notice notice) {
        background.after(STAY, () -> {
            if (isHover()) leave(notice);
            else remove(notice);
        });
    }

    private void remove(Notice notice) {
        notices.removeIf(it -> it == notice);
        show();
    }

    private void show() {
        getChildren().clear();
        var hidden = notices.size() - MOST;
        notices.stream().limit(MOST).forEach(it -> getChildren().addFirst(new NoticeBar(it).dismissible(() -> remove(it))));
        more.setText("and " + hidden + " more");
        if (hidden > 0) getChildren().addFirst(more);
    }
}
