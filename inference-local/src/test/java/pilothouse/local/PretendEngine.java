package pilothouse.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// A child process that speaks the engine's protocol without a model: it repeats words, and dies,
/// hangs or falls silent when told to. Arguments: `die-at-start`, `say-nothing`, `die-on-load`.
final class PretendEngine {
    private static final Set<String> LOADED = new TreeSet<>();
    private static volatile boolean hanging;
    private static String token;

    private PretendEngine() {}

    public static void main(String[] arguments) throws Exception {
        var options = List.of(arguments);
        if (options.contains("die-at-start")) {
            System.err.println("the pretended engine dies at once");
            System.exit(3);
        }
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        token = in.readLine();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, options));
        server.start();
        if (!options.contains("say-nothing"))
            System.out.println("{\"port\":" + server.getAddress().getPort() + ",\"pid\":" + ProcessHandle.current().pid() + ",\"version\":\"0.1.0\"}");
        while (in.readLine() != null) continue;
        System.exit(0);
    }

    private static void answer(HttpExchange exchange, List<String> options) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 401, "{\"error\":{\"message\":\"wrong token\"}}");
            return;
        }
        if (hanging) return; // the exchange stays open
        switch (exchange.getRequestURI().getPath()) {
            case "/health" -> send(exchange, 200, "{\"status\":\"ok\"}");
            case "/metrics" -> send(exchange, 200, "vllm:num_requests_running 0\n");
            case "/models/load" -> load(exchange, body, options);
            case "/models/unload" -> {
                LOADED.remove(field(body, "model"));
                send(exchange, 200, "{}");
            }
            case "/v1/models" -> send(exchange, 200, "{\"data\":[" + String.join(",", LOADED.stream()
                    .map(name -> "{\"id\":\"" + name + "\",\"max_model_len\":2048,\"precision\":\"int4\",\"bytes\":7}").toList()) + "]}");
            case "/tokenize" -> send(exchange, 200, "{\"count\":2,\"tokens\":[1,2]}");
            default -> chat(exchange, body);
        }
    }

    private static void load(HttpExchange exchange, String body, List<String> options) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (var out = exchange.getResponseBody()) {
            line(out, "{\"progress\":0.25,\"step\":\"weights\"}");
            if (options.contains("die-on-load")) die("dying while loading");
            if (field(body, "model").contains("broken")) line(out, "{\"error\":{\"message\":\"the file is broken\"}}");
            else {
                LOADED.add(field(body, "model"));
                line(out, "{\"loaded\":{\"id\":\"" + field(body, "model") + "\"}}");
            }
        }
    }

    private static void chat(HttpExchange exchange, String body) throws IOException {
        if (!LOADED.contains(field(body, "model"))) {
            send(exchange, 404, "{\"error\":{\"message\":\"model not loaded\"}}");
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        try (var out = exchange.getResponseBody()) {
            word(out, "one");
            word(out, " two");
            if (body.contains("crash")) die("a pretended native crash");
            if (body.contains("hang")) hanging = true;
            if (body.contains("endless") || hanging) new CountDownLatch(1).await();
            line(out, "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n");
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void die(String words) {
        System.err.println(words);
        Runtime.getRuntime().halt(134);
    }

    private static void word(OutputStream out, String text) throws IOException {
        line(out, "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}\n");
    }

    private static void line(OutputStream out, String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String field(String json, String name) {
        return json.replaceAll("(?s).*\"" + name + "\":\"([^\"]*)\".*", "$1");
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
