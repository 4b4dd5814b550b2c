package pilothouse.store;

import java.nio.file.Path;

/// Migrates an empty store in many steps.
final class MigratingChild {
    static final int STEPS = 40;

    private MigratingChild() {}

    public static void main(String[] arguments) {
        System.out.println("started");
        MigrationTest.open(Path.of(arguments[0]), MigrationTest.steps(STEPS)).close();
    }
}
