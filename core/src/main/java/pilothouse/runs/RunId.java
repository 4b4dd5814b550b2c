package pilothouse.runs;

import java.util.UUID;
import pilothouse.problems.ProblemException;

/// @param value UUIDv7: ids sort about by their time
public record RunId(UUID value) {
    /// @throws ProblemException if `text` is no run's id
    public static RunId parse(String text) {
        try {
            return new RunId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw new ProblemException("\"" + text + "\" is no run", "run",
                    "Copy the id from the list of runs: 36 characters such as 01932c07-...");
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
