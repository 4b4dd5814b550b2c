package pilothouse.secrets;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The places of this user on this machine.
public final class UsersPlaces {
    /// The property that puts the encrypted file elsewhere.
    static final String FILE_PROPERTY = "pilothouse.secrets";

    private UsersPlaces() {}

    /// Opens nothing yet.
    ///
    /// @param passphrases asked when the encrypted file is first needed
    public static List<SecretPlace> all(Passphrases passphrases) {
        var os = System.getProperty("os.name");
        var file = Optional.ofNullable(System.getProperty(FILE_PROPERTY)).map(Path::of)
                .orElseGet(() -> SecretFile.standardPlace(os, System.getenv(), Path.of(System.getProperty("user.home"))));
        return List.of(OsKeyring.of(os), new SecretFile(file.toAbsolutePath(), passphrases));
    }
}
