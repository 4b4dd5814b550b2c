package pilothouse.kills;

import java.nio.file.Path;
import java.util.Random;

/// A process that goes through one phase until it is killed, or as long as it is told.
final class KilledChild {
    private KilledChild() {}

    /// @param arguments folder, seed, phase, and how many rounds if not for ever; phase `ALL`: every one, briefly
    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var random = new Random(Long.parseLong(arguments[1]));
        if (arguments[2].equals("ALL")) {
            for (var phase : Phases.values()) phase.phase().work(java.nio.file.Files.createDirectories(folder.resolve(phase.name())), random, 2);
            return;
        }
        Phases.valueOf(arguments[2]).phase().work(folder, random, arguments.length > 3 ? Integer.parseInt(arguments[3]) : Integer.MAX_VALUE);
    }
}
