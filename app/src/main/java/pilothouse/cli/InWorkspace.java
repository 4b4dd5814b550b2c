package pilothouse.cli;

/// A command that works in the workspace and so is carried out by the workspace's owner: this
/// process if there is none yet, else the process that owns it.
public interface InWorkspace {
    /// False if these arguments happen to need no workspace. Asked after parsing, before running.
    default boolean needsWorkspace() {
        return true;
    }

    /// True if it can work while the store does not open because it is damaged.
    default boolean copesWithDamage() {
        return false;
    }
}
