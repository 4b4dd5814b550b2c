/// What is said to a model and by it. Read [pilothouse.messages.Message] first, then its
/// [pilothouse.messages.Part]s.
package pilothouse.messages;
