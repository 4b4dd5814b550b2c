package pilothouse.app.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.shell.Command;
import pilothouse.app.shell.Dialog;
import pilothouse.prompts.PromptSelection;

/// What can be done with the store, from wherever it is wanted: asks what it needs, then does it. FX thread only.
public final class StorageActions {
    private final StorageWork work;
    private final Consumer<Dialog> ask;
    private final CheckViewModel check;
    private final TransferViewModel transfers;
    private final Optional<Local> local;

    /// What only a store has whose files are here.
    public record Local(StorageViewModel storage, ErasureViewModel erasures) {}

    public StorageActions(StorageWork work, Consumer<Dialog> ask, CheckViewModel check, TransferViewModel transfers, Optional<Local> local) {
        this.work = work;
        this.ask = ask;
        this.check = check;
        this.transfers = transfers;
        this.local = local;
    }

    /// Reads again what is shown of the store.
    public void refresh() {
        local.ifPresent(it -> it.storage.refresh());
    }

    public void export(PromptSelection selection) {
        ask.accept(ExportView.dialog(selection, transfers));
    }

    public void importPrompts() {
        ask.accept(ImportView.dialog(transfers, ask));
    }

    /// @param prompt whose texts are to be erased; empty if that, or a person, is still to be named
    public void erase(Optional<String> prompt) {
        local.ifPresent(it -> ask.accept(EraseView.dialog(new ErasureViewModel.Whose(prompt.orElse(""), prompt.isEmpty(), false), it.erasures, ask)));
    }

    public void verify() {
        check.verify();
    }

    void restore() {
        refresh(); // the settings' page, which shows them, may not have been open yet
        local.ifPresent(it -> ask.accept(RestoreView.dialog(it.storage)));
    }

    /// Whether data can be erased from here: a team's administrator does it there.
    public boolean canErase() {
        return local.isPresent();
    }

    StorageWork work() {
        return work;
    }

    Optional<StorageViewModel> storage() {
        return local.map(Local::storage);
    }

    /// For palette and key sheet.
    public List<Command> commands() {
        var commands = new ArrayList<>(List.of(
                command("storage.export", "Export prompts…", Feather.UPLOAD, () -> export(PromptSelection.ALL)),
                command("storage.import", "Import prompts…", Feather.DOWNLOAD, this::importPrompts),
                command("storage.verify", "Verify the store", Feather.CHECK_CIRCLE, this::verify)));
        local.ifPresent(it -> commands.addAll(List.of(
                command("storage.back-up", "Back up now", Feather.ARCHIVE, it.storage::backUp),
                command("storage.restore", "Restore a backup…", Feather.ROTATE_CCW, this::restore),
                command("storage.compact", "Compact the store", Feather.MINIMIZE_2, it.storage::compact),
                command("storage.erase", "Erase a person's data…", Feather.TRASH_2, () -> erase(Optional.empty())))));
        return commands;
    }

    private Command command(String id, String title, org.kordamp.ikonli.Ikon icon, Runnable action) {
        return Command.of(id, title, icon, action).unless(() -> work.working().get() ? Optional.of("something is under way: " + work.job().get().title())
                : Optional.empty());
    }
}
