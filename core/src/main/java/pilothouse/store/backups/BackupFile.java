package pilothouse.store.backups;

import java.nio.file.Path;

/// A backup that is there. It was verified before it got its name.
public record BackupFile(Path path, long bytes, BackupManifest manifest) {}
