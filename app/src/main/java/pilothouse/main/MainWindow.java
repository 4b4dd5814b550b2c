package pilothouse.main;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.stage.Stage;
import org.kordamp.ikonli.feather.Feather;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pilothouse.app.controls.Notice;
import pilothouse.app.controls.Tone;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.FirstPaint;
import pilothouse.app.fx.FreezeWatchdog;
import pilothouse.app.fx.Latest;
import pilothouse.app.live.LivePage;
import pilothouse.app.live.LiveViewModel;
import pilothouse.app.models.ModelsPage;
import pilothouse.app.models.ModelsViewModel;
import pilothouse.app.prompts.OpenDraft;
import pilothouse.app.prompts.PromptsPage;
import pilothouse.app.prompts.PromptsViewModel;
import pilothouse.app.prompts.TreeAction;
import pilothouse.app.settings.SettingsPage;
import pilothouse.app.settings.SettingsViewModel;
import pilothouse.app.shell.Appearance;
import pilothouse.app.shell.Command;
import pilothouse.app.shell.Dialog;
import pilothouse.app.shell.KeyBindings;
import pilothouse.app.shell.Page;
import pilothouse.app.shell.ShellView;
import pilothouse.app.shell.WindowState;
import pilothouse.app.storage.CheckViewModel;
import pilothouse.app.storage.ErasureViewModel;
import pilothouse.app.storage.StorageActions;
import pilothouse.app.storage.StorageViewModel;
import pilothouse.app.storage.StorageWork;
import pilothouse.app.storage.TransferViewModel;
import pilothouse.app.welcome.Tour;
import pilothouse.cli.Version;
import pilothouse.local.ModelEncoders;
import pilothouse.local.ModelLibrary;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.ErasureRepository;
import pilothouse.runtime.Target;
import pilothouse.store.Changes;
import pilothouse.store.Compaction;
import pilothouse.workspace.ReadersCopy;

/// The window: its pages, and what it keeps for the next start. FX thread only, but for [#awaitClosed]
/// and [#abandon].
final class MainWindow {
    private static final Logger LOG = LoggerFactory.getLogger(MainWindow.class);

    private static final int MOST_FOUND = 6;

    private final Pilothouse program;
    private final Stage stage = new Stage();
    private final Background background = Background.ofToolkit();
    private final Appearance appearance = new Appearance();
    private final PromptsViewModel prompts;
    private final PromptsPage promptsPage;
    private final LiveViewModel live;
    private final ModelsViewModel models;
    private final SettingsViewModel settings;
    private final StorageActions storage;
    private final Optional<DailyBackup.Subscription> dailyBackups;
    private final ShellView shell;
    private final StatusEntries status;
    private final Changes.Subscription news;
    private final AutoSave<?> drafts;
    private final AutoSave<WindowState> place;
    private final FreezeWatchdog watchdog = FreezeWatchdog.logging();
    private final CountDownLatch closed = new CountDownLatch(1);
    private WindowState usual;

    private MainWindow(Pilothouse program, KeptWindow kept) {
        this.program = program;
        prompts = new PromptsViewModel(background, program.prompts(), program.labels(), program.valueSets(), program.runner(), program.runs(),
                program.feedback(), new ModelEncoders(program.models()), program::search, this::targets, () -> Target.parse(program.settings().target()), program.member());
        prompts.showPrices(program::price);
        live = new LiveViewModel(background, program.feed(), program.runs(), program.engine(), program.clock());
        models = new ModelsViewModel(background, program.models(), program.engine(), program.local(), program.runs());
        settings = new SettingsViewModel(background, program.settings(), program::change, program.local(), program.engine(), program.clock());
        storage = storage();
        appearance.theme().bindBidirectional(settings.theme());
        appearance.scale().bindBidirectional(settings.scale());
        promptsPage = new PromptsPage(background, prompts, treeActions());
        var pages = List.<Page>of(
                promptsPage,
                new LivePage(live),
                new ModelsPage(models),
                new SettingsPage(settings, storage, about()));
        var bindings = new KeyBindings();
        shell = new ShellView(background, appearance, bindings, pages);
        shell.palette().addSource(this::promptsNamed);
        news = prompts.follow(program.changes());
        status = new StatusEntries(shell.status(), background, program.engine(), program.changes(), program.clock());
        Latest<DailyBackup.Running> begun = background.latest(this::showBackup);
        dailyBackups = program.dailyBackup().map(daily -> daily.listen(begun::put));
        drafts = new AutoSave<>(background, kept.drafts().things(), prompts::openDrafts, kept.swap()::keep, shell::say);
        usual = kept.state().orElse(WindowState.FIRST);
        place = new AutoSave<>(background, usual, this::place, kept.file()::save, shell::say);
        var tour = new Tour(shell::ask, shell::open, pages);
        bindings.add(storage.commands());
        bindings.add(List.of(tour.command(), Command.of("window.close", "Close the window", Feather.LOG_OUT, this::askedToClose).on("Ctrl Q")));
        Thread.currentThread().setUncaughtExceptionHandler((_, failure) -> unexpected(failure));
        show(kept);
        if (kept.state().isEmpty()) firstStart(tour);
    }

    /// Opens it.
    static MainWindow open(Pilothouse program, KeptWindow kept) {
        return new MainWindow(program, kept);
    }

    private void show(KeptWindow kept) {
        program.passphrases().askIn(this::ask);
        var scene = new Scene(shell);
        appearance.dress(scene);
        stage.setScene(scene);
        stage.setTitle(title());
        IntStream.of(16, 24, 32, 48, 64, 128, 256).mapToObj(size -> "/pilothouse/app/icons/pilothouse-" + size + ".png")
                .forEach(icon -> stage.getIcons().add(new Image(MainWindow.class.getResource(icon).toExternalForm())));
        shell.restore(new WindowState(usual.x(), usual.y(), usual.width(), usual.height(), usual.maximised(), settings.theme().get(),
                settings.scale().get(), usual.page(), usual.dividers()), stage);
        promptsPage.split().ifPresent(split -> shell.remember(split, "prompts.answer", split.getDividerPositions()));
        stage.setOnCloseRequest(event -> {
            event.consume();
            askedToClose();
        });
        stage.focusedProperty().subscribe((_, focused) -> {
            if (!focused) drafts.look();
        });
        stage.show();
        tellFirstPaint();
        kept.drafts().problems().forEach(shell::say);
        program.copy().ifPresent(this::sayReadOnly);
        restoreDrafts(kept.drafts().things());
        place.start();
        Latest<List<Problem>> damage = background.latest(this::offerRepair);
        program.health().listen(damage::put);
    }

    private String title() {
        if (program.copy().isPresent()) return "Pilothouse – " + program.place() + " (read-only)";
        return program.team().map(team -> "Pilothouse – " + team.database() + " on " + team.host()).orElse("Pilothouse");
    }

    private void sayReadOnly(ReadersCopy copy) {
        var why = copy.why();
        shell.say(new Notice(Tone.WARNING, why.what() + ". " + why.remedy() + ".", why.where(),
                Optional.of(new Notice.Link("Open it again", () -> openAgain(copy)))));
    }

    private void openAgain(ReadersCopy copy) {
        try {
            drafts.end();
            copy.wantAgain();
            close();
        } catch (ProblemException e) {
            shell.say(e.problem());
            sayReadOnly(copy);
        }
    }

    private StorageActions storage() {
        var work = new StorageWork(background, this::say, this::showJobs);
        var local = program.team().isPresent() ? Optional.<StorageActions.Local>empty() : Optional.of(new StorageActions.Local(
                new StorageViewModel(background, work, program.backups(), program.store(), new StorageViewModel.Keeping(
                        () -> new Compaction(program.store(), program.clock()), program.clock()), settings.backupFolder()),
                new ErasureViewModel(work, program.prompts(), program::erasure, this::closeWhatIsErased)));
        return new StorageActions(work, dialog -> ask(dialog), new CheckViewModel(work, program.care()::check, this::offerRepair),
                new TransferViewModel(work, program.histories()), local);
    }

    private List<TreeAction> treeActions() {
        var actions = new ArrayList<>(List.of(new TreeAction("Export…", true, storage::export), new TreeAction("Import…", true, _ -> storage.importPrompts())));
        if (storage.canErase()) actions.add(new TreeAction("Erase its texts…", false, selection -> storage.erase(Optional.of(selection.text()))));
        return actions;
    }

    private void say(Notice notice) {
        shell.say(notice);
    }

    private void ask(Dialog dialog) {
        shell.ask(dialog);
    }

    /// On the settings' page the card shows it.
    private void showJobs() {
        if (!shell.page().id().equals("settings")) shell.openJobs();
    }

    /// A person's words may be in any draft.
    private void closeWhatIsErased(ErasureRepository.Request request) {
        prompts.closeAnyway(request.prompt());
        drafts.look();
    }

    private void offerRepair(List<Problem> problems) {
        var summary = StoreHealth.summary(problems);
        if (program.team().isPresent())
            shell.say(new Notice(Tone.DANGER, summary.what() + ". " + problems.getFirst().remedy(), summary.where(), Optional.empty()));
        else shell.say(new Notice(Tone.DANGER, summary.what() + ". " + summary.remedy(), summary.where(),
                Optional.of(new Notice.Link("Repair", this::repair))));
    }

    private void repair() {
        background.run("Repairing the store", progress -> program.care().repair(progress::report), outcome -> {
            program.health().forget();
            shell.say(Notice.said(outcome.done().map(done -> "The store is repaired. " + done).orElse("Nothing is damaged any more")));
        }, shell::say);
    }

    /// The list comes from the store, after the window.
    private void tellFirstPaint() {
        InvalidationListener once = new InvalidationListener() {
            @Override
            public void invalidated(Observable list) {
                list.removeListener(this);
                FirstPaint.tell();
            }
        };
        if (prompts.prompts().isEmpty()) prompts.prompts().addListener(once);
        else FirstPaint.tell();
    }

    /// The swap files are left alone until all they hold is open again.
    private void restoreDrafts(List<OpenDraft> kept) {
        if (kept.isEmpty()) {
            drafts.start();
            return;
        }
        prompts.onDraftsChanged(() -> {
            if (!drafts.isStarted() && prompts.openDrafts().size() >= kept.size()) drafts.start();
        });
        prompts.restore(kept);
    }

    /// The daily backup is a job as long as the window is open: cancelled there, it ends.
    private void showBackup(DailyBackup.Running running) {
        background.run("Daily backup", progress -> {
            running.follow(progress::report);
            return true;
        }, _ -> storage.refresh(), shell::say);
    }

    /// Says hello, and gets ready what the first run would wait for.
    private void firstStart(Tour tour) {
        tour.welcome();
        background.run("Getting the local engine ready", progress -> {
            try (var _ = program.engine().listen(state -> progress.report(EngineWords.of(state).done(), EngineWords.of(state).text()))) {
                program.local().prepare(ModelLibrary.EMBEDDED);
            }
            return true;
        }, _ -> shell.say(Notice.said("The local engine is ready")), shell::say);
    }

    /// Prompts for the palette.
    private List<Command> promptsNamed(String query) {
        var words = query.strip().toLowerCase(Locale.ROOT);
        if (words.isEmpty()) return List.of();
        return prompts.prompts().stream().map(prompt -> prompt.name().path()).filter(name -> name.toLowerCase(Locale.ROOT).contains(words))
                .limit(MOST_FOUND).map(name -> Command.of("prompt." + name, name, Feather.FILE_TEXT, () -> shell.open(promptsPage.id(), name))
                        .beside("prompt")).toList();
    }

    private List<Target> targets() {
        return program.local().models().stream().map(model -> new Target(Target.LOCAL, model.name())).toList();
    }

    private SettingsPage.About about() {
        return new SettingsPage.About(Version.text(), program.place().toString(), program.settingsFile().toString());
    }

    /// The window's state, with the place it returns to when it is maximised now.
    private WindowState place() {
        if (stage.isIconified()) return usual;
        var now = shell.state(stage);
        usual = now.maximised() ? new WindowState(usual.x(), usual.y(), usual.width(), usual.height(), true, now.theme(), now.scale(),
                now.page(), now.dividers()) : now;
        return usual;
    }

    private void unexpected(Throwable failure) {
        LOG.error("Unexpected failure in the window", failure);
        shell.say(Problem.of(failure));
    }

    Stage stage() {
        return stage;
    }

    ShellView shell() {
        return shell;
    }

    boolean isOpen() {
        return closed.getCount() > 0;
    }

    void toFront() {
        stage.setIconified(false);
        stage.toFront();
        stage.requestFocus();
    }

    /// Blocks until it is closed.
    void awaitClosed() throws InterruptedException {
        closed.await();
    }

    /// Closes the window, unless drafts would be lost and the user stays.
    private void askedToClose() {
        try {
            drafts.end();
            if (program.copy().isPresent() && prompts.tabs().stream().anyMatch(tab -> tab.dirty().get()))
                throw new ProblemException(program.copy().get().why());
            close();
        } catch (ProblemException e) {
            shell.ask(new Dialog("Close and lose what is not saved?", e.problem().what() + ". " + e.problem().remedy(),
                    new Dialog.Choice("Stay", Dialog.Kind.SAFE, () -> {}),
                    new Dialog.Choice("Close and lose it", Dialog.Kind.TAKES_AWAY, this::close)));
        }
    }

    /// Ends everything that belongs to the window, and keeps what it can.
    void close() {
        if (!isOpen()) return;
        background.close();
        program.passphrases().windowClosed();
        attempt("drafts", drafts::end);
        attempt("window's place", place::end);
        attempt("settings", this::saveSettings);
        attempt("live board", live::close);
        attempt("models page", models::close);
        attempt("settings page", settings::close);
        attempt("status line", status::close);
        dailyBackups.ifPresent(daily -> attempt("daily backup's job", daily::close));
        attempt("news", news::close);
        attempt("watchdog", watchdog::close);
        stage.close();
        closed.countDown();
    }

    /// Keeps what was typed when the FX thread is no more. For any thread.
    void abandon() {
        program.passphrases().windowClosed();
        attempt("drafts", drafts::end);
        closed.countDown();
    }

    private void saveSettings() {
        if (!settings.settings().equals(program.settings())) program.change(settings.settings());
    }

    /// The rest is closed, whatever one part says.
    private static void attempt(String part, Runnable closing) {
        try {
            closing.run();
        } catch (RuntimeException e) {
            LOG.error("Closing the window: the {} failed", part, e);
        }
    }
}
