package pilothouse.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.store.Folders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/// `settings.json`. Keys that this program does not know are kept as they are; a file that is no
/// settings file is put aside, never overwritten.
public final class SettingsFile {
    private final Path file;

    public SettingsFile(Workspace workspace) {
        file = workspace.folder().resolve("settings.json");
    }

    public Path path() {
        return file;
    }

    /// @param problem what the user should know about the file, if anything
    public record Loaded(Settings settings, Optional<Problem> problem) {}

    /// The settings; the standard ones for what the file leaves out.
    public Loaded load() {
        try {
            return new Loaded(settings(tree()), Optional.empty());
        } catch (JacksonException | ClassCastException e) {
            return new Loaded(Settings.STANDARD, Optional.of(putAside(e)));
        }
    }

    /// Replaces the settings: afterwards the file is whole, the old one or the new one, whatever happens.
    public void save(Settings settings) {
        try {
            var tree = tree();
            tree.setAll((ObjectNode) Json.MAPPER.valueToTree(settings));
            Folders.replace(file, (Json.pretty(tree) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failure(e);
        } catch (JacksonException | ClassCastException e) {
            putAside(e);
            save(settings);
        }
    }

    private ObjectNode tree() {
        try {
            if (!Files.exists(file)) return Json.MAPPER.createObjectNode();
            return (ObjectNode) Json.MAPPER.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static Settings settings(ObjectNode tree) {
        var whole = (ObjectNode) Json.MAPPER.valueToTree(Settings.STANDARD);
        whole.setAll(tree);
        return Json.MAPPER.treeToValue(whole, Settings.class);
    }

    private Problem putAside(Exception reason) {
        var aside = file.resolveSibling("settings.json.broken");
        try {
            for (int i = 2; Files.exists(aside); i++) aside = file.resolveSibling("settings.json.broken-" + i);
            Files.move(file, aside);
        } catch (IOException e) {
            throw failure(e);
        }
        return new Problem("The settings could not be read: " + reason.getMessage().lines().findFirst().orElse(""),
                file.toString(), "The standard settings are used; the old file is kept as " + aside.getFileName());
    }

    private ProblemException failure(IOException e) {
        return new ProblemException(new Problem("The settings cannot be read or written: " + e.getMessage(), file.toString(),
                "Check the file's permissions and the room on the disk"), e);
    }
}
