package pilothouse.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import pilothouse.json.Json;
import tools.jackson.databind.JsonNode;

/// Greedy continuations by an independent fp64 implementation, and the rules by which an engine is compared with them.
final class ReferenceVectors {
    /// @param margin log-probability of the best token minus that of the second, at each step
    /// @param top5   id and log-probability of the five best, at each step
    /// @param robust a rounding error of a 16-bit engine does not change the continuation
    record Greedy(String name, boolean robust, int[] prompt, int[] ids, double[] logprobs, double[] margin, double[][][] top5) {}

    /// How far an engine is from the reference over all prompts.
    ///
    /// @param flips prompt and step where the best token differs although the margin is 0.2 or more
    record Distance(double worst, double mean, List<String> flips) {}

    private ReferenceVectors() {}

    static List<Greedy> load() {
        try (var in = ReferenceVectors.class.getResourceAsStream("golden/smollm2-135m.json")) {
            var all = new ArrayList<Greedy>();
            for (var node : Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)).get("greedy")) all.add(greedy(node));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Greedy greedy(JsonNode node) {
        var top5 = new double[node.get("top5").size()][5][];
        for (int i = 0; i < top5.length; i++)
            for (int k = 0; k < 5; k++) top5[i][k] = numbers(node.get("top5").get(i).get(k));
        return new Greedy(node.get("name").asString(), node.get("robust").asBoolean(), ints(node.get("prompt_ids")),
                ints(node.get("ids")), numbers(node.get("logprobs")), numbers(node.get("margin")), top5);
    }

    private static int[] ints(JsonNode list) {
        return IntStream.range(0, list.size()).map(i -> list.get(i).asInt()).toArray();
    }

    private static double[] numbers(JsonNode list) {
        return IntStream.range(0, list.size()).mapToDouble(i -> list.get(i).asDouble()).toArray();
    }

    /// The model's own greedy continuation, as many ids as the reference has.
    static int[] continuation(LanguageModel model, Greedy reference) {
        model.reserve(1, reference.prompt().length + reference.ids().length);
        var ids = new int[reference.ids().length];
        var logits = model.prefill(0, 0, reference.prompt());
        for (int i = 0; i < ids.length; i++) {
            ids[i] = best(logits);
            if (i + 1 < ids.length)
                logits = model.decode(0, new int[] {ids[i]}, new int[] {reference.prompt().length + i});
        }
        return ids;
    }

    /// Feeds the reference's ids, whatever the model would have chosen, by decode steps.
    static Distance teacherForced(LanguageModel model) {
        var differences = new ArrayList<Double>();
        var flips = new ArrayList<String>();
        for (var reference : load()) {
            model.reserve(1, reference.prompt().length + reference.ids().length);
            var logits = model.prefill(0, 0, reference.prompt());
            for (int i = 0; i < reference.ids().length; i++) {
                compare(reference, i, logits, differences, flips);
                logits = model.decode(0, new int[] {reference.ids()[i]}, new int[] {reference.prompt().length + i});
            }
        }
        return new Distance(differences.stream().mapToDouble(d -> d).max().orElseThrow(),
                differences.stream().mapToDouble(d -> d).average().orElseThrow(), flips);
    }

    private static void compare(Greedy reference, int step, float[] logits, List<Double> differences, List<String> flips) {
        double norm = logSumExp(logits);
        for (var top : reference.top5()[step]) differences.add(Math.abs(logits[(int) top[0]] - norm - top[1]));
        if (reference.margin()[step] >= 0.2 && best(logits) != reference.ids()[step])
            flips.add(reference.name() + " step " + step + ": " + best(logits) + ", not " + reference.ids()[step]);
    }

    static int best(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) if (logits[i] > logits[best]) best = i;
        return best;
    }

    static double logSumExp(float[] logits) {
        double max = logits[best(logits)];
        return max + Math.log(IntStream.range(0, logits.length).mapToDouble(i -> Math.exp(logits[i] - max)).sum());
    }

}
