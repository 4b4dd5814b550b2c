/// What can be done with all that is kept: backups, compaction, the check, export and import, erasing.
/// [pilothouse.app.storage.StorageActions] asks what is needed and starts it, from wherever it is wanted;
/// [pilothouse.app.storage.StorageCard] shows it in the settings.
package pilothouse.app.storage;
