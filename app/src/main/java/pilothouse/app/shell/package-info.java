/// The frame of the window. A feature gives it a [pilothouse.app.shell.Page]; [pilothouse.app.shell.ShellView]
/// shows one at a time between rail, header and status line, with the command palette, notices, dialogs and jobs
/// above it. Commands and their keys live in one place, [pilothouse.app.shell.KeyBindings].
package pilothouse.app.shell;
