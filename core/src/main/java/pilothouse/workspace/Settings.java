package pilothouse.workspace;

import pilothouse.connectors.Network;

/// This machine's taste and limits. What belongs to the work is in the store instead.
///
/// @param target        where a prompt is sent that names no target, such as `local/smollm2-135m`
/// @param theme         `system`, `light` or `dark`
/// @param uiScale       size of everything in the window in percent, 100 to 200
/// @param engineThreads threads of the local engine; 0: as many as it finds best
/// @param keepRunsDays  runs that began longer ago are deleted; 0: none ever is
/// @param keepRuns      runs that are kept at most, the newest ones; 0: any number
/// @param backupFolder  absolute path of where backups go; empty: the workspace's own folder for them
/// @param network       the proxy and the authority of all traffic to servers
public record Settings(String target, String theme, int uiScale, int engineThreads, int keepRunsDays, int keepRuns, String backupFolder,
        Network network) {
    public static final Settings STANDARD = new Settings("local/smollm2-135m", "system", 100, 0, 0, 0, "", Network.DIRECT);

    /// A file may hold null where it names no network.
    public Settings {
        network = network == null ? Network.DIRECT : network;
    }
}
