package pilothouse.engine.sampling;

import java.util.Arrays;
import java.util.Optional;

/// In which order the steps of sampling run; the results differ.
public enum SamplingOrder {
    /// penalties, temperature, min-p, top-k, top-p; repetition counts prompt and answer, the others the answer only
    VLLM("vllm"),
    /// penalties over the last 64 tokens of prompt and answer, top-k, top-p, min-p, temperature last
    LLAMA_CPP("llama.cpp");

    private final String label;

    SamplingOrder(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    public static Optional<SamplingOrder> of(String label) {
        return Arrays.stream(values()).filter(order -> order.label.equals(label)).findFirst();
    }
}
