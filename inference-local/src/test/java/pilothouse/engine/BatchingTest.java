package pilothouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pilothouse.engine.NgramModel.Step;
import pilothouse.engine.Sequence.Event;
import pilothouse.engine.cache.CacheBudget;
import pilothouse.engine.metrics.EngineMetrics;
import pilothouse.engine.sampling.SamplingRules;
import pilothouse.json.Json;
import pilothouse.tokens.Specials;
import tools.jackson.databind.JsonNode;

/// Several requests at once: who joins when, beside whom, and who waits. The test lets the model's steps go one by one.
@Timeout(60)
class BatchingTest {
    private static final String PLAIN = "/v1/completions";
    private static final String RUNNING = "vllm:num_requests_running";
    private static final String WAITING = "vllm:num_requests_waiting";
    private static final String GENERATED = "vllm:generation_tokens_total";
    private static final String ENDLESS = "ab".repeat(20);
    private static final CacheBudget EIGHT = new CacheBudget(8, 8 * TestEngine.CONTEXT, 0);

    @Test
    void givenALongPromptDuringStreams_theyGetATokenAtEveryStep() throws Exception {
        var gate = new Semaphore(0);
        try (var engine = new TestEngine(ENDLESS, EIGHT, gate::acquireUninterruptibly); AutoCloseable _ = () -> gate.release(100_000)) {
            var streams = List.of(later(engine, "a", "'max_tokens':400"), later(engine, "a", "'max_tokens':400"));
            engine.awaitMetric(RUNNING, 1);
            engine.awaitMetric(WAITING, 1);
            gate.release(10); // the first one's prompt, then the second's beside it, then both
            engine.awaitMetric(GENERATED, 19);
            var late = later(engine, "ab".repeat(300), "'max_tokens':3");
            engine.awaitMetric(WAITING, 1);
            gate.release(1000);
            assertThat(text(late)).isEqualTo("aba");
            for (var stream : streams) assertThat(text(stream)).isEqualTo("ba".repeat(200));
            var steps = List.copyOf(engine.model.steps);
            var mixed = steps.stream().filter(step -> step.prefilled() > 1).toList();
            assertThat(mixed).as("every part of the prompt goes beside both streams").hasSize(600 / SlotBatch.chunkBeside(2))
                    .allSatisfy(step -> assertThat(step).isEqualTo(new Step(2, SlotBatch.chunkBeside(2))));
            assertThat(steps).contains(new Step(3, 0));
            assertThat(steps.size()).as("no step without the streams").isEqualTo(401); // the second began a step later
        }
    }

    @Test
    void givenOneStream_itsStepsAreOfOneRow() throws Exception {
        try (var engine = new TestEngine(ENDLESS, EIGHT, () -> {})) {
            assertThat(text(later(engine, "a", "'max_tokens':5"))).isEqualTo("babab");
            assertThat(engine.model.steps).containsExactly(new Step(0, 1), new Step(1, 0), new Step(1, 0), new Step(1, 0), new Step(1, 0));
        }
    }

    @Test
    void givenOneOfManyWhoseClientGoes_theOthersGoOnUnchanged() throws Exception {
        var gate = new Semaphore(0);
        try (var engine = new TestEngine(ENDLESS, EIGHT, gate::acquireUninterruptibly); AutoCloseable _ = () -> gate.release(100_000)) {
            var first = later(engine, "a", "'max_tokens':50");
            engine.awaitMetric(RUNNING, 1);
            Socket gone = engine.open(PLAIN, request("a", "'max_tokens':4000"));
            engine.awaitMetric(WAITING, 1);
            gate.release(1);
            engine.awaitMetric(RUNNING, 2);
            var third = later(engine, "bb", "'max_tokens':50");
            engine.awaitMetric(WAITING, 1);
            gate.release(1);
            engine.awaitMetric(RUNNING, 3);
            gone.close();
            int steps = 0;
            while (engine.metric(RUNNING) > 2 && steps < 40) {
                gate.release();
                steps++;
                for (int question = 0; question < 10 && engine.metric(RUNNING) > 2; question++) engine.get("/health"); // lets the server look
            }
            assertThat(steps).isLessThan(40);
            gate.release(1000);
            assertThat(text(first)).isEqualTo("ba".repeat(25));
            assertThat(text(third)).isEqualTo("ab".repeat(25));
            assertThat(engine.metric("vllm:request_success_total{model_name=\"ngram\",engine=\"0\",finished_reason=\"abort\"}")).isEqualTo(1);
        }
    }

    @Test
    void givenPriorities_theMoreUrgentIsServedFirst_andTakesTheSlotOfALessUrgentOne() throws Exception {
        var gate = new Semaphore(0);
        try (var engine = new TestEngine(ENDLESS, gate::acquireUninterruptibly); AutoCloseable _ = () -> gate.release(100_000)) { // one slot
            var order = new ArrayList<CompletableFuture<String>>();
            order.add(later(engine, "a", "'max_tokens':4,'priority':5"));
            engine.awaitMetric(RUNNING, 1);
            gate.release(2);
            engine.awaitMetric(GENERATED, 2);
            for (int i = 0; i < 3; i++) {
                order.add(later(engine, "a", "'max_tokens':" + (5 + i) + ",'priority':" + List.of(5, 0, -1).get(i)));
                engine.awaitMetric(WAITING, i + 1);
            }
            gate.release(1); // the step in work
            engine.awaitMetric("vllm:num_preemptions_total", 1);
            gate.release(7);
            assertThat(text(order.get(3))).isEqualTo("bababab");
            assertThat(order.get(2).isDone() || order.get(1).isDone() || order.get(0).isDone()).isFalse();
            gate.release(6);
            assertThat(text(order.get(2))).isEqualTo("bababa");
            assertThat(order.get(1).isDone() || order.get(0).isDone()).isFalse();
            gate.release(100);
            assertThat(text(order.get(0))).as("goes on where it was").isEqualTo("baba");
            assertThat(text(order.get(1))).isEqualTo("babab");
        }
    }

    @Test
    void givenMoreRequestsThanMayWait_theyAreRefusedWithATime() throws Exception {
        var gate = new Semaphore(0);
        try (var engine = new TestEngine(ENDLESS, gate::acquireUninterruptibly); AutoCloseable _ = () -> gate.release(100_000)) {
            var sockets = new ArrayList<Socket>();
            sockets.add(engine.open(PLAIN, request("a", "'max_tokens':1")));
            engine.awaitMetric(RUNNING, 1);
            for (int i = 0; i < Scheduler.MOST_WAITING; i++) sockets.add(engine.open(PLAIN, request("a", "'max_tokens':1")));
            engine.awaitMetric(WAITING, Scheduler.MOST_WAITING);
            for (var stream : List.of("true", "false")) {
                var refused = engine.post(PLAIN, request("a", "'stream':" + stream));
                assertThat(refused.statusCode()).isEqualTo(429);
                assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 60L);
                var error = Json.parse(refused.body()).get("error");
                assertThat(error.get("code").asString()).isEqualTo("rate_limit_exceeded");
                assertThat(error.get("message").asString()).contains("256");
            }
            gate.release(1000);
            for (var socket : sockets) {
                assertThat(TestEngine.reader(socket).readLine()).contains("200");
                socket.close();
            }
            engine.awaitMetric(RUNNING, 0);
        }
    }

    @Test
    void givenLessMemoryThanAllNeed_someBeginAgainLater_andTheBudgetIsKept() throws Exception {
        var budget = new CacheBudget(4, 1024, 100);
        var gate = new Semaphore(0);
        try (var engine = new TestEngine(ENDLESS, budget, gate::acquireUninterruptibly); AutoCloseable _ = () -> gate.release(100_000)) {
            var answers = new ArrayList<CompletableFuture<String>>();
            for (int i = 0; i < 6; i++) answers.add(later(engine, "ab".repeat(20 + i), "'max_tokens':" + (400 + 20 * i)));
            engine.awaitMetric(WAITING, 5);
            gate.release(100_000);
            for (int i = 0; i < 6; i++) assertThat(text(answers.get(i))).isEqualTo("ab".repeat(200 + 10 * i));
            assertThat(engine.metric("vllm:num_preemptions_total")).isPositive();
            assertThat(engine.model.sizes).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(1024));
            engine.awaitMetric("vllm:kv_cache_usage_perc", 0); // the last one leaves after its answer has gone out
        }
    }

    @Test
    void givenAMachineWithoutMoreMemory_theLongestFails_andTheOthersGoOn() throws Exception {
        var gate = new Semaphore(0);
        try (var engine = new TestEngine(ENDLESS, EIGHT, gate::acquireUninterruptibly); AutoCloseable _ = () -> gate.release(100_000)) {
            engine.model.memory = 2 * CacheBudget.FIRST_TOKENS;
            var longest = async(() -> engine.post(PLAIN, request("ab".repeat(150), "'max_tokens':400")).body());
            engine.awaitMetric(RUNNING, 1);
            var other = later(engine, "a", "'max_tokens':400");
            engine.awaitMetric(WAITING, 1);
            gate.release(1000);
            assertThat(text(longest)).contains("No memory for 2 × 1024").contains("Close something");
            assertThat(text(other)).isEqualTo("ba".repeat(200));
            assertThat(engine.model.steps).as("they ran together").contains(new Step(2, 0));
        }
    }

    @Test
    void givenAFailureWhileABeginningIsKept_itIsNotTakenForKept() throws Exception {
        try (var engine = new TestEngine(ENDLESS, new CacheBudget(4, 4L * TestEngine.CONTEXT, 50), () -> {})) {
            var prompt = "ab".repeat(50);
            engine.model.beforeKeeping = () -> {
                throw new IllegalStateException("the copy broke");
            };
            assertThat(engine.post(PLAIN, request(prompt, "'max_tokens':3")).body()).contains("the copy broke");
            engine.model.beforeKeeping = () -> {};
            for (int tokens : List.of(0, 96)) {
                var answer = post(engine, prompt, "'max_tokens':3");
                assertThat(cached(answer)).isEqualTo(tokens);
                assertThat(answer.at("/choices/0/text").asString()).isEqualTo("aba");
            }
        }
    }

    @Test
    void givenABurstThatIsOver_itsMemoryIsGivenBack() {
        var model = endless();
        var batch = new SlotBatch(model, 2000, new CacheBudget(4, 4000, 0));
        batch.shrink();
        assertThat(model.sizes).as("nothing was taken yet").isEmpty();
        for (int i = 0; i < 3; i++) {
            var sequence = join(batch, i);
            while (sequence.position() < 800) step(batch);
        }
        assertThat(Collections.max(model.sizes)).isBetween(3 * 900, 4000);
        while (!batch.isEmpty()) step(batch);
        batch.shrink();
        assertThat(List.copyOf(model.sizes).getLast()).isEqualTo(CacheBudget.FIRST_TOKENS);
    }

    @Test
    void givenMemoryThatCannotBeGivenBack_theNextIsServed() throws Exception {
        var model = endless();
        var batch = new SlotBatch(model, 2000, new CacheBudget(4, 4000, 0));
        join(batch, 0);
        while (!batch.isEmpty()) step(batch);
        model.memory = 0;
        batch.shrink();
        model.memory = Integer.MAX_VALUE;
        var next = join(batch, 1);
        while (!batch.isEmpty()) step(batch);
        var text = new StringBuilder();
        for (var event = next.next(0); event.isPresent(); event = next.next(0))
            if (event.get() instanceof Event.Piece piece) text.append(piece.text());
        assertThat(text.toString()).isEqualTo("ab".repeat(150));
    }

    private static NgramModel endless() {
        return new NgramModel(TestEngine.TOKENIZER.encode(ENDLESS, Specials.PARSED), TestEngine.TOKENIZER.size(), 2000, () -> {});
    }

    /// A prompt of 800 tokens that asks for 300.
    private static Sequence join(SlotBatch batch, int number) {
        var prompt = TestEngine.TOKENIZER.encode("ab".repeat(400), Specials.PARSED);
        var request = new GenerationRequest(prompt, SamplingRules.greedy(), 300, List.of(), OptionalInt.empty(), false, 0, true, false, 0, false, Optional.empty());
        var sequence = new Sequence(request, number, TestEngine.TOKENIZER, TestEngine.TOKENIZER.size(), new EngineMetrics().of("ngram"));
        batch.join(sequence);
        return sequence;
    }

    private static void step(SlotBatch batch) {
        batch.grow();
        batch.step();
    }

    @Test
    void givenThePromptOfAnotherRequest_itsBlocksAreNotComputedAgain() throws Exception {
        try (var engine = new TestEngine(ENDLESS, new CacheBudget(4, 4L * TestEngine.CONTEXT, 50), () -> {})) {
            var prompt = "ab".repeat(50);
            var first = post(engine, prompt, "'max_tokens':3");
            assertThat(cached(first)).isZero();
            var second = post(engine, prompt + "b", "'max_tokens':3");
            assertThat(cached(second)).isEqualTo(100);
            assertThat(second.at("/choices/0/text").asString()).isEqualTo("aba");
            assertThat(cached(post(engine, prompt, "'max_tokens':3,'cache_prompt':false"))).isZero();
            assertThat(cached(post(engine, prompt.substring(0, 96), "'max_tokens':3"))).as("the last id is always computed").isEqualTo(92);
            assertThat(engine.metric("vllm:prefix_cache_queries_total")).isEqualTo(100 + 101 + 96);
            assertThat(engine.metric("vllm:prefix_cache_hits_total")).isEqualTo(100 + 92);
            assertThat(engine.model.steps.stream().mapToInt(Step::prefilled)).contains(100, 101 - 100, 96 - 92);
            var events = TestEngine.events(engine.post(PLAIN, request(prompt, "'max_tokens':2,'stream':true,'stream_options':{'include_usage':true}")).body());
            assertThat(cached(events.getLast())).isEqualTo(96);
            assertThat(engine.post(PLAIN, request("a", "'cache_prompt':1")).body()).contains("cache_prompt");
            assertThat(engine.post(PLAIN, request("a", "'priority':0.5")).body()).contains("priority");
        }
    }

    @Test
    void givenAConversation_theAnswerBeforeIsNotComputedAgain() throws Exception {
        try (var engine = new TestEngine(ENDLESS, new CacheBudget(4, 4L * TestEngine.CONTEXT, 50), () -> {})) {
            var answer = post(engine, "ab".repeat(20), "'max_tokens':40").at("/choices/0/text").asString();
            assertThat(cached(post(engine, "ab".repeat(20) + answer + "bb", "'max_tokens':3"))).isEqualTo(76);
        }
    }

    /// Requests of every kind come and go at random; each gets what it would have got alone.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void givenRequestsThatComeAndGo_eachIsAnsweredAsIfAlone(long seed) throws Exception {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var training = "the harbour was quiet and a small boat came in slowly while the keeper of the light watched from his window";
        var requests = new ArrayList<String>();
        for (int i = 0; i < 40; i++) {
            int from = random.nextInt(training.length() - 2);
            var prompt = training.substring(0, random.nextInt(20)) + training.substring(from, random.nextInt(from + 1, training.length()));
            requests.add(request(prompt, "'max_tokens':" + random.nextInt(1, 120) + ",'priority':" + random.nextInt(3)));
        }
        var alone = new ArrayList<String>();
        try (var engine = new TestEngine(training, () -> {})) {
            for (var request : requests) alone.add(engine.postJson(PLAIN, request).at("/choices/0/text").asString());
        }
        try (var engine = new TestEngine(training, new CacheBudget(5, 1024, 20), () -> {})) {
            var answers = new ArrayList<CompletableFuture<String>>();
            for (var request : requests) {
                if (random.nextInt(4) == 0) engine.open(PLAIN, request("the harbour", "'max_tokens':4000,'stream':true,'ignore_eos':true")).close();
                answers.add(async(() -> engine.postJson(PLAIN, request).at("/choices/0/text").asString()));
            }
            for (int i = 0; i < answers.size(); i++)
                assertThat(text(answers.get(i))).as("seed %d, %s", seed, requests.get(i)).isEqualTo(alone.get(i));
            engine.awaitMetric(RUNNING, 0);
            engine.awaitMetric(WAITING, 0);
            assertThat(engine.model.steps).as("they ran together").anyMatch(step -> step.decoded() > 2);
            assertThat(engine.model.sizes).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(TestEngine.CONTEXT));
        }
    }

    private static int cached(JsonNode answer) {
        return answer.at("/usage/prompt_tokens_details/cached_tokens").asInt();
    }

    private static JsonNode post(TestEngine engine, String prompt, String fields) throws Exception {
        return engine.postJson(PLAIN, request(prompt, fields));
    }

    private static CompletableFuture<String> later(TestEngine engine, String prompt, String fields) {
        return async(() -> post(engine, prompt, fields).at("/choices/0/text").asString());
    }

    private static <T> CompletableFuture<T> async(Callable<T> work) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return work.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }, Thread::startVirtualThread);
    }

    private static String text(CompletableFuture<String> answer) throws Exception {
        return answer.get(60, TimeUnit.SECONDS);
    }

    private static String request(String prompt, String fields) {
        return "{'model':'ngram','prompt':'" + prompt + "','temperature':0," + fields + "}";
    }
}
