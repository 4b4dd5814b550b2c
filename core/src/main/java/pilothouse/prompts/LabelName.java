package pilothouse.prompts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import pilothouse.problems.ProblemException;

/// Names a label, such as `production`. Never a number and never `head`: those name versions.
public record LabelName(@JsonValue String name) implements Comparable<LabelName> {
    /// @throws ProblemException if it cannot be one
    @JsonCreator
    public LabelName {
        if (!name.matches("[\\p{L}_][\\p{L}\\p{N}_.-]{0,99}") || name.equals("head"))
            throw new ProblemException("This is no name for a label", name,
                    "Begin with a letter, go on with letters, digits, _ - and .; not head, which is the newest version");
    }

    @Override
    public int compareTo(LabelName other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
