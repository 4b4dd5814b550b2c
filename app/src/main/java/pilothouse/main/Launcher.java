package pilothouse.main;

/// The program's entry.
public final class Launcher {
    private Launcher() {}

    public static void main(String[] arguments) {
        System.out.println("Pilothouse");
    }
}
