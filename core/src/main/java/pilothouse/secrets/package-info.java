/// Keys are named, never passed as text: a [pilothouse.secrets.SecretRef] is the name, a
/// [pilothouse.secrets.Keyring] finds the [pilothouse.secrets.Secret] behind it, in the environment or
/// in a [pilothouse.secrets.SecretPlace]: [pilothouse.secrets.OsKeyring], [pilothouse.secrets.SecretFile].
package pilothouse.secrets;
