package pilothouse.metrics;

/// A named quantity. Names follow OpenTelemetry's GenAI conventions where those have one.
///
/// @param name such as `gen_ai.client.operation.duration`
/// @param unit of its values
/// @param help one sentence for a person
public record Metric(String name, Unit unit, String help) {
    /// What a value counts, and how finely it is kept.
    public enum Unit {
        /// kept to the microsecond
        SECONDS("s", 1e6),
        TOKENS("{token}", 1),
        REQUESTS("{request}", 1),
        BYTES("By", 1);

        private final String symbol;
        private final double steps;

        Unit(String symbol, double steps) {
            this.symbol = symbol;
            this.steps = steps;
        }

        /// As OpenTelemetry writes it (UCUM).
        public String symbol() {
            return symbol;
        }

        /// How many distinguishable steps make one unit.
        double steps() {
            return steps;
        }
    }

    /// From sending to the first event with content.
    public static final Metric TTFT = new Metric("gen_ai.client.operation.time_to_first_chunk", Unit.SECONDS,
            "Time from sending a request to the first piece of its answer");
    /// Gaps between pieces of an answer, which may hold several tokens.
    public static final Metric ITL = new Metric("gen_ai.client.operation.time_per_output_chunk", Unit.SECONDS,
            "Time between one piece of an answer and the next");
    /// One value a run; never the same as [#ITL].
    public static final Metric TPOT = new Metric("pilothouse.client.time_per_output_token", Unit.SECONDS,
            "Mean time for each token of an answer after the first");
    public static final Metric DURATION = new Metric("gen_ai.client.operation.duration", Unit.SECONDS,
            "Time from sending a request to the end of its answer");
    /// Labelled [#TOKEN_TYPE] = `input` or `output`, and [#ESTIMATED] = `true` if we counted chunks
    /// because the server sent no usage.
    public static final Metric TOKENS = new Metric("gen_ai.client.token.usage", Unit.TOKENS,
            "Tokens of a request's prompt and of its answer");
    public static final String TOKEN_TYPE = "gen_ai.token.type";
    public static final String ESTIMATED = "estimated";
    /// One value of 1 for each run, labelled `result`.
    public static final Metric RUNS = new Metric("pilothouse.client.runs", Unit.REQUESTS,
            "Requests, by how they ended");

    /// Told by a server, over all its models.
    public static final Metric RUNNING = new Metric("pilothouse.server.requests.running", Unit.REQUESTS, "Requests in work");
    public static final Metric WAITING = new Metric("pilothouse.server.requests.waiting", Unit.REQUESTS, "Requests that wait");
    public static final Metric MEMORY = new Metric("pilothouse.server.memory.resident", Unit.BYTES,
            "Memory that the server's process occupies");
}
