package pilothouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pilothouse.engine.Sequence.Event;
import pilothouse.engine.Sequence.Scored;
import pilothouse.engine.cache.CacheBudget;
import pilothouse.engine.metrics.EngineMetrics;
import pilothouse.engine.sampling.SamplingOrder;
import pilothouse.engine.sampling.SamplingRules;
import pilothouse.engine.weights.LoadProgress;
import pilothouse.modelfiles.GgufFile;

/// A request that asks for it has the same tokens, and the very same log-probabilities, alone and in any company.
class BatchInvarianceTest {
    private static final int CONTEXT = 64;
    private static final int VOCABULARY = TinyModel.PLAIN.vocabulary();

    @TempDir Path folder;

    @Test
    void givenSomeCompany_theAnswerIsTheSameToTheLastBit() throws IOException {
        same(Precision.INT4, 1);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    @Tag("thorough")
    void givenAnyCompany_theAnswerIsTheSameToTheLastBit(Precision precision) throws IOException {
        same(precision, 40);
    }

    private void same(Precision precision, int cases) throws IOException {
        try (var file = GgufFile.open(TinyModel.FOUR_BITS.write(folder.resolve("tiny.gguf")));
                var model = ModelLoader.load(file, precision, LoadProgress.NONE)) {
            for (int seed = 0; seed < cases; seed++) {
                var alone = new Company(model, new Random(seed)).answer(0);
                assertThat(new Company(model, new Random(seed)).answer(1 + seed % 5)).as("seed %d", seed).isEqualTo(alone);
            }
        }
    }

    /// One request, and others that come and go; it may lose its slot once and begin again.
    private static final class Company {
        private final SlotBatch batch;
        private final Random random;
        private final Sequence watched;
        private int number;

        Company(LanguageModel model, Random random) {
            this.batch = new SlotBatch(model, CONTEXT, new CacheBudget(6, 6 * CONTEXT, 0));
            this.random = random;
            this.watched = sequence(true);
        }

        private Sequence sequence(boolean invariant) {
            var prompt = random.ints(1 + random.nextInt(20), 1, VOCABULARY).toArray();
            var rules = new SamplingRules(SamplingOrder.VLLM, 1, 0, 1, 0, 1, 0, 0, Map.of(), random.nextLong());
            var request = new GenerationRequest(prompt, rules, 20, List.of(), OptionalInt.of(3), true, 0, false, false, 0, invariant, Optional.empty());
            return new Sequence(request, number++, TestEngine.TOKENIZER, VOCABULARY, new EngineMetrics().of("tiny"));
        }

        /// @param others most at once
        List<String> answer(int others) {
            boolean waits = true;
            boolean restarts = others > 0 && random.nextBoolean();
            while (waits || !watched.isEnded()) {
                boolean free = batch.inTheWayOf(watched).isEmpty();
                if (waits && free && (batch.running().size() == others || random.nextInt(3) == 0)) {
                    batch.join(watched);
                    waits = false;
                } else if (free && batch.running().size() < others + (waits ? 0 : 1)) {
                    batch.join(sequence(random.nextInt(4) == 0));
                } else if (restarts && !waits && watched.known() > watched.promptTokens() + 5) {
                    batch.leave(watched);
                    watched.suspend();
                    waits = true;
                    restarts = false;
                }
                if (batch.isEmpty()) continue;
                batch.grow();
                batch.step();
            }
            return scored(watched);
        }

        private static List<String> scored(Sequence sequence) {
            var tokens = new ArrayList<String>();
            try {
                for (var event = sequence.next(0); event.isPresent(); event = sequence.next(0))
                    if (event.get() instanceof Event.Piece piece)
                        for (Scored token : piece.tokens()) tokens.add(token.id() + " " + token.logprobs().logprob());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            assertThat(tokens).hasSize(20);
            return tokens;
        }
    }
}
