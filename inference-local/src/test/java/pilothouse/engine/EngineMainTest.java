package pilothouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.json.Json;

/// The process itself, as a parent sees it.
@Timeout(120)
class EngineMainTest {
    static final String TOKEN = "a-token-of-some-length";

    @TempDir
    Path folder;

    @Test
    void givenATokenOnTheInput_itSaysWhereItListens_andEndsWithItsInput() throws Exception {
        var process = start();
        try (var out = process.inputReader()) {
            process.getOutputStream().write((TOKEN + "\n").getBytes());
            process.getOutputStream().flush();
            var line = Json.parse(out.readLine());
            assertThat(line.get("pid").asLong()).isEqualTo(process.pid());
            assertThat(line.get("version").asString()).isEqualTo("0.1.0");
            assertThat(health(line.get("port").asInt())).isEqualTo(200);
            process.getOutputStream().close();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(out.readLine()).isNull();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void givenAGenerationInWork_itStillEndsAtOnceWithItsInput() throws Exception {
        var process = start();
        var client = HttpClient.newHttpClient();
        try (var out = process.inputReader()) {
            process.getOutputStream().write((TOKEN + "\n").getBytes());
            process.getOutputStream().flush();
            int port = Json.parse(out.readLine()).get("port").asInt();
            var loaded = post(client, port, "/models/load", Map.of("model", "smollm2-135m", "path", EmbeddedModelServerTest.FILE));
            assertThat(new String(loaded.body().readAllBytes()).lines().toList().getLast()).startsWith("{\"loaded\"");
            var answer = post(client, port, "/v1/completions", Map.of("model", "smollm2-135m", "prompt", "Once upon a time",
                    "stream", true, "ignore_eos", true, "temperature", 0));
            var lines = new BufferedReader(new InputStreamReader(answer.body())).lines();
            assertThat(lines.filter(line -> line.startsWith("data: ")).findFirst()).isPresent();
            process.getOutputStream().close();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(out.readLine()).isNull();
        } finally {
            client.shutdownNow();
            process.destroyForcibly();
        }
    }

    @Test
    void givenNoToken_itEndsWithAnError() throws Exception {
        for (var input : List.of("", "short\n")) {
            var process = start();
            process.getOutputStream().write(input.getBytes());
            process.getOutputStream().close();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            try (BufferedReader out = process.inputReader()) {
                assertThat(out.readLine()).isNull();
            }
            assertThat(Files.readString(folder.resolve("errors"))).contains("bearer token");
        }
    }

    private Process start() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(java, "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                EngineMain.class.getName(), "--threads", "1").redirectError(folder.resolve("errors").toFile()).start();
    }

    private static HttpResponse<InputStream> post(HttpClient client, int port, String path, Map<String, Object> body) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).header("Authorization", "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body))).build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static int health(int port) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                    .header("Authorization", "Bearer " + TOKEN).build(), HttpResponse.BodyHandlers.ofString()).statusCode();
        }
    }
}
