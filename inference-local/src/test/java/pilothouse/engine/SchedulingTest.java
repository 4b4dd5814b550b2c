package pilothouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;
import tools.jackson.databind.JsonNode;

/// Queueing, cancelling, failing, slow readers: what depends on time, with a model whose steps the test lets go one by one.
@Timeout(60)
class SchedulingTest {
    static final String PLAIN = "/v1/completions";
    static final String RUNNING = "vllm:num_requests_running";
    static final String WAITING = "vllm:num_requests_waiting";
    static final String ABORTED = "vllm:request_success_total{model_name=\"ngram\",engine=\"0\",finished_reason=\"abort\"}";
    /// After "a" comes "b", after "b" comes "a", without end.
    static final String ENDLESS = "ab".repeat(20);

    @Test
    void givenAStreamWhoseClientGoes_theGenerationEndsWithinAFewSteps() throws Exception {
        var gate = new Semaphore(3);
        try (var engine = new TestEngine(ENDLESS, gate::acquireUninterruptibly)) {
            try (var socket = engine.open(PLAIN, request("'stream':true"))) {
                var reader = TestEngine.reader(socket);
                for (var line = reader.readLine(); !line.startsWith("data: "); line = reader.readLine()) assertThat(line).isNotNull();
            }
            assertThat(stepsUntilAborted(engine, gate)).isLessThan(40);
            assertThat(engine.metric(RUNNING)).isZero();
            gate.release(1000);
            assertThat(engine.postJson(PLAIN, request("'max_tokens':3")).at("/choices/0/text").asString()).isEqualTo("bab");
        }
    }

    @Test
    void givenAWholeAnswerWhoseClientGoes_theGenerationEndsWithinAFewSteps() throws Exception {
        var gate = new Semaphore(3);
        try (var engine = new TestEngine(ENDLESS, gate::acquireUninterruptibly)) {
            try (var _ = engine.open(PLAIN, request("'max_tokens':4000"))) {
                engine.awaitMetric(RUNNING, 1);
            }
            assertThat(stepsUntilAborted(engine, gate)).isLessThan(40);
            gate.release(1000);
        }
    }

    @Test
    void givenALongPrompt_itIsCancelledBetweenChunks() throws Exception {
        var gate = new Semaphore(0);
        try (var engine = new TestEngine(ENDLESS, gate::acquireUninterruptibly)) {
            try (var _ = engine.open(PLAIN, "{'model':'ngram','prompt':'" + "a".repeat(4000) + "'}")) {
                engine.awaitMetric(RUNNING, 1);
            }
            stepsUntilAborted(engine, gate);
            assertThat(engine.model.steps.size()).isLessThan(16); // 4000 ids in chunks of 256
            assertThat(engine.model.steps).allMatch(step -> step.decoded() == 0);
            gate.release(1000);
        }
    }

    @Test
    void givenSeveralRequests_theyAreAnsweredInOrder_andAWaitingOneCanGo() throws Exception {
        var gate = new Semaphore(0);
        try (var engine = new TestEngine(ENDLESS, gate::acquireUninterruptibly)) {
            var first = later(engine, 2);
            engine.awaitMetric(RUNNING, 1);
            try (var _ = engine.open(PLAIN, request("'max_tokens':4000"))) {
                engine.awaitMetric(WAITING, 1);
            }
            engine.awaitMetric(WAITING, 0);
            assertThat(engine.metric(ABORTED)).isEqualTo(1);
            var second = later(engine, 3);
            engine.awaitMetric(WAITING, 1);
            assertThat(engine.metric("vllm:kv_cache_usage_perc")).isPositive();
            gate.release(2);
            assertThat(first.get(60, TimeUnit.SECONDS).at("/choices/0/text").asString()).isEqualTo("ba");
            assertThat(second.isDone()).isFalse();
            gate.release(3);
            assertThat(second.get(60, TimeUnit.SECONDS).at("/choices/0/text").asString()).isEqualTo("bab");
        }
    }

    @Test
    void givenAReaderThatDoesNotRead_othersAreServed() throws Exception {
        try (var engine = new TestEngine(ENDLESS, () -> {})) {
            try (var slow = engine.open(PLAIN, request("'stream':true,'max_tokens':4000,'logprobs':20"))) {
                engine.awaitMetric("vllm:generation_tokens_total", 4000);
                assertThat(engine.postJson(PLAIN, request("'max_tokens':3")).at("/choices/0/text").asString()).isEqualTo("bab");
                var reader = TestEngine.reader(slow);
                long pieces = reader.lines().takeWhile(line -> !line.equals("data: [DONE]")).filter(line -> line.startsWith("data: ")).count();
                assertThat(pieces).isEqualTo(4001);
            }
        }
    }

    @Test
    void givenAModelThatFails_theRequestFailsAndTheEngineGoesOn() throws Exception {
        var failure = new AtomicReference<Throwable>();
        try (var engine = new TestEngine(ENDLESS, () -> {
            switch (failure.getAndSet(null)) {
                case null -> {}
                case RuntimeException now -> throw now;
                case Throwable now -> throw (Error) now;
            }
        })) {
            failure.set(new IllegalStateException("the kernel broke"));
            var whole = engine.post(PLAIN, request("'max_tokens':3"));
            assertThat(whole.statusCode()).isEqualTo(500);
            assertThat(Json.parse(whole.body()).at("/error/message").asString()).contains("the kernel broke");
            failure.set(new ProblemException("No memory", "cache", "Close something"));
            var streamed = TestEngine.events(engine.post(PLAIN, request("'max_tokens':3,'stream':true")).body());
            assertThat(streamed.getLast().at("/error/message").asString()).contains("No memory").contains("Close something");
            failure.set(new NoClassDefFoundError("pilothouse/Gone"));
            assertThat(engine.post(PLAIN, request("'max_tokens':3")).body()).contains("pilothouse/Gone");
            assertThat(engine.postJson(PLAIN, request("'max_tokens':3")).at("/choices/0/text").asString()).isEqualTo("bab");
        }
    }

    @Test
    void givenAnUnloadDuringAGeneration_itFailsPlainlyAndTheModelIsClosed() throws Exception {
        var gate = new Semaphore(0);
        try (var engine = new TestEngine(ENDLESS, gate::acquireUninterruptibly)) {
            var running = later(engine, 1000);
            engine.awaitMetric(RUNNING, 1);
            var waiting = later(engine, 1000);
            engine.awaitMetric(WAITING, 1);
            var unload = CompletableFuture.supplyAsync(() -> post(engine, "/models/unload", "{'model':'ngram'}"));
            engine.awaitMetric(RUNNING, 0); // its gauges go with the model
            gate.release(1);
            assertThat(unload.get(60, TimeUnit.SECONDS).get("unloaded").asString()).isEqualTo("ngram");
            for (var request : List.of(running, waiting))
                assertThat(request.get(60, TimeUnit.SECONDS).at("/error/message").asString()).contains("unloaded");
            assertThat(engine.model.closed).isTrue();
            assertThat(engine.post(PLAIN, request("")).statusCode()).isEqualTo(404);
            assertThat(engine.post("/models/unload", "{'model':'ngram'}").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void givenALoad_itsProgressComesLineByLine_andANameIsLoadedOnce() throws Exception {
        try (var engine = new TestEngine(ENDLESS, () -> {})) {
            var taken = Json.parse(engine.post("/models/load", "{'model':'ngram','path':'x.gguf'}").body());
            assertThat(taken.at("/error/code").asString()).isEqualTo("model_already_loaded");
            engine.post("/models/unload", "{'model':'ngram'}");
            var lines = engine.post("/models/load", "{'model':'again','path':'x.gguf','context':64}").body().lines().toList();
            assertThat(Json.parse(lines.getFirst()).get("progress").doubleValue()).isEqualTo(0.5);
            assertThat(Json.parse(lines.getFirst()).get("step").asString()).isEqualTo("half");
            assertThat(Json.parse(lines.getLast()).at("/loaded/max_model_len").asInt()).isEqualTo(64);
            assertThat(engine.post("/models/load", "{'model':'x','path':'x','precision':'int3'}").body()).contains("int3");
            assertThat(engine.post("/models/load", "{'model':'x'}").body()).contains("path");
        }
    }

    @Test
    void givenALoadWhoseClientGoes_itIsCancelled() throws Exception {
        var begun = new CountDownLatch(1);
        var cancelled = new CountDownLatch(1);
        try (var engine = new TestEngine((_, _, _, _) -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
                throw new IllegalStateException("nobody counts down");
            } catch (InterruptedException e) {
                cancelled.countDown();
                throw new CancellationException();
            }
        })) {
            try (var _ = engine.open("/models/load", "{'model':'x','path':'x.gguf'}")) {
                begun.await();
            }
            assertThat(cancelled.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Json.parse(engine.get("/v1/models").body()).get("data").size()).isZero();
        }
    }

    @Test
    void givenAFileThatCannotBeLoaded_theProblemIsTold() throws Exception {
        try (var engine = new TestEngine(new GgufModelSource())) {
            var lines = engine.post("/models/load", "{'model':'x','path':'/nowhere/x.gguf'}").body().lines().toList();
            var error = Json.parse(lines.getLast()).get("error");
            assertThat(error.get("code").asString()).isEqualTo("model_not_loadable");
            assertThat(error.get("message").asString()).contains("/nowhere/x.gguf").contains("not there");
            assertThat(engine.get("/health").statusCode()).isEqualTo(200);
        }
    }

    /// Lets steps go one by one until the generation has ended as aborted. Between them some questions are asked, which
    /// gives the server time to see that the client is gone, as a real step does.
    private static int stepsUntilAborted(TestEngine engine, Semaphore gate) throws Exception {
        int steps = 0;
        while (engine.metric(ABORTED) == 0) {
            gate.release();
            steps++;
            for (int question = 0; question < 10 && engine.metric(ABORTED) == 0; question++) engine.get("/health");
        }
        return steps;
    }

    private static CompletableFuture<JsonNode> later(TestEngine engine, int tokens) {
        return CompletableFuture.supplyAsync(() -> post(engine, PLAIN, request("'max_tokens':" + tokens)), Thread::startVirtualThread);
    }

    private static JsonNode post(TestEngine engine, String path, String json) {
        try {
            return engine.postJson(path, json);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String request(String fields) {
        return "{'model':'ngram','prompt':'a','temperature':0" + Optional.of(fields).filter(f -> !f.isEmpty()).map(f -> "," + f).orElse("") + "}";
    }
}
