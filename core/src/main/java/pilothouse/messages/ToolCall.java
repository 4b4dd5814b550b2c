package pilothouse.messages;

/// A model's wish to have a tool called.
///
/// @param id        the server's id of this call, to be sent back with the result
/// @param name      the tool's name
/// @param arguments JSON text, exactly as the model wrote it: it may be invalid
public record ToolCall(String id, String name, String arguments) {}
