package pilothouse.app.charts;

/// Something that happened at a time: a dashed vertical line with a dot and a short label, on every chart of a board.
///
/// @param time  milliseconds since the epoch
/// @param kind  a release (purple) or a change of configuration (grey), everywhere the same
/// @param label as short as `v14 25 %`; it is left out where it finds no room
public record Mark(long time, Kind kind, String label) {
    /// What happened.
    public enum Kind { RELEASE, CONFIGURATION }
}
