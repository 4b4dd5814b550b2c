package pilothouse.engine.sampling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The steps of sampling written down as literally as possible, with sorting and maps; the comparison for the real one.
final class NaiveSampling {
    private NaiveSampling() {}

    /// Probability by id of the tokens that are left; the order is that of drawing.
    static Map<Integer, Double> distribution(float[] logits, SamplingRules rules, List<Integer> prompt, List<Integer> answer) {
        var scores = new double[logits.length];
        for (int i = 0; i < scores.length; i++) scores[i] = logits[i] + rules.logitBias().getOrDefault(i, 0.0);
        boolean vllm = rules.order() == SamplingOrder.VLLM;
        var all = new ArrayList<>(prompt);
        all.addAll(answer);
        var recent = vllm ? all : all.subList(Math.max(0, all.size() - 64), all.size());
        var counted = vllm ? answer : recent;
        for (int id : new java.util.HashSet<>(recent)) {
            scores[id] = scores[id] > 0 ? scores[id] / rules.repetitionPenalty() : scores[id] * rules.repetitionPenalty();
            long count = counted.stream().filter(seen -> seen == id).count();
            scores[id] -= rules.frequencyPenalty() * count + (count > 0 ? rules.presencePenalty() : 0);
        }
        var left = new ArrayList<Integer>();
        for (int i = 0; i < scores.length; i++) if (scores[i] > Double.NEGATIVE_INFINITY) left.add(i);
        if (vllm) {
            for (int i = 0; i < scores.length; i++) scores[i] /= rules.temperature();
            left = topP(topK(minP(left, scores, rules.minP()), scores, rules.topK()), scores, rules.topP());
        } else {
            left = minP(topP(topK(left, scores, rules.topK()), scores, rules.topP()), scores, rules.minP());
            for (int i = 0; i < scores.length; i++) scores[i] /= rules.temperature();
        }
        return softmax(left, scores);
    }

    private static ArrayList<Integer> minP(ArrayList<Integer> left, double[] scores, double p) {
        if (p <= 0) return left;
        var probabilities = softmax(left, scores);
        double most = probabilities.values().stream().mapToDouble(x -> x).max().orElseThrow();
        left.removeIf(id -> probabilities.get(id) < p * most);
        return left;
    }

    private static ArrayList<Integer> topK(ArrayList<Integer> left, double[] scores, int k) {
        if (k <= 0 || k >= left.size()) return left;
        left.sort(Comparator.<Integer>comparingDouble(id -> -scores[id]).thenComparing(id -> id));
        return new ArrayList<>(left.subList(0, k));
    }

    private static ArrayList<Integer> topP(ArrayList<Integer> left, double[] scores, double p) {
        if (p >= 1) return left;
        left.sort(Comparator.<Integer>comparingDouble(id -> -scores[id]).thenComparing(id -> id));
        var probabilities = softmax(left, scores);
        var kept = new ArrayList<Integer>();
        double sum = 0;
        for (int id : left) {
            kept.add(id);
            sum += probabilities.get(id);
            if (sum >= p) break;
        }
        return kept;
    }

    static Map<Integer, Double> softmax(List<Integer> ids, double[] scores) {
        double max = ids.stream().mapToDouble(id -> scores[id]).max().orElseThrow();
        double sum = ids.stream().mapToDouble(id -> Math.exp(scores[id] - max)).sum();
        var probabilities = new LinkedHashMap<Integer, Double>();
        for (int id : ids) probabilities.put(id, Math.exp(scores[id] - max) / sum);
        return probabilities;
    }
}
