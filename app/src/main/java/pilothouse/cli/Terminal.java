package pilothouse.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Where a command reads and writes: this process's own terminal, or that of the process which sent
/// the command here.
///
/// @param folder      relative paths in arguments start here
/// @param interactive true if a person sits in front of it: colours and progress bars make sense
/// @param width       columns
public record Terminal(InputStream in, PrintStream out, PrintStream err, Path folder, boolean interactive, int width) {
    private static final int USUAL_WIDTH = 100;

    /// The terminal of this process.
    public static Terminal ofThisProcess() {
        return new Terminal(System.in, utf8(System.out), utf8(System.err), Path.of("").toAbsolutePath(),
                System.console() != null && System.console().isTerminal() && System.getenv("NO_COLOR") == null,
                columns());
    }

    /// `path` as meant by whoever typed it.
    public Path resolve(Path path) {
        return folder.resolve(path).normalize();
    }

    private static PrintStream utf8(PrintStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    private static int columns() {
        try {
            return Integer.parseInt(System.getenv().getOrDefault("COLUMNS", ""));
        } catch (NumberFormatException _) {
            return USUAL_WIDTH;
        }
    }
}
