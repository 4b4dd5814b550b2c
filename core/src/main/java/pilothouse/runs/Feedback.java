package pilothouse.runs;

import java.time.Instant;
import pilothouse.access.MemberId;

/// A thumb and a note on the answer of a run. The newest one of a run counts; the ones before it stay.
///
/// @param note empty if there is none
public record Feedback(RunId run, Rating rating, String note, MemberId member, Instant givenAt) {
    /// Longest note, in UTF-16 units.
    public static final int MAX_NOTE = 10_000;

    public Feedback {
        if (note.length() > MAX_NOTE) throw new IllegalArgumentException("A note has at most " + MAX_NOTE + " characters");
    }

    /// Whether it says nothing.
    public boolean isEmpty() {
        return rating == Rating.NONE && note.isBlank();
    }
}
