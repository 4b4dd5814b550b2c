/// The command line: one class a command, in sub-packages where a command has commands of its own.
/// [pilothouse.cli.PilothouseCommand] holds what all have in common, [pilothouse.cli.Console] is
/// where they write, [pilothouse.cli.ExitCode] how they end. A command that needs the workspace is
/// [pilothouse.cli.InWorkspace]: it is carried out by the workspace's owner, which may be another
/// process ([pilothouse.cli.OwnerClient] sends it there, [pilothouse.cli.OwnerServer] takes it).
package pilothouse.cli;
