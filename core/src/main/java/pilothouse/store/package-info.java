/// Where work is kept. Read [pilothouse.store.Store] first: one writer, free readers. What a write
/// does is an [pilothouse.store.Operation], performed in a [pilothouse.store.Transaction]; `Journal`
/// has it on disk before the database commits, and replays it at the next start. `Database` is the
/// only class that knows H2's URL, [pilothouse.store.Migration] how its tables came to be, and
/// [pilothouse.store.IntegrityCheck] whether all of it is still what was saved.
package pilothouse.store;
