package pilothouse.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.access.MemberId;
import pilothouse.connectors.Limits;
import pilothouse.connectors.RemoteRuntime;
import pilothouse.connectors.Server;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.metrics.MetricFeed;
import pilothouse.metrics.MetricRepository;
import pilothouse.runtime.GenerationEvent;
import pilothouse.runtime.GenerationEvent.TextDelta;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Target;
import pilothouse.runtime.Targets;
import pilothouse.runtime.Usage;
import pilothouse.secrets.Keyring;
import pilothouse.secrets.Secret;
import pilothouse.secrets.SecretRef;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;

/// The whole way over a real socket.
class RunnerOverHttpTest {
    private static final SecretRef KEY = new SecretRef("env:LAB_KEY");
    private static final String SECRET = "sk-lab-0123456789abcdef";

    @TempDir Path folder;
    private final Keyring keyring = new Keyring(Map.of("LAB_KEY", SECRET));
    private final MockWebServer server = new MockWebServer();
    private Store store;
    private MetricFeed feed;
    private Targets targets;
    private Runner runner;
    private RunRepository runs;

    @BeforeEach
    void open() throws IOException {
        server.start();
        store = Store.open(folder, StoreFile.runs(), InstantSource.system(), List.of());
        runs = new RunRepository(store);
        feed = new MetricFeed(MetricRepository.open(folder), InstantSource.system());
        targets = new Targets(Map.of("lab", () -> new RemoteRuntime(new Server("lab", server.url("/").uri(),
                () -> keyring.find(KEY).map(Secret::reveal), Limits.DEFAULTS))));
        runner = new Runner(targets, BudgetCheck.local(targets), keyring, runs, feed, new Runner.Instruments(
                InstantSource.system(), System::nanoTime, RandomGeneratorFactory.of("L64X128MixRandom").create(1)));
    }

    @AfterEach
    void close() {
        targets.close();
        feed.close();
        store.close();
        server.close();
    }

    @Test
    void givenAServerThatRepeatsItsKeyInPieces_theKeyIsNotShownAndTheRunIsMeasured() throws InterruptedException {
        server.enqueue(stream("{\"role\":\"assistant\",\"content\":\"\"}", "{\"content\":\"Your key: sk-la\"}",
                "{\"content\":\"b-0123456789ab\"}", "{\"content\":\"cdef. Done\"}").build());
        var shown = new ArrayList<GenerationEvent>();
        var run = runner.run(request(), shown::add);

        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer " + SECRET);
        assertThat(run.problem()).isEmpty();
        assertThat(shown.stream().filter(TextDelta.class::isInstance).map(e -> ((TextDelta) e).text())
                .collect(Collectors.joining())).isEqualTo("Your key: [secret env:LAB_KEY withheld]. Done");
        assertThat(run.usage()).contains(new Usage(12, 4, 0, false));
        assertThat(run.timings().gaps()).hasSize(2);
        assertThat(run.timings().tpot()).isPresent();
        assertThat(runs.find(run.id())).contains(run);
    }

    @Test
    void givenAServerThatRefuses_theRunSaysSo() {
        server.enqueue(new MockResponse.Builder().code(404).setHeader("Content-Type", "application/json")
                .body("{\"error\":{\"message\":\"no model m\",\"code\":\"model_not_found\"}}").build());
        var run = runner.run(request(), _ -> { });
        assertThat(run.result()).isEqualTo("failed");
        assertThat(run.problem().orElseThrow().toString()).contains("lab");
        assertThat(run.timings().ttft()).isEmpty();
        assertThat(runs.find(run.id())).contains(run);
    }

    @Test
    void givenAnInterruptMidStream_theRunIsCancelledWithItsPartialText() throws InterruptedException, ExecutionException {
        var body = stream("{\"content\":\"So far\"}", "{\"content\":\"" + "x".repeat(4000) + "\"}");
        server.enqueue(body.throttleBody(100, 1, TimeUnit.SECONDS).build());
        var first = new CountDownLatch(1);
        Consumer<GenerationEvent> shown = _ -> first.countDown();
        var task = new FutureTask<>(() -> runner.run(request(), shown));
        var thread = Thread.ofVirtual().start(task);
        first.await();
        thread.interrupt();
        var run = task.get();
        assertThat(run.result()).isEqualTo("cancelled");
        assertThat(run.answer().text()).isEqualTo("So far");
        assertThat(run.usage().orElseThrow().estimated()).isTrue();
        assertThat(runs.find(run.id())).contains(run);
    }

    private static MockResponse.Builder stream(String... deltas) {
        var body = new StringBuilder();
        for (var delta : deltas)
            body.append("data: {\"choices\":[{\"index\":0,\"delta\":").append(delta).append("}]}\n\n");
        body.append("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n");
        body.append("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":4}}\n\ndata: [DONE]\n\n");
        return new MockResponse.Builder().setHeader("Content-Type", "text/event-stream").body(body.toString());
    }

    private static RunRequest request() {
        return new RunRequest(new RunSource.RawMessages(List.of(Message.of(MessageRole.USER, "Hello"))), Map.of(), List.of(),
                Target.parse("lab/m"), Sampling.DEFAULTS, new MemberId("ada"));
    }
}
