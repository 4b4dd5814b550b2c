package pilothouse.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import okhttp3.Headers;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.problems.ProblemException;
import pilothouse.runtime.FinishReason;
import pilothouse.runtime.GenerationEvent;
import pilothouse.runtime.GenerationEvent.Finished;
import pilothouse.runtime.GenerationEvent.TextDelta;
import pilothouse.runtime.Sampling;

/// What networks and servers do wrong, over real sockets.
@Timeout(30)
class FaultsOfServersTest {
    private static final List<Message> HELLO = List.of(Message.of(MessageRole.USER, "Hello"));
    private static final String A = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";
    private static final String STOP = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    /// The rule is 200 ms; this only tells it from what waits for a time-out.
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "401 | {\"error\":{\"message\":\"bad key\"}} | bad key | Check the key",
        "403 | {\"error\":\"no\"} | no | Check the key",
        "404 | {\"error\":{\"message\":\"The model `m` does not exist.\"}} | does not have this model | Choose one",
        "404 | {\"detail\":\"Not Found\"} | does not know this route | OpenAI-shaped",
        "400 | {\"error\":{\"message\":\"temperature must be non-negative\",\"param\":\"temperature\"}} | temperature | Change what",
        "400 | {\"error\":{\"message\":\"request (6031 tokens) exceeds the available context size (2048 tokens)\"}} | 6031 | Shorten it",
        "500 | kaputt | kaputt | log", "502 | <html>bad gateway</html> | web page | log", "503 | {\"error\":{\"message\":\"Loading model\"}} | Loading model | Try again in a while",
        "504 | '' | gave up waiting | Try again", "429 | slow down | slow down | Try again in a while"})
    void givenAnErrorStatus_theServersTextAndARemedyAreShown(int status, String body, String what, String remedy) throws IOException {
        try (var server = ScriptedServer.answering(status, "application/json", body); var runtime = server.runtime()) {
            assertThatThrownBy(() -> runtime.generate("m", HELLO, Sampling.DEFAULTS).forEach(_ -> {}))
                    .isInstanceOf(ProblemException.class).hasMessageContaining(what).hasMessageContaining(remedy);
            assertThatThrownBy(runtime::models).isInstanceOf(ProblemException.class).hasMessageContaining(what);
        }
    }

    @ParameterizedTest
    @CsvSource({"7,in 7 s", "86400,in 120 s", "999999999999,in a while", "soon,in a while",
        "'Thu, 01 Jan 1970 00:00:00 GMT',in a while", "'Fri, 31 Dec 2100 23:59:59 GMT',in 120 s"})
    void givenRetryAfter_itIsBelievedUpToTwoMinutes(String header, String says) throws IOException {
        try (var server = new ScriptedServer(visit -> visit.send("HTTP/1.1 429 x\r\nRetry-After: " + header
                + "\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbusy")); var runtime = server.runtime()) {
            assertThatThrownBy(runtime::models).hasMessageContaining("Try again " + says);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vllm-error-model", "vllm-error-context-stream", "llama-server-error-context-stream", "llama-server-error-json"})
    void givenARecordedError_itsTextIsShown(String recording) throws IOException {
        try (var server = ScriptedServer.replaying(recording); var runtime = server.runtime()) {
            assertThatThrownBy(() -> runtime.generate("m", HELLO, Sampling.DEFAULTS).forEach(_ -> {}))
                    .isInstanceOf(ProblemException.class).hasMessageMatching("(?s).*(does not exist|context|parse error).*");
        }
    }

    @Test
    void givenTextMeantToDeceive_itIsMadePlain() {
        assertThat(ServerProblems.plain("a\u001b[31m\u202eb\u0000\n".repeat(400))).hasSizeLessThan(620).doesNotContain("\u001b", "\u202e", "\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void givenARedirectToAnotherHost_nothingGoesThere(int status) throws IOException {
        try (var thief = new MockWebServer(); var server = new MockWebServer()) {
            thief.start();
            server.start();
            for (int i = 0; i < 2; i++)
                server.enqueue(new MockResponse(status, Headers.of("Location", thief.url("/v1/models").toString()), ""));
            try (var runtime = new RemoteRuntime(new Server("lab", server.url("/").uri(), () -> Optional.of("k"), Limits.DEFAULTS))) {
                assertThatThrownBy(runtime::models).hasMessageContaining("sends requests on to").hasMessageContaining(String.valueOf(thief.getPort()));
                assertThatThrownBy(() -> runtime.generate("m", HELLO, Sampling.DEFAULTS).forEach(_ -> {})).hasMessageContaining("sends requests on to");
            }
            assertThat(thief.getRequestCount()).isZero();
        }
    }

    @Test
    void givenNobodyThere_itSaysSo() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            free = socket.getLocalPort();
        }
        try (var runtime = new RemoteRuntime(new Server("lab", URI.create("http://127.0.0.1:" + free), Optional::empty, Limits.DEFAULTS))) {
            assertThatThrownBy(runtime::models).hasMessageContaining("Nothing answers").hasMessageContaining("Start the server");
        }
        try (var runtime = new RemoteRuntime(new Server("lab", URI.create("http://no-such-host.invalid"), Optional::empty, Limits.DEFAULTS))) {
            assertThatThrownBy(runtime::models).hasMessageContaining("no-such-host.invalid");
        }
    }

    @Test
    void givenPlainHttpBehindHttps_itSaysSo() throws IOException, InterruptedException {
        try (var server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var answering = Thread.ofVirtual().start(() -> {
                try (var visit = server.accept()) { // at once: a server that waits for a line's end may not find one in a hello
                    visit.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                    visit.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            var runtime = new RemoteRuntime(new Server("lab", URI.create("https://127.0.0.1:" + server.getLocalPort()), Optional::empty, Limits.DEFAULTS));
            assertThatThrownBy(runtime::models).isInstanceOf(ProblemException.class).hasMessageContaining("secure connection failed");
            answering.join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host", "host:8000", "http:///path", "http://user:word@host"})
    void givenNoAddress_theServerIsRefused(String base) {
        assertThatThrownBy(() -> new Server("lab", URI.create(base), Optional::empty, Limits.DEFAULTS)).isInstanceOf(ProblemException.class);
    }

    @Test
    void givenSilence_itEndsAtTheLimitOfTheFirstToken() throws IOException {
        var limits = new Limits(Duration.ofSeconds(5), Duration.ofMillis(150), Duration.ofSeconds(20), Duration.ofSeconds(20));
        try (var server = new ScriptedServer(ScriptedServer.Visit::untilClosed); var runtime = server.runtime(limits)) {
            assertThatThrownBy(() -> runtime.generate("m", HELLO, Sampling.DEFAULTS).forEach(_ -> {})).hasMessageContaining("no first token for 150 ms");
            assertThatThrownBy(runtime::models).hasMessageContaining("no answer for 150 ms");
        }
    }

    @Test
    void givenAStallAfterAToken_itEndsAtTheLimitBetweenTokensAndTheTokenIsKept() throws IOException {
        var limits = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofMillis(150), Duration.ofSeconds(20));
        try (var server = new ScriptedServer(visit -> {
            visit.begin(200, "text/event-stream");
            visit.send(A);
            visit.untilClosed();
        }); var runtime = server.runtime(limits); var generation = runtime.generate("m", HELLO, Sampling.DEFAULTS)) {
            var seen = new ArrayList<GenerationEvent>();
            assertThatThrownBy(() -> generation.forEach(seen::add)).hasMessageContaining("no further token for 150 ms");
            assertThat(seen).containsExactly(new TextDelta("a"));
        }
    }

    @Test
    void givenATrickleOfKeepAlives_theyAreNoTokens() throws IOException {
        var limits = new Limits(Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofSeconds(20), Duration.ofSeconds(20));
        try (var server = new ScriptedServer(visit -> {
            visit.begin(200, "text/event-stream");
            visit.socket().setSoTimeout(20); // the pace of the trickle
            while (true) {
                visit.send(":");
                try {
                    if (visit.socket().getInputStream().read() < 0) return;
                } catch (java.net.SocketTimeoutException _) { // the next drop is due
                }
            }
        }); var runtime = server.runtime(limits)) {
            assertThatThrownBy(() -> runtime.generate("m", HELLO, Sampling.DEFAULTS).forEach(_ -> {})).hasMessageContaining("no first token");
        }
    }

    @Test
    void givenAnEndlessAnswer_itEndsAtTheLimitOfTheWhole() throws IOException {
        var limits = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(300));
        try (var server = new ScriptedServer(visit -> {
            visit.begin(200, "text/event-stream");
            visit.send(A);
            visit.untilClosed();
        }); var runtime = server.runtime(limits)) {
            assertThatThrownBy(() -> runtime.generate("m", HELLO, Sampling.DEFAULTS).forEach(_ -> {})).hasMessageContaining("no complete answer for 300 ms");
        }
    }

    @Test
    void givenACompleteAnswerOnAConnectionThatStaysOpen_itDoesNotWaitForTheLimit() throws IOException {
        try (var server = new ScriptedServer(visit -> {
            visit.begin(200, "text/event-stream");
            visit.send(A + STOP.substring(0, STOP.indexOf("data: [DONE]")));
            visit.untilClosed();
        }); var runtime = server.runtime(); var generation = runtime.generate("m", HELLO, Sampling.DEFAULTS)) {
            var seen = new ArrayList<GenerationEvent>();
            generation.forEach(seen::add);
            assertThat(seen.getLast()).isEqualTo(new Finished(FinishReason.STOP));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givenAnInterrupt_theSocketIsClosedAtOnce(boolean virtual) throws Exception {
        var closedAfter = new CompletableFuture<Long>();
        var sent = new CountDownLatch(1);
        try (var server = new ScriptedServer(visit -> {
            visit.begin(200, "text/event-stream");
            visit.send(A);
            sent.countDown();
            visit.untilClosed();
            closedAfter.complete(System.nanoTime());
        }); var runtime = server.runtime()) {
            var seen = new CompletableFuture<List<GenerationEvent>>();
            var flag = new CompletableFuture<Boolean>();
            var waiting = new CountDownLatch(1);
            var reader = (virtual ? Thread.ofVirtual() : Thread.ofPlatform()).start(() -> {
                var events = new ArrayList<GenerationEvent>();
                for (var event : runtime.generate("m", HELLO, Sampling.DEFAULTS)) {
                    events.add(event);
                    waiting.countDown();
                }
                seen.complete(events);
                flag.complete(Thread.currentThread().isInterrupted());
            });
            sent.await();
            waiting.await();
            long begun = System.nanoTime();
            reader.interrupt();
            assertThat(seen.get(60, TimeUnit.SECONDS)).first().isEqualTo(new TextDelta("a"));
            assertThat(seen.get().getLast()).isEqualTo(new Finished(FinishReason.CANCELLED));
            assertThat(flag.get()).as("the interrupt is used up").isFalse();
            assertThat(Duration.ofNanos(closedAfter.get(60, TimeUnit.SECONDS) - begun)).isLessThan(AT_ONCE);
        }
    }

    @Test
    void givenCloseFromAnotherThread_theReaderGetsTheEndAndTheSocketIsClosed() throws Exception {
        var closedAfter = new CompletableFuture<Long>();
        try (var server = new ScriptedServer(visit -> {
            visit.begin(200, "text/event-stream");
            visit.send(A);
            visit.untilClosed();
            closedAfter.complete(System.nanoTime());
        }); var runtime = server.runtime()) {
            var generation = runtime.generate("m", HELLO, Sampling.DEFAULTS);
            var events = generation.iterator();
            assertThat(events.next()).isEqualTo(new TextDelta("a"));
            var last = new CompletableFuture<GenerationEvent>();
            Thread.ofPlatform().start(() -> {
                GenerationEvent event = events.next();
                while (events.hasNext()) event = events.next();
                last.complete(event);
            });
            long begun = System.nanoTime();
            generation.close();
            assertThat(last.get(60, TimeUnit.SECONDS)).isEqualTo(new Finished(FinishReason.CANCELLED));
            assertThat(Duration.ofNanos(closedAfter.get(60, TimeUnit.SECONDS) - begun)).isLessThan(AT_ONCE);
        }
    }

    @Test
    void givenAReaderThatDoesNotRead_closeStillEndsEverything() throws Exception {
        var gone = new CountDownLatch(1);
        try (var server = new ScriptedServer(visit -> {
            try {
                visit.begin(200, "text/event-stream");
                while (true) visit.send(A.repeat(1000));
            } finally {
                gone.countDown();
            }
        }); var runtime = server.runtime()) {
            var generation = runtime.generate("m", HELLO, Sampling.DEFAULTS);
            assertThat(generation.iterator().next()).isEqualTo(new TextDelta("a"));
            generation.close();
            assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void givenAResetInMidChunkOrAWrongLength_theTokensAreKeptAndTheBreakIsShown() throws IOException {
        breaking(visit -> {
            visit.send("HTTP/1.1 200 x\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + Integer.toHexString(A.length()) + "\r\n" + A + "\r\nff\r\ndata: {\"cho");
            visit.socket().setSoLinger(true, 0);
        }, 0); // a reset may overtake the token
        breaking(visit -> visit.send("HTTP/1.1 200 x\r\nContent-Length: 100000\r\n\r\n" + A), 1);
        breaking(visit -> visit.send("HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(A.length()) + "\r\n" + A + "\r\n"), 1);
        breaking(visit -> visit.send("HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(A.length()) + "\r\n" + A + "\r\nxyz\r\n"), 1);
    }

    private static void breaking(ScriptedServer.Script script, int least) throws IOException {
        try (var server = new ScriptedServer(script); var runtime = server.runtime();
                var generation = runtime.generate("m", HELLO, Sampling.DEFAULTS)) {
            var seen = new ArrayList<GenerationEvent>();
            assertThatThrownBy(() -> generation.forEach(seen::add)).isInstanceOf(ProblemException.class)
                    .hasMessageContaining("broke off");
            assertThat(seen.stream().filter(TextDelta.class::isInstance)).hasSizeBetween(least, 1);
        }
    }

    @Test
    void givenChunkExtensionsInterimAnswersAndHalfClose_theyDoNoHarm() throws IOException {
        try (var server = new ScriptedServer(visit -> {
            visit.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + Integer.toHexString(A.length()) + ";ext=\"1\"\r\n" + A + "\r\n" + Integer.toHexString(STOP.length()) + "\r\n" + STOP + "\r\n0\r\n\r\n");
            visit.socket().shutdownOutput();
            visit.untilClosed();
        }); var runtime = server.runtime(); var generation = runtime.generate("m", HELLO, Sampling.DEFAULTS)) {
            assertThat(generation).startsWith(new TextDelta("a")).endsWith(new Finished(FinishReason.STOP));
        }
    }

    @Test
    void givenGzip_itIsReadAndACutOneIsNoSuccess() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write((A + STOP).getBytes());
        }
        var head = "HTTP/1.1 200 x\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n";
        try (var server = new ScriptedServer(visit -> {
            visit.send(head);
            visit.send(packed.toByteArray());
        }); var runtime = server.runtime(); var generation = runtime.generate("m", HELLO, Sampling.DEFAULTS)) {
            assertThat(generation).startsWith(new TextDelta("a")).endsWith(new Finished(FinishReason.STOP));
        }
        breaking(visit -> {
            visit.send(head);
            visit.send(Arrays.copyOf(packed.toByteArray(), packed.size() / 2));
        }, 0); // half of what is packed may hold no token yet
    }

    @Test
    void givenLocalhostThatListensOnOneFamilyOnly_itIsFound() throws IOException {
        try (var server = ScriptedServer.answering(200, "application/json", "{\"data\":[]}");
                var runtime = new RemoteRuntime(new Server("lab", URI.create("http://localhost:" + server.base().getPort() + "/v1/"),
                        Optional::empty, Limits.DEFAULTS))) {
            assertThat(runtime.models()).isEmpty();
            assertThat(server.visits.getFirst().head()).startsWith("GET /v1/models ").doesNotContain("Authorization");
        }
    }

    @Test
    void givenJsonLines_eachIsDelivered() throws Exception {
        try (var server = ScriptedServer.answering(200, "application/x-ndjson", "{\"progress\":0.5}\n\n{\"loaded\":{}}");
                var client = new ServerClient(new Server("lab", server.base(), Optional::empty, Limits.DEFAULTS))) {
            var lines = new ArrayList<String>();
            client.postLines("/models/load", java.util.Map.of(), Duration.ofSeconds(5), line -> lines.add(line.toString()));
            assertThat(lines).containsExactly("{\"progress\":0.5}", "{\"loaded\":{}}");
        }
    }
}
