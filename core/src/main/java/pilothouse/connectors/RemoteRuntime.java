package pilothouse.connectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import pilothouse.messages.Message;
import pilothouse.problems.ProblemException;
import pilothouse.runtime.Generation;
import pilothouse.runtime.InferenceRuntime;
import pilothouse.runtime.Model;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Service;
import tools.jackson.databind.JsonNode;

/// Every OpenAI-shaped server: vLLM, SGLang, llama.cpp, the engine inside this program and others.
/// Tokenising takes vLLM's `/tokenize`. Safe for use from any thread.
///
/// [#generate] returns at once; what goes wrong comes from its events. After a cancel, and where the
/// server sends no usage, the reported usage is estimated: the output a lower bound, the prompt 0.
public final class RemoteRuntime implements InferenceRuntime {
    private final ServerClient client;

    public RemoteRuntime(Server server) {
        client = new ServerClient(server);
    }

    @Override
    public Generation generate(String model, List<Message> messages, Sampling sampling, Service service) {
        check(service);
        var stream = client.stream("/v1/chat/completions", ChatRequest.of(model, messages, sampling, service));
        return new RemoteGeneration(stream, client.problems(), client.server().limits());
    }

    private void check(Service service) {
        if (service.priority().isPresent()) check(Ability.PRIORITY, "no priority", "Leave the priority out, or send the request to a server that takes it.");
        if (!service.sharesPrefixes()) check(Ability.CACHE_PROMPT, "no request that keeps out of its prefix cache", "Let the request use the cache, or send it to the local engine.");
        if (service.form().isPresent()) check(Ability.RESPONSE_FORMAT, "no form of the answer", "Take `output` out of the prompt, or send the request to a server that takes it.");
    }

    private void check(Ability ability, String what, String remedy) {
        if (!client.server().abilities().contains(ability))
            throw new ProblemException("The server takes " + what, client.server().place(), remedy);
    }

    @Override
    public List<Model> models() {
        var models = new ArrayList<Model>();
        for (var entry : object(() -> client.object(client.get("/v1/models"))).path("data")) models.add(model(entry));
        return models;
    }

    @Override
    public List<Integer> tokenize(String model, String text) {
        return tokens(Map.of("model", model, "prompt", text, "add_special_tokens", false, "parse_special", false));
    }

    @Override
    public List<Integer> tokenize(String model, List<Message> messages) {
        return tokens(Map.of("model", model, "messages", ChatRequest.messages(messages), "add_generation_prompt", true));
    }

    @Override
    public void close() {
        client.close();
    }

    private List<Integer> tokens(Map<String, Object> request) {
        var answer = object(() -> client.post("/tokenize", request));
        var ids = new ArrayList<Integer>();
        for (var id : answer.path("tokens")) ids.add(id.asInt());
        if (!answer.path("tokens").isArray()) throw client.problems().strange(answer.toString());
        return ids;
    }

    /// Context sizes: vLLM says `max_model_len`, llama.cpp `meta.n_ctx`.
    private static Model model(JsonNode entry) {
        int context = entry.path("max_model_len").asInt(entry.path("meta").path("n_ctx").asInt(0));
        return new Model(entry.path("id").asString(""), context, entry.path("precision").asString(""),
                entry.path("bytes").asLong(entry.path("meta").path("size").asLong(0)));
    }

    private interface Exchange {
        JsonNode run() throws InterruptedException;
    }

    private JsonNode object(Exchange exchange) {
        try {
            return exchange.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException("The request was cancelled", client.server().place(), "");
        }
    }
}
