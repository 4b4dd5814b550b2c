package pilothouse.connectors;

import java.util.List;
import java.util.Optional;
import pilothouse.messages.Message;
import pilothouse.runtime.AnswerForm;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Service;
import tools.jackson.databind.node.ObjectNode;

/// What is sent to a server, for who wants to see it or to send it from a program of their own.
public final class SentRequest {
    private SentRequest() {}

    /// The body of the `POST /v1/chat/completions`. No key is in it.
    public static ObjectNode body(String model, List<Message> messages, Sampling sampling, Optional<AnswerForm> form) {
        return ChatRequest.of(model, messages, sampling, Service.DEFAULTS.withForm(form));
    }
}
