package pilothouse.connectors.code;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pilothouse.connectors.SentRequest;
import pilothouse.json.Json;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.runtime.AnswerForm;
import pilothouse.runtime.Sampling;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The programs are read, and run: what they send must be the request.
class CodeLanguageTest {
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");
    private static final Path GOLDEN = Path.of("src/test/resources/pilothouse/connectors/code/golden");
    private static final String NOTE = "`pilothouse serve --model smollm2-135m` prints both variables";
    private static final String HOSTILE = "\"\"\" ''' ' \" \\ \\n $HOME `id` $(id) ${x} %s {0}\nJSON\n\ttab \u2028 end  \n\u0001 👩🏽 你好 \\u0041 // /* # ]]>";
    private static final Sampling ALL = new Sampling(OptionalDouble.of(0.2), OptionalDouble.of(0.9), OptionalInt.of(40), OptionalDouble.of(0.05), OptionalDouble.of(1.1),
            OptionalDouble.of(-0.5), OptionalDouble.of(0.5), OptionalLong.of(42), OptionalInt.of(220), List.of("</reply>", "\n\n"), OptionalInt.of(5));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void givenARequest_theProgramIsTheGoldenOne(CodeLanguage language) throws IOException {
        var program = language.write(request(Optional.empty(), "You are a triage agent.", "My tent was charged twice."));
        var file = GOLDEN.resolve(language.title() + ".txt");
        if (UPDATE) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, program);
        }
        assertThat(program).isEqualTo(Files.readString(file));
    }

    @ParameterizedTest
    @EnumSource
    void givenAnAddress_itStandsInTheProgramAndTheKeyIsOnlyNamed(CodeLanguage language) {
        var program = language.write(new CodeRequest(Optional.of(URI.create("https://gpu-1:8000/v1")), "GPU_KEY", body("s", "u"), NOTE));
        assertThat(program).contains("https://gpu-1:8000/v1").contains("GPU_KEY").doesNotContain("OPENAI");
    }

    @Test
    void givenAnyText_theShellSendsExactlyTheBody() throws Exception {
        assumeTrue(has("bash"), "there is no bash here");
        var script = write("ask.sh", CodeLanguage.CURL.write(request(Optional.empty(), HOSTILE, HOSTILE)));
        assertThat(run(Map.of(), "bash", "-n", script)).isEmpty();
        var fake = write("fake.sh", "curl() { printf '%s\\n' \"$@\" >&2; cat; }\n. \"$1\"\n");
        var sent = run(Map.of("OPENAI_BASE_URL", "http://h/v1", "OPENAI_API_KEY", "k"), "bash", fake, script);
        assertThat(Json.parse(sent)).isEqualTo(read(body(HOSTILE, HOSTILE)));
    }

    @Test
    void givenAnyText_pythonCallsTheClientWithExactlyTheBody() throws Exception {
        assumeTrue(has("python3"), "there is no python3 here");
        var script = write("ask.py", CodeLanguage.PYTHON.write(request(Optional.empty(), HOSTILE, HOSTILE)));
        assertThat(run(Map.of(), "python3", "-m", "py_compile", script)).isEmpty();
        write("openai.py", """
                import json
                class OpenAI:
                    def __init__(self, base_url, api_key):
                        self.chat = self
                        self.completions = self
                        self.of = [base_url, api_key]
                    def create(self, extra_body, **named):
                        print(json.dumps({"of": self.of, "body": {**named, **extra_body}}))
                        return []
                """);
        var sent = Json.parse(run(Map.of("OPENAI_BASE_URL", "http://h/v1", "OPENAI_API_KEY", "k"), "python3", script));
        assertThat(sent.path("of").toString()).isEqualTo("[\"http://h/v1\",\"k\"]");
        assertThat(sent.path("body")).isEqualTo(read(body(HOSTILE, HOSTILE)));
    }

    @Test
    void givenAnyText_javaSendsTheBodyForAnAnswerInOnePiece() throws Exception {
        var got = new CompletableFuture<JsonNode>();
        var keys = new ArrayList<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", exchange -> {
            keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
            got.complete(Json.parse(new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            var answer = "{\"choices\":[]}".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            var script = write("Ask.java", CodeLanguage.JAVA.write(request(Optional.empty(), HOSTILE, HOSTILE)));
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var said = run(Map.of("OPENAI_BASE_URL", "http://127.0.0.1:" + server.getAddress().getPort() + "/v1", "OPENAI_API_KEY", "k"), java, "-Xshare:auto", script);
            assertThat(said.strip()).isEqualTo("{\"choices\":[]}");
            var wanted = body(HOSTILE, HOSTILE).put("stream", false);
            wanted.remove("stream_options");
            assertThat(got.get(60, TimeUnit.SECONDS)).isEqualTo(read(wanted));
            assertThat(keys).containsExactly("Bearer k");
        } finally {
            server.stop(0);
        }
    }

    private static CodeRequest request(Optional<URI> base, String system, String user) {
        return new CodeRequest(base, CodeRequest.KEY_VARIABLE, body(system, user), NOTE);
    }

    private static ObjectNode body(String system, String user) {
        return SentRequest.body("smollm2-135m", List.of(Message.of(MessageRole.SYSTEM, system), Message.of(MessageRole.USER, user)), ALL,
                Optional.of(new AnswerForm.Schema(Map.of("additionalProperties", false))));
    }

    /// Numbers as a reader has them.
    private static JsonNode read(ObjectNode body) {
        return Json.parse(body.toString());
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static boolean has(String command) {
        for (var folder : System.getenv("PATH").split(java.io.File.pathSeparator)) if (Files.isExecutable(Path.of(folder, command))) return true;
        return false;
    }

    /// What it prints, after it ended well.
    private String run(Map<String, String> variables, String... command) throws Exception {
        var errors = folder.resolve("errors.txt");
        var builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().putAll(variables);
        var process = builder.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return said;
    }
}
