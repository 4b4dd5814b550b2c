/// Where the program is put together: [pilothouse.main.Launcher] is the entry,
/// [pilothouse.main.Pilothouse] builds everything by plain constructors, [pilothouse.main.CommandTree]
/// gives each command what it uses. Nobody else sees this package.
package pilothouse.main;
