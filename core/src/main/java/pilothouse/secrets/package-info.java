/// Keys are named, never passed as text: a [pilothouse.secrets.SecretRef] is the name, a
/// [pilothouse.secrets.Keyring] finds the [pilothouse.secrets.Secret] behind it.
package pilothouse.secrets;
