package pilothouse.cli.prompts;

import picocli.CommandLine.Command;

/// Holds the commands about prompts.
@Command(name = "prompts", description = "Prompts and their versions.", synopsisSubcommandLabel = "COMMAND")
public final class PromptsCommand {}
