package pilothouse.main;

import java.util.Optional;
import pilothouse.problems.ProblemException;
import pilothouse.secrets.Keyring;
import pilothouse.secrets.Secret;
import pilothouse.secrets.SecretRef;
import pilothouse.store.TeamDatabase;

/// Where the prompts are: in the workspace, or in a team's database.
///
/// @param secret name of the database's password; without one it is `PGPASSWORD`'s, and then that of `.pgpass`
record StoreChoice(Optional<TeamDatabase> team, Optional<SecretRef> secret) {
    static final StoreChoice WORKSPACE = new StoreChoice(Optional.empty(), Optional.empty());

    private static final SecretRef USUAL = new SecretRef(SecretRef.ENVIRONMENT + "PGPASSWORD");

    /// @throws ProblemException if a secret was named that nobody holds
    Optional<Secret> password(Keyring keyring) {
        if (secret.isEmpty()) return keyring.find(USUAL);
        var found = keyring.find(secret.get());
        if (found.isEmpty())
            throw new ProblemException("There is no secret of this name", secret.get().name(), "Set the variable, add it by `pilothouse secrets add`, or name another by --store-secret");
        return found;
    }
}
