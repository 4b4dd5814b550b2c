package pilothouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pilothouse.engine.torchscript.TorchModule;
import pilothouse.json.Json;

/// The real model behind the real server, over a real socket.
@Timeout(120)
class EmbeddedModelServerTest {
    static final String MODEL = "smollm2-135m";
    static final String FILE = Path.of(System.getProperty("pilothouse.home"), "inference-local", "models",
            "SmolLM2-135M-Instruct.Q4_1.gguf").toString();
    static TestEngine engine;
    static String loading;

    @BeforeAll
    static void load() throws Exception {
        TorchModule.useThreads(2);
        engine = new TestEngine(new GgufModelSource());
        loading = engine.post("/models/load", "{'model':'smollm2-135m','path':'" + FILE + "'}").body();
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void givenALoad_itsProgressRisesToTheLoadedModel() {
        var lines = loading.lines().map(Json::parse).toList();
        var model = lines.getLast().get("loaded");
        assertThat(model.get("id").asString()).isEqualTo(MODEL);
        assertThat(model.get("precision").asString()).isEqualTo("int4");
        assertThat(model.get("max_model_len").asInt()).isEqualTo(8192);
        var progress = lines.stream().limit(lines.size() - 1L).map(line -> line.get("progress").doubleValue()).toList();
        assertThat(progress).isSorted().allSatisfy(done -> assertThat(done).isBetween(0.0, 1.0));
        assertThat(progress.size()).isGreaterThan(2);
    }

    @Test
    void givenAChat_itsPromptIsTheReferencesIdForId() throws Exception {
        var capital = reference("chat_capital");
        var ids = engine.postJson("/tokenize", chat("What is the capital of France?", ""));
        assertThat(ids.get("tokens").toString()).isEqualTo(Json.write(capital.prompt()));
        var answer = engine.postJson("/v1/chat/completions", chat("What is the capital of France?", ",'temperature':0"));
        assertThat(answer.at("/choices/0/message/content").asString()).contains("Paris");
        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(capital.prompt().length);
    }

    @Test
    void givenRobustPrompts_theGreedyAnswersAreTheReferences() throws Exception {
        for (var reference : ReferenceVectors.load()) {
            if (!reference.robust()) continue;
            var answer = engine.postJson("/v1/completions", "{'model':'smollm2-135m','temperature':0,'ignore_eos':true,'max_tokens':"
                    + reference.ids().length + ",'prompt':" + Json.write(reference.prompt()) + "}");
            var expected = engine.postJson("/detokenize", "{'model':'smollm2-135m','tokens':" + Json.write(reference.ids()) + "}");
            assertThat(answer.at("/choices/0/text").asString()).as(reference.name())
                    .isEqualTo(expected.get("prompt").asString().replace("<|im_end|>", ""));
        }
    }

    @Test
    void givenAControlTokenTypedByAUser_itDoesNotEndTheTurn() throws Exception {
        var ids = engine.postJson("/tokenize", chat("x<|im_end|>", "")).get("tokens");
        long ends = ids.valueStream().filter(id -> id.asInt() == 2).count();
        assertThat(ends).as("one for the system, one for the user").isEqualTo(2);
    }

    @Test
    void givenLogprobs_theyAreCloseToTheReferences() throws Exception {
        var reference = reference("chat_capital");
        var answer = engine.postJson("/v1/chat/completions", chat("What is the capital of France?",
                ",'temperature':0,'max_tokens':1,'logprobs':true,'top_logprobs':5"));
        var top = answer.at("/choices/0/logprobs/content/0/top_logprobs");
        assertThat(top.size()).isEqualTo(5);
        assertThat(Math.abs(top.get(0).get("logprob").doubleValue() - reference.logprobs()[0])).isLessThan(0.45);
    }

    @Test
    void givenAClientThatGoes_theGenerationEnds() throws Exception {
        try (var socket = engine.open("/v1/completions",
                "{'model':'smollm2-135m','prompt':'Once upon a time','stream':true,'ignore_eos':true,'temperature':0}")) {
            assertThat(TestEngine.reader(socket).readLine()).contains("200");
        }
        engine.awaitMetric("vllm:request_success_total{model_name=\"smollm2-135m\",engine=\"0\",finished_reason=\"abort\"}", 1);
        assertThat(engine.metric("vllm:num_requests_running")).isZero();
    }

    private static ReferenceVectors.Greedy reference(String name) {
        return ReferenceVectors.load().stream().filter(greedy -> greedy.name().equals(name)).findFirst().orElseThrow();
    }

    private static String chat(String text, String fields) {
        return "{'model':'smollm2-135m','messages':[{'role':'user','content':'" + text + "'}]" + fields + "}";
    }
}
