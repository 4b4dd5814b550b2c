/// What may be sent and what may be shown. [pilothouse.safety.SecretRule] knows the literal secrets
/// of the program; [pilothouse.safety.DataPolicy] refuses to send them away;
/// [pilothouse.safety.OutputFilter] withholds them from an answer while it streams, with one
/// [pilothouse.safety.MaskedStream] for each text that grows.
package pilothouse.safety;
