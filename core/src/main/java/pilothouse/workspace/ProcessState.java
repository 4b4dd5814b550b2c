package pilothouse.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Whether another process runs or was suspended (`SIGSTOP`, Ctrl+Z): it keeps its locks then and answers nothing.
public final class ProcessState {
    private ProcessState() {}

    /// False where it cannot be found out: Windows has no such state.
    public static boolean isStopped(long pid) {
        try {
            var stat = Path.of("/proc", Long.toString(pid), "stat");
            var state = Files.exists(stat) ? afterName(Files.readString(stat)) : ps(pid);
            return state.startsWith("T") || state.startsWith("t");
        } catch (IOException _) { // it has just ended, or there is no such program here
            return false;
        }
    }

    /// `PID (name, which may hold anything) STATE ...`
    private static String afterName(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 1).strip();
    }

    private static String ps(long pid) throws IOException {
        var ps = new ProcessBuilder("ps", "-o", "state=", "-p", Long.toString(pid)).redirectErrorStream(true).start();
        try (var out = ps.getInputStream()) {
            var state = new String(out.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII).strip();
            return ps.waitFor(1, TimeUnit.SECONDS) && ps.exitValue() == 0 ? state : "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
