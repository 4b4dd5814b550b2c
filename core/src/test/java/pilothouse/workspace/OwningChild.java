package pilothouse.workspace;

import java.nio.file.Path;

/// Owns a workspace, prints its token, and waits to be killed.
final class OwningChild {
    private OwningChild() {}

    public static void main(String[] arguments) throws InterruptedException {
        var lock = ((Ownership.Owner) WorkspaceLock.claim(Workspace.open(Path.of(arguments[0])))).lock();
        lock.announce(4711);
        System.out.println(lock.token());
        if (arguments.length > 1) lock.close();
        else Thread.currentThread().join();
    }
}
