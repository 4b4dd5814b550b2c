package pilothouse.main;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import pilothouse.json.Json;

/// A server that tells its clients their own key, in the way that the model's name says.
final class EchoServer implements AutoCloseable {
    static final List<String> WAYS = List.of("pieces", "refusal", "page", "login", "redirect", "strange", "midway", "failure");

    private final HttpServer server;
    private final Set<String> asked = new ConcurrentSkipListSet<>();

    EchoServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// `way key` for each way that was asked for with a key.
    Set<String> asked() {
        return Set.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var way = Json.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)).path("model").asString("");
            var key = exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer ", "");
            asked.add(way + " " + key);
            var half = key.length() / 2;
            switch (way) {
                case "pieces" -> send(exchange, 200, "text/event-stream", delta("Your key is " + key.substring(0, half)) + delta(key.substring(half) + ".")
                        + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
                case "refusal" -> send(exchange, 401, "application/json", "{\"error\":{\"message\":\"Incorrect API key provided: " + key + "\",\"code\":\"" + key + "\"}}");
                case "page" -> send(exchange, 502, "text/html", "<html><h1>Authorization: Bearer " + key + "</h1>");
                case "login" -> send(exchange, 200, "text/html", "<html>" + key);
                case "redirect" -> {
                    exchange.getResponseHeaders().set("Location", "http://127.0.0.1:9/login?token=" + key);
                    send(exchange, 307, "text/plain", "");
                }
                case "strange" -> send(exchange, 200, "application/json", "{\"hello\":\"" + key + "\"}");
                case "midway" -> send(exchange, 200, "text/event-stream", delta("So far") + "data: {\"error\":{\"message\":\"lost " + key + "\"}}\n\n");
                default -> send(exchange, 500, "text/plain", "java.lang.IllegalStateException: " + key);
            }
        }
    }

    private static String delta(String text) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
