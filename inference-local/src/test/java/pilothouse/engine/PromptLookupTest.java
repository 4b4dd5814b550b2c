package pilothouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import pilothouse.engine.cache.CacheBudget;
import pilothouse.engine.metrics.EngineMetrics;
import pilothouse.engine.sampling.SamplingOrder;
import pilothouse.engine.sampling.SamplingRules;

/// Guessing how an answer goes on changes its speed only.
class PromptLookupTest {
    private static final String PLAIN = "/v1/completions";
    private static final String GUESSED = "vllm:spec_decode_num_draft_tokens_total";
    private static final String RIGHT = "vllm:spec_decode_num_accepted_tokens_total";
    private static final int SAMPLES = 100_000;
    private static final int SYMBOLS = 5; // ids 1 to 5; 0 ends an answer and never comes

    @Test
    void givenAnAnswerThatRepeatsItsPrompt_itTakesFewerStepsAndIsTheSame() throws Exception {
        try (var engine = new TestEngine("the quick brown fox jumps over the lazy dog. the quick brown fox jumps over", () -> {})) {
            var without = engine.postJson(PLAIN, request("'temperature':0"));
            int plain = engine.model.steps.size();
            var with = engine.postJson(PLAIN, request("'temperature':0,'prompt_lookup_num_tokens':8"));
            assertThat(with.at("/choices")).isEqualTo(without.at("/choices"));
            assertThat(engine.model.steps.size() - plain).isLessThan(plain / 3);
            assertThat(engine.metric(RIGHT)).isPositive().isLessThanOrEqualTo(engine.metric(GUESSED));
        }
    }

    @Test
    void givenSeeds_sampledAnswersAreTheSameTokenByToken() throws Exception {
        try (var engine = new TestEngine("abcabdabeabc", () -> {})) {
            for (int seed = 0; seed < 8; seed++) {
                var fields = "'temperature':2,'top_k':3,'top_p':0.99,'repetition_penalty':1.02,'logprobs':2,'stop':['zz'],'seed':" + seed;
                var with = engine.postJson(PLAIN, letters(fields + ",'prompt_lookup_num_tokens':16")).at("/choices");
                assertThat(with.size()).isEqualTo(1);
                assertThat(with).isEqualTo(engine.postJson(PLAIN, letters(fields)).at("/choices"));
            }
            assertThat(engine.metric(RIGHT)).isLessThan(engine.metric(GUESSED)).isPositive();
        }
    }

    @Test
    void givenASyntheticModel_aHundredThousandSamplesHaveItsDistribution() {
        var probabilities = new double[SYMBOLS + 1][SYMBOLS + 1];
        var scores = new float[SYMBOLS + 1][SYMBOLS + 1];
        for (int from = 0; from <= SYMBOLS; from++) {
            double sum = 0;
            for (int to = 1; to <= SYMBOLS; to++) sum += probabilities[from][to] = Math.exp((from * 7 + to * 3) % 5 * 0.6);
            for (int to = 1; to <= SYMBOLS; to++) scores[from][to] = (float) Math.log(probabilities[from][to] /= sum);
            scores[from][0] = Float.NEGATIVE_INFINITY;
        }
        var metrics = new EngineMetrics();
        var counts = new int[SYMBOLS + 1][SYMBOLS + 1];
        for (int seed = 0; seed < SAMPLES / 1000; seed++) count(answer(new MarkovModel(scores), seed, metrics), counts);
        double chi = 0;
        for (int from = 1; from <= SYMBOLS; from++) {
            double total = 0;
            for (int to = 1; to <= SYMBOLS; to++) total += counts[from][to];
            for (int to = 1; to <= SYMBOLS; to++) {
                double expected = total * probabilities[from][to];
                chi += (counts[from][to] - expected) * (counts[from][to] - expected) / expected;
            }
        }
        assertThat(chi).as("chi-square of %d degrees of freedom, its 99.9 %% quantile is 45.3", SYMBOLS * (SYMBOLS - 1)).isLessThan(45.3);
        assertThat(metrics.text(Map.of()).lines().filter(line -> line.startsWith(RIGHT + "{")).findFirst().orElseThrow()).doesNotEndWith(" 0.0");
    }

    private static void count(int[] ids, int[][] counts) {
        for (int i = 1; i < ids.length; i++) counts[ids[i - 1]][ids[i]]++;
    }

    private static int[] answer(LanguageModel model, long seed, EngineMetrics metrics) {
        var rules = new SamplingRules(SamplingOrder.VLLM, 1, 0, 1, 0, 1, 0, 0, Map.of(), seed);
        var request = new GenerationRequest(new int[] {1}, rules, 1000, List.of(), OptionalInt.empty(), false, 0, false, false, 8, false, Optional.empty());
        var sequence = new Sequence(request, 1, TestEngine.TOKENIZER, SYMBOLS + 1, metrics.of("markov"));
        var batch = new SlotBatch(model, 2000, new CacheBudget(1, 2000, 0));
        batch.join(sequence);
        while (!batch.isEmpty()) {
            batch.grow();
            batch.step();
        }
        assertThat(sequence.known()).isEqualTo(1001);
        return Arrays.copyOf(sequence.ids(), sequence.known());
    }

    private static String letters(String fields) {
        return "{'model':'ngram','prompt':'xyab','max_tokens':60," + fields + "}";
    }

    private static String request(String fields) {
        return "{'model':'ngram','prompt':'the quick brown fox jumps over the lazy dog. the quick','max_tokens':60," + fields + "}";
    }
}
