package pilothouse.formats;

import java.util.List;

/// What an export holds: `manifest.json` in it. It says nothing of when and where it was made, so that the same
/// prompts give the same bytes.
///
/// @param format  always [#FORMAT]
/// @param version of the format: 1
record ExportManifest(String format, int version, List<Listed> prompts) {
    static final String NAME = "manifest.json";
    static final String FORMAT = "pilothouse-export";
    static final int VERSION = 1;

    /// @param file   entry with its [ExportedHistory]
    /// @param sha256 of that entry, in hexadecimal
    record Listed(String name, String id, String file, String sha256) {}
}
