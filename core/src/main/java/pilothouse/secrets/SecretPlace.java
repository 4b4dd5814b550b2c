package pilothouse.secrets;

import java.util.List;
import java.util.Optional;
import pilothouse.problems.ProblemException;

/// Where the user keeps secrets, outside every workspace. Every method blocks, may ask the user, and
/// throws [ProblemException] if the place is not there or does not open. Safe for use from any thread.
public interface SecretPlace {
    /// How the names of its secrets begin in a [SecretRef].
    String prefix();

    /// What and where it is, in words; asks nobody.
    String description();

    /// @param name without the prefix
    Optional<String> find(String name);

    /// The names of what Pilothouse keeps there, sorted, without the prefix. Opens nothing that needs a passphrase.
    List<String> names();

    /// Keeps a secret, in the place of an earlier one of that name.
    void put(String name, String value);

    /// @return false if there was none of that name
    boolean remove(String name);
}
