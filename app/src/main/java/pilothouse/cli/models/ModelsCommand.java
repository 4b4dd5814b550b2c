package pilothouse.cli.models;

import picocli.CommandLine.Command;

/// Holds the commands about model files.
@Command(name = "models", description = "Model files of the local engine.", synopsisSubcommandLabel = "COMMAND")
public final class ModelsCommand {}
