package pilothouse.engine.grammar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import pilothouse.engine.sampling.Sampler;
import pilothouse.engine.sampling.SamplingOrder;
import pilothouse.engine.sampling.SamplingRules;
import pilothouse.tokens.Tokenizer;
import pilothouse.tokens.Tokenizers;
import pilothouse.tokens.Vocabulary;

/// Answers of a model that scores tokens at random.
final class GuidedAnswers {
    /// Id 0 ends an answer; then one token a byte, then some longer ones, also such as cross JSON's marks.
    static final Tokenizer TOKENIZER = Tokenizers.of(vocabulary());

    private static final float MOST_LIKED = 6; // more, and a string of brackets would never hold what its pattern wants

    private GuidedAnswers() {}

    private static Vocabulary vocabulary() {
        var tokens = new ArrayList<>(List.of("<|end|>"));
        var types = new ArrayList<>(List.of(Vocabulary.CONTROL));
        int extra = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = b >= 33 && b <= 126 || b >= 161 && b <= 172 || b >= 174;
            tokens.add(String.valueOf((char) (printable ? b : extra++)));
        }
        tokens.addAll(List.of("{\"", "\":", "\",\"", "\"}", "},", "[[", "]]", "true", "false", "null", "12", "ab", "nam", "\\n", "Ã©", "æĹ¥", "ĠĠ", ":Ġ\"", "0.", "e+"));
        types.addAll(Collections.nCopies(tokens.size() - 1, Vocabulary.NORMAL));
        return new Vocabulary("gpt2", "gpt-2", tokens, types.stream().mapToInt(type -> type).toArray(), List.of(),
                OptionalInt.empty(), OptionalInt.of(0), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), false, false);
    }

    /// The whole text of an answer; empty if it has not ended after `most` tokens. Tokens that may close something are
    /// liked better the longer the answer is: else a random answer never ends.
    static Optional<String> random(Grammars.Compiled compiled, long seed, int most) {
        var draw = new Random(seed);
        var sampler = new Sampler(new SamplingRules(SamplingOrder.VLLM, 1, 0, 1, 0, 1, 0, 0, Map.of(), seed), TOKENIZER.size(), new int[0], 0);
        var guide = compiled.guide();
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < most && !guide.isComplete(); i++) {
            var logits = new float[TOKENIZER.size()];
            for (int id = 0; id < logits.length; id++) logits[id] = (float) draw.nextGaussian() * 3;
            for (int closing : new int[] {0, 1 + '"', 1 + ']', 1 + '}'}) logits[closing] += Math.min(i / 20f, MOST_LIKED);
            int id = sampler.next(logits, 0, guide);
            if (id == 0) return Optional.of(bytes.toString(StandardCharsets.UTF_8));
            guide.accept(id);
            bytes.writeBytes(TOKENIZER.bytes(id));
        }
        return guide.isComplete() ? Optional.of(bytes.toString(StandardCharsets.UTF_8)) : Optional.empty();
    }

    /// Whether `text` has the form.
    static boolean accepts(Grammars.Compiled compiled, String text) {
        var guide = compiled.guide();
        for (int b : toInts(text.getBytes(StandardCharsets.UTF_8))) {
            if (!guide.allows(1 + b)) return false;
            guide.accept(1 + b);
        }
        return guide.allows(0);
    }

    private static int[] toInts(byte[] bytes) {
        var ints = new int[bytes.length];
        Arrays.setAll(ints, i -> bytes[i] & 0xFF);
        return ints;
    }
}
