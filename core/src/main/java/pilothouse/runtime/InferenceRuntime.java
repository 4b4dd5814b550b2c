package pilothouse.runtime;

import java.util.List;
import pilothouse.messages.Message;

/// Runs generations on one server. Every method blocks and throws
/// [pilothouse.problems.ProblemException] when the server cannot be reached or refuses.
public interface InferenceRuntime extends AutoCloseable {
    /// Makes `model` ready, so that the time this takes is not counted as the answer's. Most servers are
    /// ready or not: for them there is nothing to do. Blocks; an interrupt ends the waiting.
    default void prepare(String model) {}

    /// Starts an answer. Returns once the request is sent; errors of the server may come here or
    /// from the events. What the server cannot do of `service` is refused by name before anything is sent.
    Generation generate(String model, List<Message> messages, Sampling sampling, Service service);

    /// As above, with everything but the tokens left to the server.
    default Generation generate(String model, List<Message> messages, Sampling sampling) {
        return generate(model, messages, sampling, Service.DEFAULTS);
    }

    /// The models it serves now.
    List<Model> models();

    /// Token ids of `text` alone: no template, no specials added, special tokens in it not parsed.
    List<Integer> tokenize(String model, String text);

    /// Token ids of the conversation as the model's chat template writes it, the opening of the
    /// answer included.
    List<Integer> tokenize(String model, List<Message> messages);

    @Override
    void close();
}
