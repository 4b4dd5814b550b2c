package pilothouse.store;

/// Something that changed, told after the commit.
///
/// @param kind   what it is, such as `prompt` or `label`
/// @param id     which one
/// @param number its number where it has one (a version's), else 0
public record Change(String kind, String id, long number) {}
