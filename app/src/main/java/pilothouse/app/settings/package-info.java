/// This machine's taste and limits on one page: [pilothouse.app.settings.SettingsViewModel] holds them and
/// saves each change, [pilothouse.app.settings.SettingsView] shows them, [pilothouse.app.settings.SettingsPage]
/// puts them into the window.
package pilothouse.app.settings;
