package pilothouse.cli.secrets;

import picocli.CommandLine.Command;

/// Holds the commands about secrets.
@Command(name = "secrets", description = "Keys in the desktop's keyring and in your encrypted file.", synopsisSubcommandLabel = "COMMAND")
public final class SecretsCommand {}
