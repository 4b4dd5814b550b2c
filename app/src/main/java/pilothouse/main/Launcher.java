package pilothouse.main;

import java.util.List;
import pilothouse.cli.Terminal;

/// The program's entry.
public final class Launcher {
    private Launcher() {}

    public static void main(String[] arguments) {
        System.exit(new Session().run(List.of(arguments), Terminal.ofThisProcess()));
    }
}
