package pilothouse.secrets;

import java.util.Objects;

/// A secret in memory. Its text leaves it through [#reveal] only: it appears in no `toString`, no
/// JSON and no log.
public final class Secret {
    /// What is shorter is guessed and, as a word of ordinary text, cannot be withheld from it.
    public static final int SHORTEST = 8;

    private final SecretRef ref;
    private final String value;

    /// @throws IllegalArgumentException if `value` is shorter than [#SHORTEST] UTF-16 units
    public Secret(SecretRef ref, String value) {
        if (value.length() < SHORTEST)
            throw new IllegalArgumentException(ref.name() + ": a secret has at least " + SHORTEST + " characters");
        this.ref = Objects.requireNonNull(ref);
        this.value = value;
    }

    public SecretRef ref() {
        return ref;
    }

    /// The secret text. Call it where the text is used, and keep it nowhere.
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.ref.equals(ref) && secret.value.equals(value);
    }

    /// Of the name only, so that a hash tells nothing of the text.
    @Override
    public int hashCode() {
        return ref.hashCode();
    }

    @Override
    public String toString() {
        return "[secret " + ref.name() + "]";
    }
}
