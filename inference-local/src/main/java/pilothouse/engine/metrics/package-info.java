/// What the engine counts and times, in Prometheus' text form under vLLM's names: [EngineMetrics].
package pilothouse.engine.metrics;
