package pilothouse.store.backups;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import pilothouse.problems.Problem;
import pilothouse.store.Snapshot;

/// What a backup holds: `manifest.json` in it.
///
/// @param format   version of this form: 1
/// @param program  version of the program that made it
/// @param work     the state of the prompts' store, its journal included
/// @param runs     the state of the runs' store, if it was asked for
/// @param files    every file beside this one
/// @param problems what was wrong with the store when it was made; empty for a sound one
public record BackupManifest(int format, String program, Instant madeAt, Snapshot work, Optional<Snapshot> runs, List<Content> files,
        List<Problem> problems) {
    static final String NAME = "manifest.json";
    static final int FORMAT = 1;

    /// @param name   path in the backup and in a restored workspace
    /// @param sha256 in hexadecimal
    public record Content(String name, long bytes, String sha256) {}

    public BackupManifest {
        files = List.copyOf(files);
        problems = List.copyOf(problems);
    }
}
