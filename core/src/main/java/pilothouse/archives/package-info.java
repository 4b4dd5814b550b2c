/// Zip files and folders as lists of named entries: [pilothouse.archives.Archive] reads what strangers
/// made, [pilothouse.archives.ArchiveWriter] writes the same bytes for the same entries.
/// [pilothouse.archives.EntryName] decides which names are harmless on every platform.
package pilothouse.archives;
