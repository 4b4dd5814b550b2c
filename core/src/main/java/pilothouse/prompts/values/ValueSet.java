package pilothouse.prompts.values;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import pilothouse.access.MemberId;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.PromptId;

/// Values for a prompt's variables, under a name. It belongs to the prompt and not to a version: a variable that a
/// version does not have is not read by it.
///
/// @param id     for ever, whatever it is called; a UUIDv7
/// @param change 1, 2, 3 ...: how often it was saved, so that two who change it hear of each other
/// @param values by variable, whatever JSON can say; what is absent takes its default
public record ValueSet(UUID id, PromptId prompt, int change, ValueSetName name, Map<String, Object> values, MemberId savedBy,
        Instant savedAt) {
    /// The most characters that the values of a set may have as JSON.
    public static final int MAX_CHARS = 1 << 22;

    /// @throws ProblemException if the values are longer than [#MAX_CHARS]
    public ValueSet {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values)); // Map.copyOf takes no null and keeps no order
        var length = Json.write(values).length();
        if (length > MAX_CHARS)
            throw new ProblemException("The values are too long to be kept: " + length + " characters as JSON", "value set " + name,
                    "The most is " + MAX_CHARS + ": leave a part out");
    }

    /// Whether it holds just these, whatever their order and Java's types for a number.
    public boolean holds(Map<String, Object> others) {
        return values.equals(others) || Json.parse(Json.write(values)).equals(Json.parse(Json.write(others)));
    }
}
