package pilothouse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pilothouse.engine.ReferenceVectors.Greedy;
import pilothouse.engine.torchscript.TorchModule;
import pilothouse.json.Json;
import tools.jackson.databind.JsonNode;

/// The real model with many requests at once, and with beginnings kept from earlier ones: the answers are the
/// reference's, as they are for one request alone.
@Timeout(180)
class EmbeddedModelBatchTest {
    private static final String PLAIN = "/v1/completions";

    @Test
    @Tag("thorough")
    void givenAllPromptsAtOnceInFp32_eachAnswerIsTheReferences() throws Exception {
        answersAreTheReferences("fp32", true, 0.001);
    }

    @Test
    void givenAllPromptsAtOnceInInt4_eachAnswerIsTheReferences() throws Exception {
        answersAreTheReferences("int4", false, 0.45);
    }

    /// @param all every prompt, or only those that rounding does not change
    /// @param tolerance of a log-probability
    private static void answersAreTheReferences(String precision, boolean all, double tolerance) throws Exception {
        TorchModule.useThreads(2);
        try (var engine = new TestEngine(new GgufModelSource())) {
            engine.post("/models/load", "{'model':'m','path':'" + EmbeddedModelServerTest.FILE + "','precision':'" + precision + "','context':1024}");
            var references = ReferenceVectors.load().stream().filter(reference -> all || reference.robust()).toList();
            var texts = new ArrayList<String>();
            for (var reference : references)
                texts.add(engine.postJson("/detokenize", "{'model':'m','tokens':" + Json.write(reference.ids()) + "}").get("prompt").asString().replace("<|im_end|>", ""));
            for (int round = 0; round < 2; round++) {
                var answers = atOnce(engine, references);
                for (int i = 0; i < answers.size(); i++) {
                    var reference = references.get(i);
                    var answer = answers.get(i);
                    assertThat(answer.at("/choices/0/text").asString()).as(reference.name()).isEqualTo(texts.get(i));
                    var logprobs = answer.at("/choices/0/logprobs/token_logprobs");
                    assertThat(logprobs.size()).isEqualTo(reference.ids().length);
                    for (int token = 0; token < logprobs.size(); token++)
                        assertThat(logprobs.get(token).doubleValue()).as("%s, token %d", reference.name(), token)
                                .isCloseTo(reference.logprobs()[token], within(tolerance));
                    assertThat(answer.at("/usage/prompt_tokens_details/cached_tokens").asInt()).as("round %d, %s", round, reference.name())
                            .isGreaterThanOrEqualTo(round == 0 ? 0 : (reference.prompt().length - 1) / LanguageModel.BLOCK * LanguageModel.BLOCK);
                }
            }
            assertThat(engine.metric("vllm:prefix_cache_hits_total")).isPositive();
        }
    }

    private static List<JsonNode> atOnce(TestEngine engine, List<Greedy> references) throws Exception {
        var answers = new ArrayList<JsonNode>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Future<JsonNode>>();
            for (var reference : references) asked.add(threads.submit(ask(engine, reference)));
            for (var answer : asked) answers.add(answer.get());
        }
        return answers;
    }

    private static Callable<JsonNode> ask(TestEngine engine, Greedy reference) {
        return () -> engine.postJson(PLAIN, "{'model':'m','temperature':0,'ignore_eos':true,'logprobs':5,'max_tokens':"
                + reference.ids().length + ",'prompt':" + Json.write(reference.prompt()) + "}");
    }

    /// Four sequences of different lengths step by step, one leaving, one joining by a chunk beside the others.
    @Test
    void givenFp32_logitsInABatchAreThoseAlone() {
        try (var model = EmbeddedModel.load(Precision.FP32)) {
            var references = ReferenceVectors.load();
            model.reserve(4, 256);
            for (int slot = 0; slot < 3; slot++) model.prefill(slot, 0, references.get(slot).prompt());
            var joining = references.get(3);
            int half = joining.prompt().length / 2;
            model.prefill(3, 0, Arrays.copyOf(joining.prompt(), half));
            var logits = model.mixed(first(references), lengths(references), 3, half,
                    Arrays.copyOfRange(joining.prompt(), half, joining.prompt().length));
            int vocabulary = model.card().vocabularySize();
            for (int row = 0; row < 4; row++) {
                var reference = references.get(row);
                model.reserve(1, 256);
                var alone = model.prefill(0, 0, reference.prompt());
                if (row < 3) alone = model.decode(0, new int[] {reference.ids()[0]}, new int[] {reference.prompt().length});
                for (int id = 0; id < vocabulary; id++)
                    assertThat(logits[row * vocabulary + id]).as("%s, id %d", reference.name(), id).isCloseTo(alone[id], within(1e-3f));
            }
        }
    }

    private static int[] first(List<Greedy> references) {
        return references.stream().limit(3).mapToInt(reference -> reference.ids()[0]).toArray();
    }

    private static int[] lengths(List<Greedy> references) {
        return references.stream().limit(3).mapToInt(reference -> reference.prompt().length).toArray();
    }
}
