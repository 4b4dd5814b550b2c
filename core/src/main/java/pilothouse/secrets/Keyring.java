package pilothouse.secrets;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import pilothouse.problems.ProblemException;

/// Where secrets are found by name: those which the program made itself (such as the local engine's
/// token), environment variables, and the places where the user keeps them. Whatever was found or held
/// once is known from then on, and the output filter withholds it. Safe for use from any thread.
public final class Keyring {
    private static final int RANDOM_BYTES = 32;

    private final Map<String, String> environment;
    private final List<SecretPlace> places;
    private final Map<String, Secret> held = new TreeMap<>();
    private final SequencedSet<Secret> known = new LinkedHashSet<>();

    /// @param environment variables by name, as of [System#getenv()]
    public Keyring(Map<String, String> environment) {
        this(environment, List.of());
    }

    /// @param places one a prefix
    public Keyring(Map<String, String> environment, List<SecretPlace> places) {
        this.environment = Map.copyOf(environment);
        this.places = List.copyOf(places);
    }

    /// Keeps a secret of the program's own, in the place of an earlier one of that name.
    public synchronized Secret hold(SecretRef ref, String value) {
        var secret = new Secret(ref, value);
        held.put(ref.name(), secret);
        known.add(secret);
        return secret;
    }

    /// Makes and keeps a new secret of 256 random bits, in hexadecimal.
    public Secret generate(SecretRef ref) {
        var bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return hold(ref, HexFormat.of().formatHex(bytes));
    }

    /// The secret of that name; empty if nobody holds it and neither a variable nor a place has it. A
    /// place is asked each time, so that a changed secret is taken at once; it may ask the user.
    ///
    /// @throws ProblemException if the value is too short to be a secret, or its place does not open
    public Optional<Secret> find(SecretRef ref) {
        for (var place : places)
            if (ref.isIn(place.prefix())) return place.find(ref.after(place.prefix())).map(value -> hold(ref, longEnough(ref, value)));
        return heldOrVariable(ref);
    }

    private synchronized Optional<Secret> heldOrVariable(SecretRef ref) {
        var found = Optional.ofNullable(held.get(ref.name()));
        return found.isPresent() ? found : variable(ref).map(value -> hold(ref, value));
    }

    /// Everything held or found so far, also what was replaced since.
    public synchronized List<Secret> known() {
        return List.copyOf(known);
    }

    private static String longEnough(SecretRef ref, String value) {
        if (value.length() >= Secret.SHORTEST) return value;
        throw new ProblemException("The secret holds only " + value.length() + " characters", ref.name(),
                "Add it again with the whole key: a secret has at least " + Secret.SHORTEST + " characters.");
    }

    private Optional<String> variable(SecretRef ref) {
        if (!ref.isIn(SecretRef.ENVIRONMENT)) return Optional.empty();
        var name = ref.after(SecretRef.ENVIRONMENT);
        var value = Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
        if (value.isPresent() && value.get().length() < Secret.SHORTEST)
            throw new ProblemException("The environment variable " + name + " holds only " + value.get().length()
                    + " characters", name, "Set it to the whole key: a secret has at least " + Secret.SHORTEST
                    + " characters.");
        return value;
    }
}
