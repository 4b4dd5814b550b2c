package pilothouse.cli.prices;

import picocli.CommandLine.Command;

/// Holds the commands about prices.
@Command(name = "prices", description = "What targets cost.", synopsisSubcommandLabel = "COMMAND")
public final class PricesCommand {}
