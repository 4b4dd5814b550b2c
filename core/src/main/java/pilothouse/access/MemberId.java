package pilothouse.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a [Member]. In JSON and in the store just its text.
///
/// @param name 1 to 200 characters, without control characters
public record MemberId(@JsonValue String name) {
    @JsonCreator
    public MemberId {
        if (name.isBlank() || name.length() > 200 || name.chars().anyMatch(Character::isISOControl))
            throw new IllegalArgumentException("A member's name has 1 to 200 printable characters");
    }

    @Override
    public String toString() {
        return name;
    }
}
