package pilothouse.secrets;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pilothouse.problems.ProblemException;

/// Where secrets are found by name: those which the program made itself (such as the local engine's
/// token) and environment variables. Whatever was found or held once is known from then on, and the
/// output filter withholds it. Safe for use from any thread; nothing is written anywhere.
public final class Keyring {
    private static final int RANDOM_BYTES = 32;

    private final Map<String, String> environment;
    private final Map<String, Secret> known = new TreeMap<>();

    /// @param environment variables by name, as of [System#getenv()]
    public Keyring(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /// Keeps a secret of the program's own, in the place of an earlier one of that name.
    public synchronized Secret hold(SecretRef ref, String value) {
        var secret = new Secret(ref, value);
        known.put(ref.name(), secret);
        return secret;
    }

    /// Makes and keeps a new secret of 256 random bits, in hexadecimal.
    public Secret generate(SecretRef ref) {
        var bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return hold(ref, HexFormat.of().formatHex(bytes));
    }

    /// The secret of that name; empty if nobody holds it and no environment variable has it.
    ///
    /// @throws ProblemException if the variable's value is too short to be a secret
    public synchronized Optional<Secret> find(SecretRef ref) {
        var held = Optional.ofNullable(known.get(ref.name()));
        return held.isPresent() ? held : variable(ref).map(value -> hold(ref, value));
    }

    /// Everything held or found so far, by name.
    public synchronized List<Secret> known() {
        return List.copyOf(known.values());
    }

    private Optional<String> variable(SecretRef ref) {
        if (!ref.name().startsWith(SecretRef.ENVIRONMENT)) return Optional.empty();
        var name = ref.name().substring(SecretRef.ENVIRONMENT.length());
        var value = Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
        if (value.isPresent() && value.get().length() < Secret.SHORTEST)
            throw new ProblemException("The environment variable " + name + " holds only " + value.get().length()
                    + " characters", name, "Set it to the whole key: a secret has at least " + Secret.SHORTEST
                    + " characters.");
        return value;
    }
}
