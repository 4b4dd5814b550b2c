package pilothouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pilothouse.engine.ModelSource.Parts;
import pilothouse.engine.cache.CacheBudget;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;
import pilothouse.tokens.Specials;

/// A model takes another one's place while that one answers.
@Timeout(300)
class SwapTest {
    private static final String LOAD = "{'model':'m','path':'x.gguf','replace':true}";
    private static final String PLAIN = "/v1/completions";
    private final Queue<NgramModel> models = new ConcurrentLinkedQueue<>();

    @Test
    void givenSwapsUnderEightStreams_noStreamFailsOrIsCut() throws Exception {
        swap(12);
    }

    @Test
    @Tag("thorough")
    void givenTwoHundredSwapsUnderEightStreams_noStreamFailsOrIsCut() throws Exception {
        swap(Integer.getInteger("swaps", 200));
    }

    private void swap(int swaps) throws Exception {
        try (var engine = new TestEngine((_, _, _, _) -> parts(() -> {})); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            engine.post("/models/load", LOAD);
            var stop = new AtomicBoolean();
            List<Future<Integer>> streams = new ArrayList<>();
            for (int i = 0; i < 8; i++) streams.add(threads.submit(() -> askUntil(stop, engine)));
            try {
                for (int i = 0; i < swaps; i++) assertThat(engine.post("/models/load", LOAD).body()).contains("\"loaded\"");
            } finally {
                stop.set(true);
            }
            for (var stream : streams) assertThat(stream.get()).isPositive();
            assertThat(models).hasSize(swaps + 1);
            while (models.stream().filter(model -> !model.closed).count() > 1) engine.get("/health");
            engine.awaitMetric("vllm:num_requests_running", 0);
        }
        assertThat(models).allMatch(model -> model.closed);
    }

    private static int askUntil(AtomicBoolean stop, TestEngine engine) throws Exception {
        int answers = 0;
        for (; !stop.get() || answers == 0; answers++) {
            var events = TestEngine.events(engine.post(PLAIN, "{'model':'m','prompt':'a','temperature':0,'max_tokens':40,'stream':true}").body());
            var text = new StringBuilder();
            events.forEach(event -> text.append(event.at("/choices/0/text").asString("")));
            assertThat(text.toString()).isIn("ba".repeat(20), "ca".repeat(20)); // all of it from one of the models
            assertThat(events.getLast().at("/choices/0/finish_reason").asString()).isEqualTo("length");
        }
        return answers;
    }

    @Test
    void givenAStreamOfTheOldModel_newRequestsGoToTheNewOneAndTheOldOneLeavesAfterwards() throws Exception {
        var gate = new Semaphore(0);
        var gated = new AtomicBoolean(true);
        try (var engine = new TestEngine((_, _, _, _) -> parts(gated.getAndSet(false) ? gate::acquireUninterruptibly : () -> {}));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            engine.post("/models/load", LOAD);
            var old = threads.submit(() -> engine.postJson(PLAIN, "{'model':'m','prompt':'a','temperature':0,'max_tokens':4}"));
            engine.awaitMetric("vllm:num_requests_running", 1);
            engine.post("/models/load", LOAD);
            assertThat(engine.postJson(PLAIN, "{'model':'m','prompt':'a','temperature':0,'max_tokens':4}").at("/choices/0/text").asString()).isEqualTo("caca");
            assertThat(models.peek().closed).isFalse();
            assertThat(engine.metric("vllm:num_requests_running")).isEqualTo(1);
            gate.release(10);
            assertThat(old.get().at("/choices/0/text").asString()).isEqualTo("baba");
            while (!models.peek().closed) engine.get("/health");
        }
    }

    @Test
    void givenNoRoomBesideTheOldModel_thatIsSaidAndItGoesOnAnswering() throws Exception {
        try (var engine = new TestEngine((_, _, _, _) -> {
            if (models.isEmpty()) return parts(() -> {});
            throw new ProblemException("The model needs 9 GB and 2 GB are free", "x.gguf", "Choose a smaller file.");
        })) {
            engine.post("/models/load", LOAD);
            var error = Json.parse(engine.post("/models/load", LOAD).body().lines().toList().getLast()).at("/error/message").asString();
            assertThat(error).contains("9 GB").contains("goes on answering").contains("unload \"m\"");
            assertThat(engine.postJson(PLAIN, "{'model':'m','prompt':'a','temperature':0,'max_tokens':2}").at("/choices/0/text").asString()).isEqualTo("ba");
        }
    }

    /// The first model answers "baba…", the second "caca…", and so on in turns.
    private Parts parts(NgramModel.BeforeStep beforeStep) {
        var training = (models.size() % 2 == 0 ? "ab" : "ac").repeat(20);
        var model = new NgramModel(TestEngine.TOKENIZER.encode(training, Specials.PARSED), TestEngine.TOKENIZER.size(), 4096, beforeStep);
        models.add(model);
        return new Parts(model, TestEngine.TOKENIZER, Optional.empty(), 4096, new CacheBudget(8, 8 * 4096, 0));
    }
}
