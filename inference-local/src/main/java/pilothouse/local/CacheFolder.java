package pilothouse.local;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// Where this platform wants a program's cache.
public final class CacheFolder {
    private CacheFolder() {}

    /// This user's: `$XDG_CACHE_HOME/pilothouse` or `~/.cache/pilothouse`, `~/Library/Caches/Pilothouse`
    /// or `%LOCALAPPDATA%\Pilothouse\Cache`.
    public static Path ofUser() {
        return of(System.getProperty("os.name"), Path.of(System.getProperty("user.home")), System.getenv());
    }

    static Path of(String system, Path home, Map<String, String> variables) {
        var name = system.toLowerCase(Locale.ROOT);
        if (name.contains("mac")) return home.resolve("Library/Caches/Pilothouse");
        if (name.contains("windows"))
            return folder(variables, "LOCALAPPDATA", home.resolve("AppData/Local")).resolve("Pilothouse").resolve("Cache");
        return folder(variables, "XDG_CACHE_HOME", home.resolve(".cache")).resolve("pilothouse");
    }

    /// The XDG rules: a variable that is empty or relative counts as not set.
    private static Path folder(Map<String, String> variables, String name, Path otherwise) {
        var path = Path.of(variables.getOrDefault(name, ""));
        return path.isAbsolute() ? path : otherwise;
    }
}
