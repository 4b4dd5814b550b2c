/// Backups of an open store: [pilothouse.store.backups.Backup] makes one and has it verified by a
/// [pilothouse.store.backups.Restoration], [pilothouse.store.backups.Backups] knows those that are
/// there, and [pilothouse.store.backups.Rotation] which of them are kept.
package pilothouse.store.backups;
