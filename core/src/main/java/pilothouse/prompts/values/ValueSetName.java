package pilothouse.prompts.values;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import pilothouse.problems.ProblemException;

/// Names a [ValueSet] within its prompt, in any words.
public record ValueSetName(@JsonValue String text) implements Comparable<ValueSetName> {
    public static final int MAX_CHARS = 100;

    /// @throws ProblemException if it cannot be one
    @JsonCreator
    public ValueSetName {
        if (text.isBlank() || !text.equals(text.strip()) || text.length() > MAX_CHARS || text.chars().anyMatch(Character::isISOControl))
            throw new ProblemException("This is no name for a value set", text,
                    "Give it 1 to " + MAX_CHARS + " characters on one line, without spaces at its ends");
    }

    @Override
    public int compareTo(ValueSetName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
