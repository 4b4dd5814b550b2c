package pilothouse.connectors;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Sends requests to one server. Every method blocks, may be interrupted, and throws
/// [ProblemException] with the server's text and a remedy. Redirects are never followed, so that the
/// key goes to no other host. Safe for use from any thread.
public final class ServerClient implements AutoCloseable {
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
    private static final int MAX_BODY = 32 << 20;

    private final Server server;
    private final ServerProblems problems;
    private final OkHttpClient http;

    /// To a server whose address the user typed, or which is on this machine.
    public ServerClient(Server server) {
        this(server, Connection.toTyped(server.base().getHost(), Network.DIRECT).client(_ -> Optional.empty()));
    }

    /// @param way of [Connection#client]
    public ServerClient(Server server, OkHttpClient.Builder way) {
        this.server = server;
        this.problems = new ServerProblems(server);
        // No read time-out: the waiting side counts, since a server may trickle bytes for ever.
        // No retry: a generation that was sent must not be sent twice behind the user's back.
        this.http = way.connectTimeout(server.limits().connect())
                .readTimeout(Duration.ZERO).writeTimeout(Duration.ZERO).build();
    }

    /// The body of a route, at most 32 MB.
    public String get(String route) throws InterruptedException {
        return whole(open(request(route).get().build()));
    }

    /// @param body a record, map or node
    /// @throws ProblemException also if the answer is no JSON object
    public JsonNode post(String route, Object body) throws InterruptedException {
        return object(whole(open(post(request(route), body))));
    }

    /// Sends `body` and gives each line of the answer, which is JSON lines, to `each`.
    /// An interrupt closes the connection, which the server takes as a cancel.
    ///
    /// @param quiet the longest silence allowed
    public void postLines(String route, Object body, Duration quiet, Consumer<JsonNode> each) throws InterruptedException {
        try (var stream = open(post(request(route), body))) {
            var line = new ByteArrayOutputStream();
            for (var bytes = next(stream, quiet); bytes.length > 0; bytes = next(stream, quiet))
                for (byte b : bytes)
                    if (b != '\n') line.write(b);
                    else deliver(line, each);
            deliver(line, each);
        }
    }

    /// The JSON object that `text` is.
    JsonNode object(String text) {
        try {
            var node = Json.parse(text);
            if (node.isObject()) return node;
        } catch (JacksonException e) {
            throw new ProblemException(problems.strange(text).problem(), e);
        }
        throw problems.strange(text);
    }

    /// Starts a streamed answer; the caller closes it.
    ServerStream stream(String route, Object body) {
        return open(post(request(route), body));
    }

    Server server() {
        return server;
    }

    ServerProblems problems() {
        return problems;
    }

    /// Closes idle connections; answers under way go on.
    @Override
    public void close() {
        http.connectionPool().evictAll();
    }

    private ServerStream open(Request request) {
        Call call = http.newCall(request);
        return new ServerStream(call, problems);
    }

    private Request.Builder request(String route) {
        var request = new Request.Builder().url(server.address(route));
        Optional<String> key = server.key().get();
        key.ifPresent(k -> request.header("Authorization", "Bearer " + k));
        return request;
    }

    private static Request post(Request.Builder request, Object body) {
        return request.post(RequestBody.create(Json.write(body), JSON)).build();
    }

    private String whole(ServerStream stream) throws InterruptedException {
        try (stream) {
            var deadline = System.nanoTime() + server.limits().firstToken().toNanos();
            var body = new ByteArrayOutputStream();
            while (true) {
                var bytes = next(stream, Duration.ofNanos(deadline - System.nanoTime()));
                if (bytes.length == 0) return body.toString(StandardCharsets.UTF_8);
                body.writeBytes(bytes);
                if (body.size() > MAX_BODY)
                    throw new ProblemException("The answer is longer than " + (MAX_BODY >> 20) + " MB", server.place(),
                            "Check that the address is that of an OpenAI-shaped model server.");
            }
        }
    }

    private byte[] next(ServerStream stream, Duration patience) throws InterruptedException {
        try {
            return stream.next(patience);
        } catch (TimeoutException e) {
            throw new ProblemException(problems.tooSlow("answer", server.limits().firstToken()).problem(), e);
        }
    }

    private void deliver(ByteArrayOutputStream line, Consumer<JsonNode> each) {
        var text = line.toString(StandardCharsets.UTF_8).strip();
        line.reset();
        if (!text.isEmpty()) each.accept(object(text));
    }
}
