package pilothouse.archives;

/// What an archive may be at most, by its own words; what it really holds is held to its words.
///
/// @param entries    how many
/// @param entryBytes of one entry, unpacked
/// @param allBytes   of all entries, unpacked
public record ArchiveLimits(int entries, long entryBytes, long allBytes) {}
