package pilothouse.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import pilothouse.problems.ProblemException;

class SamplerTest {
    static final int VOCABULARY = 500;

    @Test
    void givenAnyRules_eachTokenIsTheOneThatTheLiteralStepsDraw() {
        var random = generator(11);
        for (int round = 0; round < 300; round++) {
            var rules = rules(random, round);
            var prompt = ids(random, random.nextInt(100));
            var sampler = new Sampler(rules, VOCABULARY, prompt.stream().mapToInt(id -> id).toArray(), 0);
            var draws = generator(rules.seed());
            var answer = new ArrayList<Integer>();
            for (int step = 0; step < 8; step++) {
                var logits = logits(random);
                var expected = NaiveSampling.distribution(logits, rules, prompt, answer);
                int id = sampler.next(logits, 0);
                assertThat(id).as("round %d step %d %s", round, step, rules).isEqualTo(drawn(expected, draws.nextDouble()));
                answer.add(id);
            }
        }
    }

    @Test
    void givenARowInsideALargerArray_onlyThatRowIsRead() {
        var logits = new float[3 * VOCABULARY];
        java.util.Arrays.fill(logits, Float.NaN);
        System.arraycopy(logits(generator(1)), 0, logits, VOCABULARY, VOCABULARY);
        var alone = java.util.Arrays.copyOfRange(logits, VOCABULARY, 2 * VOCABULARY);
        assertThat(new Sampler(SamplingRules.greedy(), VOCABULARY, new int[0], 0).next(logits, VOCABULARY))
                .isEqualTo(new Sampler(SamplingRules.greedy(), VOCABULARY, new int[0], 0).next(alone, 0));
    }

    @Test
    void givenEqualLogits_greedyTakesTheLowestId() {
        var logits = new float[] {0, 2, 1, 2, 2};
        assertThat(new Sampler(SamplingRules.greedy(), 5, new int[0], 0).next(logits, 0)).isEqualTo(1);
    }

    @Test
    void givenSomeTokensImpossible_theyAreNeverDrawn() {
        var logits = new float[50];
        java.util.Arrays.fill(logits, Float.NEGATIVE_INFINITY);
        logits[7] = -3;
        logits[9] = -4;
        var sampler = new Sampler(plain(1.5, 5), 50, new int[0], 0);
        for (int i = 0; i < 200; i++) assertThat(sampler.next(logits, 0)).isIn(7, 9);
    }

    @Test
    void givenLogitsThatAreNoNumbers_theRequestIsRefused() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            var logits = new float[] {1, 2, bad, 3};
            for (var rules : List.of(SamplingRules.greedy(), plain(1, 5)))
                assertThatThrownBy(() -> new Sampler(rules, 4, new int[0], 0).next(logits, 0))
                        .isInstanceOf(ProblemException.class).hasMessageContaining("token 2");
        }
        var none = new float[] {Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY};
        assertThatThrownBy(() -> new Sampler(plain(1, 5), 2, new int[0], 0).next(none, 0))
                .isInstanceOf(ProblemException.class).hasMessageContaining("no token is possible");
    }

    @Test
    void givenTheSameSeed_theAnswerIsTheSame_andAnotherChoiceDiffers() {
        assertThat(answer(plain(1, 42), 0)).isEqualTo(answer(plain(1, 42), 0)).isNotEqualTo(answer(plain(1, 43), 0))
                .isNotEqualTo(answer(plain(1, 42), 1));
    }

    @Test
    void givenManyDraws_theirFrequenciesAreTheProbabilities() {
        var logits = new float[] {2.5f, 2, 1.5f, 1, 0.5f, 0, -0.5f, -1};
        var rules = new SamplingRules(SamplingOrder.VLLM, 0.8, 0, 0.95, 0, 1, 0, 0, Map.of(), 2026);
        var expected = NaiveSampling.distribution(logits, rules, List.of(), List.of());
        var sampler = new Sampler(rules, logits.length, new int[0], 0);
        var seen = new HashMap<Integer, Integer>();
        int draws = 100_000;
        for (int i = 0; i < draws; i++) seen.merge(sampler.next(logits, 0), 1, Integer::sum);
        assertThat(seen.keySet()).isEqualTo(expected.keySet());
        double chiSquare = expected.entrySet().stream().mapToDouble(e ->
                Math.pow(seen.get(e.getKey()) - draws * e.getValue(), 2) / (draws * e.getValue())).sum();
        // 5 tokens are left, 4 degrees of freedom: 18.47 is exceeded once in 1000 seeds
        assertThat(expected).hasSize(5);
        assertThat(chiSquare).isLessThan(18.47);
    }

    @Test
    void givenTopLogprobs_theyAreTheLogSoftmaxOfTheRawLogits() {
        var random = generator(3);
        for (int round = 0; round < 50; round++) {
            var logits = logits(random);
            var scores = new double[VOCABULARY];
            var ids = new ArrayList<Integer>();
            for (int i = 0; i < VOCABULARY; i++) {
                scores[i] = logits[i];
                ids.add(i);
            }
            var expected = NaiveSampling.softmax(ids, scores);
            ids.sort((a, b) -> scores[a] != scores[b] ? Double.compare(scores[b], scores[a]) : a - b);
            int chosen = random.nextInt(VOCABULARY);
            var found = Logprobs.of(logits, 0, VOCABULARY, chosen, 20);
            assertThat(found.logprob()).isEqualTo(Math.log(expected.get(chosen)), within(1e-9));
            assertThat(found.topIds()).containsExactly(ids.subList(0, 20).stream().mapToInt(id -> id).toArray());
            for (int i = 0; i < 20; i++)
                assertThat(found.topProbs()[i]).isEqualTo(Math.log(expected.get(ids.get(i))), within(1e-9));
        }
    }

    private static int drawn(Map<Integer, Double> distribution, double u) {
        double sum = 0;
        int last = -1;
        for (var e : distribution.entrySet()) {
            sum += e.getValue();
            last = e.getKey();
            if (u < sum) return last;
        }
        return last;
    }

    private static List<Integer> answer(SamplingRules rules, int choice) {
        var sampler = new Sampler(rules, VOCABULARY, new int[0], choice);
        var random = generator(5);
        var answer = new ArrayList<Integer>();
        for (int i = 0; i < 20; i++) answer.add(sampler.next(logits(random), 0));
        return answer;
    }

    private static SamplingRules plain(double temperature, long seed) {
        return new SamplingRules(SamplingOrder.VLLM, temperature, 0, 1, 0, 1, 0, 0, Map.of(), seed);
    }

    private static SamplingRules rules(RandomGenerator random, int round) {
        return new SamplingRules(round % 2 == 0 ? SamplingOrder.VLLM : SamplingOrder.LLAMA_CPP, 0.3 + 1.5 * random.nextDouble(),
                random.nextBoolean() ? random.nextInt(VOCABULARY + 10) : 0, random.nextBoolean() ? random.nextDouble() : 1,
                random.nextBoolean() ? 0.3 * random.nextDouble() : 0, random.nextBoolean() ? 0.5 + random.nextDouble() : 1,
                random.nextBoolean() ? random.nextDouble() : 0, random.nextBoolean() ? random.nextDouble() : 0,
                random.nextBoolean() ? Map.of(3, 4.0, 70, -100.0) : Map.of(), random.nextLong());
    }

    /// A few likely tokens, many unlikely ones, and ties as bf16 makes them.
    private static float[] logits(RandomGenerator random) {
        var logits = new float[VOCABULARY];
        for (int i = 0; i < VOCABULARY; i++) logits[i] = Math.round((float) random.nextGaussian() * 3 * 16) / 16f;
        return logits;
    }

    private static List<Integer> ids(RandomGenerator random, int count) {
        return new ArrayList<>(random.ints(count, 0, VOCABULARY).boxed().toList());
    }

    private static RandomGenerator generator(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
