package pilothouse.app.settings;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.controls.Pill;
import pilothouse.app.controls.Tone;
import pilothouse.app.shell.Page;
import pilothouse.app.storage.StorageActions;
import pilothouse.problems.Problem;

/// Settings, at the bottom of the rail.
public final class SettingsPage implements Page {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("H:mm:ss");

    private final SettingsViewModel model;
    private final StorageActions storage;
    private final About about;
    private final Head head = new Head();
    private final Label savedAt = new Label();

    /// What stands in the card about the program.
    public record About(String version, String workspace, String settingsFile) {}

    public SettingsPage(SettingsViewModel model, StorageActions storage, About about) {
        this.model = model;
        this.storage = storage;
        this.about = about;
        model.problem().subscribe(this::show);
        model.savedAt().subscribe(this::show);
    }

    private void show(Optional<?> changed) {
        var failed = model.problem().get().map(Problem::what);
        head.pill().set(Optional.of(failed.isPresent() ? new Pill("not saved", Tone.DANGER) : new Pill("all saved", Tone.SUCCESS)));
        model.savedAt().get().ifPresent(this::showTime);
    }

    private void showTime(Instant at) {
        savedAt.setText("settings saved " + CLOCK.format(at.atZone(ZoneId.systemDefault())));
        if (head.status().isEmpty()) head.status().add(savedAt);
    }

    @Override
    public String id() {
        return "settings";
    }

    @Override
    public String title() {
        return "Settings";
    }

    @Override
    public Ikon icon() {
        return Feather.SETTINGS;
    }

    @Override
    public Group group() {
        return Group.BOTTOM;
    }

    @Override
    public Head head() {
        return head;
    }

    @Override
    public Parent view() {
        return new SettingsView(model, storage, about);
    }

    @Override
    public void shown(String place) {
        model.refresh();
        storage.refresh();
    }

    @Override
    public java.util.List<String> styleSheets() {
        return java.util.List.of("/pilothouse/app/settings/settings.css");
    }
}
