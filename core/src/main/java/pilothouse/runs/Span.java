package pilothouse.runs;

import java.time.Duration;

/// A timed part of a run.
///
/// @param name  one of the names below
/// @param start since the run began
public record Span(String name, Duration start, Duration duration) {
    /// filling the template
    public static final String RENDER = "render";
    /// counting the messages' tokens and checking that they fit
    public static final String COUNT = "count";
    /// checking what may be sent
    public static final String POLICY = "policy";
    /// making the model ready: starting the local engine, loading weights
    public static final String PREPARE = "prepare";
    /// until the target has taken the request: connecting, sending
    public static final String SEND = "send";
    /// from then to the first event with content: the server's queue and its reading of the prompt
    public static final String FIRST_TOKEN = "first token";
    /// from the first such event to the end of the answer
    public static final String GENERATION = "generation";
}
