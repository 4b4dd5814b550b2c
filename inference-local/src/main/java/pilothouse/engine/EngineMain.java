package pilothouse.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import pilothouse.json.Json;

/// The engine's process. Reads the bearer token as the first line of its input, says in one line of JSON on its output
/// where it listens, and ends at once when its input ends, whatever it is doing: so it never outlives its parent.
public final class EngineMain {
    private static final String VERSION = "0.1.0";
    private static final int MOST_THREADS = 999;
    private static final int MOST_PORT = 65_535;
    private static final int LEAST_TOKEN = 16;
    private static final int MOST_TOKEN = 1024;

    private EngineMain() {}

    public static void main(String[] args) throws IOException {
        System.setProperty("logback.configurationFile", "pilothouse/engine/engine-logback.xml");
        System.setProperty("ai.djl.offline", "true"); // never the network
        var out = System.out;
        System.setOut(System.err); // nothing but the one line may reach the parent
        int threads = number(args, "--threads", MOST_THREADS);
        int port = number(args, "--port", MOST_PORT);
        var token = readToken(System.in);
        if (threads > 0) limitThreads(threads);
        var server = EngineServer.start(port, token, new GgufModelSource(), InstantSource.system());
        announce(out, server.port());
        endWithParent();
    }

    /// The number behind `option`; 0 if it is not there.
    private static int number(String[] args, String option, int most) {
        int at = Arrays.asList(args).indexOf(option);
        if (at < 0) return 0;
        if (at + 1 < args.length && args[at + 1].matches("[1-9]\\d{0,4}") && Integer.parseInt(args[at + 1]) <= most)
            return Integer.parseInt(args[at + 1]);
        throw new IllegalArgumentException("Usage: EngineMain [--threads N] [--port N], with the bearer token on the first line of the input");
    }

    /// PyTorch reads them once, when it starts.
    private static void limitThreads(int threads) {
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    }

    private static String readToken(InputStream in) throws IOException {
        var token = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || token.length() == MOST_TOKEN)
                throw new IllegalArgumentException("The first line of the input must be the bearer token");
            if (next != '\r') token.append((char) next);
        }
        if (token.length() < LEAST_TOKEN || !token.chars().allMatch(c -> c > ' ' && c < 127))
            throw new IllegalArgumentException("The bearer token must have " + LEAST_TOKEN + " or more printable characters");
        return token.toString();
    }

    /// Halts rather than exits: a native call in another thread must not delay the end.
    private static void endWithParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            Runtime.getRuntime().halt(0); // a broken pipe is an end as well
        }
        Runtime.getRuntime().halt(0);
    }

    private static void announce(PrintStream out, int port) {
        var line = new LinkedHashMap<String, Object>();
        line.put("port", port);
        line.put("pid", ProcessHandle.current().pid());
        line.put("version", VERSION);
        out.print(Json.write(line) + "\n");
        out.flush();
    }
}
