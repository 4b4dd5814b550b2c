package pilothouse.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import pilothouse.engine.ModelSource.Parts;
import pilothouse.engine.cache.CacheBudget;
import pilothouse.json.Json;
import pilothouse.messages.Message;
import pilothouse.tokens.Specials;
import pilothouse.tokens.Tokenizer;
import pilothouse.tokens.Tokenizers;
import pilothouse.tokens.Vocabulary;
import tools.jackson.databind.JsonNode;

/// The engine's server on a real socket, with [NgramModel] as its model; and a client for it.
final class TestEngine implements AutoCloseable {
    static final String TOKEN = "0123456789abcdef";
    static final String MODEL = "ngram";
    static final int CONTEXT = 4096;
    /// Control tokens 0 ends an answer, 1 begins a turn, 2 begins the answer; then one token a byte.
    static final Tokenizer TOKENIZER = Tokenizers.of(vocabulary());

    final EngineServer server;
    final HttpClient client = HttpClient.newHttpClient();
    final NgramModel model;

    /// Serves one request at a time.
    TestEngine(String training, NgramModel.BeforeStep beforeStep) throws Exception {
        this(training, new CacheBudget(1, CONTEXT, 0), beforeStep);
    }

    TestEngine(String training, CacheBudget budget, NgramModel.BeforeStep beforeStep) throws Exception {
        model = new NgramModel(TOKENIZER.encode(training, Specials.PARSED), TOKENIZER.size(), CONTEXT, beforeStep);
        server = EngineServer.start(0, TOKEN, (_, _, context, progress) -> {
            progress.at(0.5, "half");
            model.reserveBlocks(budget.blocks());
            return new Parts(model, TOKENIZER, Optional.of(TestEngine::chat), context.orElse(CONTEXT), budget);
        }, InstantSource.system());
        post("/models/load", "{'model':'ngram','path':'x.gguf'}");
    }

    TestEngine(ModelSource source) throws IOException {
        model = null;
        server = EngineServer.start(0, TOKEN, source, InstantSource.system());
    }

    private static int[] chat(List<Message> messages, boolean addGenerationPrompt) {
        var ids = messages.stream().flatMapToInt(message -> IntStream.concat(IntStream.of(1),
                Arrays.stream(TOKENIZER.encode(message.text(), Specials.AS_TEXT))));
        return (addGenerationPrompt ? IntStream.concat(ids, IntStream.of(2)) : ids).toArray();
    }

    private static Vocabulary vocabulary() {
        var tokens = new ArrayList<>(List.of("<|end|>", "<|turn|>", "<|answer|>"));
        var types = new ArrayList<>(Collections.nCopies(3, Vocabulary.CONTROL));
        int extra = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = b >= 33 && b <= 126 || b >= 161 && b <= 172 || b >= 174;
            tokens.add(String.valueOf((char) (printable ? b : extra++)));
            types.add(Vocabulary.NORMAL);
        }
        return new Vocabulary("gpt2", "gpt-2", tokens, types.stream().mapToInt(type -> type).toArray(), List.of(),
                OptionalInt.empty(), OptionalInt.of(0), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), false, false);
    }

    /// @param json with ' for "
    HttpResponse<String> post(String path, String json) throws Exception {
        return client.send(request(path).POST(HttpRequest.BodyPublishers.ofString(json.replace('\'', '"'))).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    JsonNode postJson(String path, String json) throws Exception {
        return Json.parse(post(path, json).body());
    }

    HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer " + TOKEN);
    }

    /// The JSON of all events of a stream but the last, which must be `[DONE]`.
    static List<JsonNode> events(String body) {
        var lines = body.lines().filter(line -> !line.isEmpty()).toList();
        if (!lines.getLast().equals("data: [DONE]")) throw new AssertionError("the stream ends with " + lines.getLast());
        return lines.subList(0, lines.size() - 1).stream().map(line -> Json.parse(line.substring("data: ".length()))).toList();
    }

    /// A connection of one request, to be read, or not, or cut.
    Socket open(String path, String json) throws IOException {
        var body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        var socket = new Socket("127.0.0.1", server.port());
        socket.getOutputStream().write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TOKEN
                + "\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        socket.getOutputStream().flush();
        return socket;
    }

    static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /// The value of a series; its labels may follow in `name`.
    double metric(String name) throws Exception {
        return get("/metrics").body().lines().filter(line -> line.startsWith(name)).findFirst()
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).orElseThrow();
    }

    /// Asks until it is so: each question is a request of its own, so time passes.
    void awaitMetric(String name, double value) throws Exception {
        long until = System.nanoTime() + 20_000_000_000L;
        while (metric(name) != value)
            if (System.nanoTime() > until) throw new AssertionError(name + " is " + metric(name) + ", not " + value);
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
