package pilothouse.runtime;

/// What a server says of a model it serves.
///
/// @param name          as used in a [Target]
/// @param contextTokens the longest prompt and answer together, in tokens; 0 if not known
/// @param precision     such as `int4`; empty if not known
/// @param bytes         memory its weights take; 0 if not known
public record Model(String name, int contextTokens, String precision, long bytes) {}
