package pilothouse.engine.metrics;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import pilothouse.engine.metrics.ModelMetrics.Gauges;
import pilothouse.runtime.FinishReason;

/// Prometheus' text form, version 0.0.4, with the names and labels that vLLM uses.
final class PrometheusText {
    private final StringBuilder out = new StringBuilder();
    private final Map<String, ModelMetrics> models;

    PrometheusText(Map<String, ModelMetrics> models) {
        this.models = models;
    }

    String write(Map<String, Gauges> gauges, OptionalLong residentBytes) {
        gauge("vllm:num_requests_running", "Requests in work.", gauges, Gauges::running);
        gauge("vllm:num_requests_waiting", "Requests that wait.", gauges, Gauges::waiting);
        gauge("vllm:kv_cache_usage_perc", "Share of the key/value cache in use, 0 to 1.", gauges, Gauges::cacheUse);
        counter("vllm:prompt_tokens_total", "Tokens of prompts, computed or kept.", model -> model.promptTokens);
        counter("vllm:generation_tokens_total", "Tokens generated.", model -> model.generationTokens);
        counter("vllm:prefix_cache_queries_total", "Tokens of prompts that were looked up in the prefix cache.", model -> model.prefixQueries);
        counter("vllm:prefix_cache_hits_total", "Tokens of prompts that were found there.", model -> model.prefixHits);
        counter("vllm:num_preemptions_total", "Requests that lost their slot to another one.", model -> model.suspensions);
        counter("vllm:spec_decode_num_draft_tokens_total", "Tokens guessed by prompt lookup.", model -> model.guesses);
        counter("vllm:spec_decode_num_accepted_tokens_total", "Guesses that were right.", model -> model.rightGuesses);
        counter("pilothouse:answer_cache_queries_total", "Requests looked up among kept answers.", model -> model.answerQueries);
        counter("pilothouse:answer_cache_hits_total", "Requests answered by a kept answer.", model -> model.answerHits);
        each("vllm:request_success_total", "counter", "Requests ended without a failure.", (labels, model) ->
                model.finished.forEach((reason, count) -> line("vllm:request_success_total",
                        labels + ",finished_reason=\"" + wire(reason) + '"', count.sum())));
        histogram("vllm:time_to_first_token_seconds", "From arrival to the first token.", model -> model.firstToken);
        histogram("vllm:inter_token_latency_seconds", "Between two tokens.", model -> model.betweenTokens);
        histogram("vllm:request_time_per_output_token_seconds", "Mean time per output token of a request.",
                model -> model.perOutputToken);
        histogram("vllm:e2e_request_latency_seconds", "From arrival to the end.", model -> model.endToEnd);
        residentBytes.ifPresent(bytes -> {
            head("process_resident_memory_bytes", "gauge", "Memory that the process occupies.");
            out.append("process_resident_memory_bytes ").append(bytes).append('\n');
        });
        return out.toString();
    }

    private void gauge(String name, String help, Map<String, Gauges> gauges, ToDoubleFunction<Gauges> value) {
        head(name, "gauge", help);
        models.keySet().forEach(model ->
                line(name, labels(model), value.applyAsDouble(gauges.getOrDefault(model, Gauges.NONE))));
    }

    private void counter(String name, String help, Function<ModelMetrics, LongAdder> count) {
        each(name, "counter", help, (labels, model) -> line(name, labels, count.apply(model).sum()));
    }

    private void histogram(String name, String help, Function<ModelMetrics, Histogram> histogram) {
        each(name, "histogram", help, (labels, model) -> histogram.apply(model).write(out, name, labels));
    }

    private void each(String name, String type, String help, BiConsumer<String, ModelMetrics> write) {
        head(name, type, help);
        models.forEach((model, metrics) -> write.accept(labels(model), metrics));
    }

    private void head(String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void line(String name, String labels, double value) {
        out.append(name).append('{').append(labels).append("} ").append(value).append('\n');
    }

    private static String labels(String model) {
        return "model_name=\"" + model.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\",engine=\"0\"";
    }

    private static String wire(FinishReason reason) {
        return switch (reason) {
            case STOP -> "stop";
            case LENGTH -> "length";
            default -> "abort";
        };
    }
}
