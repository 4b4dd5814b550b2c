/// `pilothouse secrets ...`: the keys in the places of [pilothouse.secrets]. They belong to the user and to no
/// workspace, so that each command works in its own process, where a terminal can hide what is typed.
package pilothouse.cli.secrets;
