package pilothouse.secrets;

import java.util.List;
import java.util.regex.Pattern;
import pilothouse.problems.ProblemException;

/// The name of a secret. Settings, targets and messages carry names; only a [Keyring] turns one into
/// its value.
///
/// @param name what people call it, such as `engine token`; its beginning says where the secret lies:
///             [#ENVIRONMENT], [#KEYRING] or [#FILE]; without one it is the program's own
public record SecretRef(String name) {
    /// Begins the name of a secret that lies in an environment variable: `env:OPENAI_API_KEY`.
    public static final String ENVIRONMENT = "env:";

    /// Begins the name of a secret that the operating system keeps: `keyring:openai`.
    public static final String KEYRING = "keyring:";

    /// Begins the name of a secret in the user's encrypted file: `file:openai`.
    public static final String FILE = "file:";

    private static final Pattern IN_A_PLACE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /// @throws ProblemException if it is no name; it is not repeated there, since people take a key for its name
    public SecretRef {
        if (name.isBlank() || name.equals(ENVIRONMENT))
            throw new ProblemException("A secret has no name", "secret",
                    "Name it, for example " + ENVIRONMENT + "OPENAI_API_KEY.");
        for (var prefix : List.of(KEYRING, FILE))
            if (name.startsWith(prefix) && !IN_A_PLACE.matcher(name.substring(prefix.length())).matches())
                throw new ProblemException("The name of a secret has letters, figures, \".\", \"_\" and \"-\", at most 100", "secret",
                        "Name it, for example " + prefix + "openai.");
    }

    boolean isIn(String prefix) {
        return name.startsWith(prefix);
    }

    /// The name without `prefix`, with which it begins.
    String after(String prefix) {
        return name.substring(prefix.length());
    }
}
