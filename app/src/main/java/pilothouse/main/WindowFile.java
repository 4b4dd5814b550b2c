package pilothouse.main;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import pilothouse.app.shell.WindowState;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.store.Folders;
import pilothouse.workspace.Workspace;
import tools.jackson.core.JacksonException;

/// `window.json`: where the window was, which page it showed. Its loss costs nothing, so that a file which
/// cannot be read counts as none.
final class WindowFile {
    private final Path file;

    WindowFile(Workspace workspace) {
        file = workspace.folder().resolve("window.json");
    }

    /// Empty before the first window of this workspace was closed.
    Optional<WindowState> load() {
        if (!Files.exists(file)) return Optional.empty();
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), WindowState.class));
        } catch (IOException | JacksonException | NullPointerException e) {
            LoggerFactory.getLogger(WindowFile.class).warn("{} cannot be read; the window opens as usual", file, e);
            return Optional.of(WindowState.FIRST);
        }
    }

    /// @throws ProblemException if it cannot be written
    synchronized void save(WindowState state) {
        try {
            Folders.replace(file, Json.write(state).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ProblemException(new Problem("The window's place cannot be kept: " + e.getMessage(), file.toString(),
                    "Check the room on the disk and the folder's permissions."), e);
        }
    }
}
