package pilothouse.kills;

import java.nio.file.Path;
import java.util.Random;
import pilothouse.workspace.Ownership;
import pilothouse.workspace.Workspace;
import pilothouse.workspace.WorkspaceLock;

/// Owns a workspace and saves in it until it is killed.
final class OwningChild {
    private OwningChild() {}

    /// @param arguments folder, seed, and how many rounds if not for ever
    public static void main(String[] arguments) throws Exception {
        var workspace = Workspace.open(Path.of(arguments[0]));
        try (var lock = ((Ownership.Owner) WorkspaceLock.claim(workspace)).lock()) {
            lock.announce(4711);
            new SavePhase().work(workspace.folder(), new Random(Long.parseLong(arguments[1])), arguments.length > 2 ? Integer.parseInt(arguments[2]) : Integer.MAX_VALUE);
        }
    }
}
