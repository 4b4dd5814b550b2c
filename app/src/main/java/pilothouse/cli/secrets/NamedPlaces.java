package pilothouse.cli.secrets;

import java.util.List;
import java.util.stream.Collectors;
import pilothouse.cli.UsageProblem;
import pilothouse.secrets.SecretPlace;
import pilothouse.secrets.SecretRef;

/// Finds the place that a name on the command line begins with. What was typed is never repeated: it
/// may be the key itself, put where its name belongs.
record NamedPlaces(List<SecretPlace> all) {
    /// @param name inside its place
    record Named(SecretPlace place, String name) {
        String whole() {
            return place.prefix() + name;
        }
    }

    /// @throws UsageProblem if it begins with none
    Named find(String typed) {
        for (var place : all)
            if (typed.startsWith(place.prefix()))
                return new Named(place, new SecretRef(typed).name().substring(place.prefix().length()));
        throw new UsageProblem("The name of a secret begins with " + all.stream().map(SecretPlace::prefix).collect(Collectors.joining(" or ")),
                "secrets", "For example keyring:openai. The key itself is never an argument: it is asked for, or read from standard input."
                + " A variable (env:NAME) is set outside Pilothouse.");
    }
}
