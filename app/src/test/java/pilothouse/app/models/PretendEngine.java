package pilothouse.app.models;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// A child process that speaks the engine's protocol without a model. It refuses a model whose name has `refused` in it,
/// and never gets ready with one that has `slow` in it.
final class PretendEngine {
    private static final Set<String> LOADED = new TreeSet<>();

    private PretendEngine() {}

    public static void main(String[] arguments) throws Exception {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        in.readLine(); // the token
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", PretendEngine::answer);
        server.start();
        System.out.println("{\"port\":" + server.getAddress().getPort() + ",\"pid\":" + ProcessHandle.current().pid() + ",\"version\":\"0.1.0\"}");
        while (in.readLine() != null) continue;
        System.exit(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        switch (exchange.getRequestURI().getPath()) {
            case "/health" -> send(exchange, "{\"status\":\"ok\"}");
            case "/metrics" -> send(exchange, "process_resident_memory_bytes 4.12E8\n");
            case "/models/load" -> load(exchange, model(body));
            case "/models/unload" -> {
                LOADED.remove(model(body));
                send(exchange, "{}");
            }
            default -> send(exchange, "{\"data\":[" + String.join(",", LOADED.stream()
                    .map(name -> "{\"id\":\"" + name + "\",\"max_model_len\":2048,\"precision\":\"int4\",\"bytes\":90000000}").toList()) + "]}");
        }
    }

    private static void load(HttpExchange exchange, String model) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (var out = exchange.getResponseBody()) {
            out.write("{\"progress\":0.25,\"step\":\"weights\"}\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (model.contains("slow")) new CountDownLatch(1).await();
            var refused = model.contains("refused");
            if (!refused) LOADED.add(model);
            out.write((refused ? "{\"error\":{\"message\":\"no tensor output.weight\"}}\n" : "{\"loaded\":{\"id\":\"" + model + "\"}}\n").getBytes(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static String model(String json) {
        return json.replaceAll("(?s).*\"model\":\"([^\"]*)\".*", "$1");
    }

    private static void send(HttpExchange exchange, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
