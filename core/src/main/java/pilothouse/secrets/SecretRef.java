package pilothouse.secrets;

import pilothouse.problems.ProblemException;

/// The name of a secret. Settings, targets and messages carry names; only a [Keyring] turns one into
/// its value.
///
/// @param name what people call it, such as `engine token`; a name that begins with [#ENVIRONMENT]
///             stands for the environment variable named after it
public record SecretRef(String name) {
    /// Begins the name of a secret that lies in an environment variable: `env:OPENAI_API_KEY`.
    public static final String ENVIRONMENT = "env:";

    public SecretRef {
        if (name.isBlank() || name.equals(ENVIRONMENT))
            throw new ProblemException("A secret has no name", "secret",
                    "Name it, for example " + ENVIRONMENT + "OPENAI_API_KEY.");
    }
}
