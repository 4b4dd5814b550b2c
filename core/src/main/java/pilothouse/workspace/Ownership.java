package pilothouse.workspace;

/// Who owns a workspace after it was asked for.
public sealed interface Ownership {
    /// This process does, until `lock` is closed or the process ends.
    record Owner(WorkspaceLock lock) implements Ownership {}

    /// Another process does and takes commands there.
    ///
    /// @param port  on the loopback address
    /// @param token what it must be sent to believe that a command comes from the same user
    record OwnedBy(long pid, int port, String token) implements Ownership {}
}
