package pilothouse.cli.store;

import picocli.CommandLine.Command;

/// Holds the commands about the store.
@Command(name = "store", description = "The store: its backups, what goes in and out of it, its health.", synopsisSubcommandLabel = "COMMAND")
public final class StoreCommand {}
