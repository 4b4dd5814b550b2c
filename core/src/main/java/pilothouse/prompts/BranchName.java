package pilothouse.prompts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a line of versions within a prompt.
public record BranchName(@JsonValue String name) {
    public static final BranchName MAIN = new BranchName("main");

    @JsonCreator
    public BranchName {
        if (!name.matches("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.-]{0,99}"))
            throw new IllegalArgumentException("A branch's name has up to 100 letters, digits, _ - and .");
    }

    @Override
    public String toString() {
        return name;
    }
}
