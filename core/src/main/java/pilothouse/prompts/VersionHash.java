package pilothouse.prompts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// A SHA-256 as 64 lower-case hexadecimal digits.
public record VersionHash(@JsonValue String hex) {
    @JsonCreator
    public VersionHash {
        if (!hex.matches("[0-9a-f]{64}")) throw new IllegalArgumentException(hex + " is no SHA-256 in hexadecimal");
    }

    @Override
    public String toString() {
        return hex;
    }
}
