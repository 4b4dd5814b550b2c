/// The folder that a user works in. [pilothouse.workspace.Workspace] says what lies where,
/// [pilothouse.workspace.WorkspaceLock] who owns it now; [pilothouse.workspace.SettingsFile] keeps
/// [pilothouse.workspace.Settings], [pilothouse.workspace.SwapFiles] what is not saved;
/// [pilothouse.workspace.Examples] fills a new one.
package pilothouse.workspace;
