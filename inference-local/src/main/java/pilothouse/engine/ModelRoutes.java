package pilothouse.engine;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import pilothouse.engine.http.ApiError;
import pilothouse.engine.http.Exchange;
import pilothouse.engine.http.RequestFields;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.tokens.Specials;

/// Listing, loading and unloading models, and their tokenizers: `/v1/models`, `/models/load`, `/models/unload`,
/// `/tokenize`, `/detokenize`.
final class ModelRoutes {
    private static final long LOOK_MILLIS = 20;

    private final LoadedModels models;

    ModelRoutes(LoadedModels models) {
        this.models = models;
    }

    void list(Exchange exchange) throws IOException {
        exchange.send(200, Map.of("object", "list", "data", models.all().stream().map(ModelRoutes::describe).toList()));
    }

    private static Map<String, Object> describe(LoadedModel model) {
        var card = model.card();
        var object = new LinkedHashMap<String, Object>();
        object.put("id", model.name());
        object.put("object", "model");
        object.put("created", model.created());
        object.put("owned_by", "pilothouse");
        object.put("max_model_len", model.contextTokens());
        object.put("precision", card.precision());
        object.put("bytes", card.weightBytes());
        object.put("cache_bytes", card.cacheBytes());
        object.put("status", "loaded");
        return object;
    }

    /// Answers with a line of JSON for each step. The loading itself has a thread of its own, which is interrupted when
    /// the client goes.
    void load(Exchange exchange) throws IOException, InterruptedException {
        var fields = new RequestFields(exchange.body());
        var name = fields.requireText("model");
        var file = path(fields.requireText("path"));
        var precision = fields.text("precision").map(ModelRoutes::precision);
        var context = fields.wholeInt("context", 16, 1 << 24);
        boolean replaces = fields.flag("replace", false);
        exchange.closeAfterwards();
        exchange.stream("application/x-ndjson");
        BlockingQueue<Map<String, Object>> lines = new LinkedBlockingQueue<>();
        var loading = Thread.ofPlatform().name("load " + name).daemon().start(() -> {
            try {
                var model = models.load(name, file, precision, context, replaces,
                        (done, step) -> lines.add(Map.of("progress", done, "step", step)));
                lines.add(Map.of("loaded", describe(model)));
            } catch (CancellationException _) {
                lines.add(ApiError.refused(400, "", "cancelled", "Loading was cancelled.").body());
            } catch (ApiError e) {
                lines.add(e.body());
            } catch (ProblemException e) {
                lines.add(ApiError.refused(400, "path", "model_not_loadable", e.problem().toString()).body());
            } catch (RuntimeException | Error e) {
                lines.add(ApiError.failed(Problem.of(e)).body());
            }
        });
        try {
            relay(exchange, lines);
        } finally {
            loading.interrupt();
        }
    }

    private static void relay(Exchange exchange, BlockingQueue<Map<String, Object>> lines)
            throws IOException, InterruptedException {
        while (!exchange.isClientGone()) {
            var line = lines.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (line == null) continue;
            exchange.write(Json.write(line) + "\n");
            if (!line.containsKey("progress")) {
                exchange.endStream();
                return;
            }
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw ApiError.badField("path", "path is no file name: " + e.getReason() + ".");
        }
    }

    private static Precision precision(String label) {
        return Precision.parse(label).orElseThrow(() -> ApiError.badField("precision", "precision is \"" + label
                + "\"; it must be int4, bf16 or fp32."));
    }

    void unload(Exchange exchange) throws IOException {
        var name = new RequestFields(exchange.body()).requireText("model");
        models.unload(name);
        exchange.send(200, Map.of("unloaded", name));
    }

    void tokenize(Exchange exchange) throws IOException {
        var fields = new RequestFields(exchange.body());
        var model = models.require(fields.requireText("model"));
        var ids = fields.node("messages").isPresent() ? Prompts.chat(fields, model) : Prompts.text(model, prompt(fields),
                fields.flag("add_special_tokens", false), fields.flag("parse_special", false) ? Specials.PARSED : Specials.AS_TEXT);
        exchange.send(200, Map.of("count", ids.length, "max_model_len", model.contextTokens(), "tokens", ids));
    }

    private static String prompt(RequestFields fields) {
        Optional<String> prompt = fields.text("prompt");
        return prompt.orElseThrow(() -> ApiError.badField("prompt", "prompt or messages is missing."));
    }

    void detokenize(Exchange exchange) throws IOException {
        var fields = new RequestFields(exchange.body());
        var model = models.require(fields.requireText("model"));
        var node = fields.node("tokens").orElseThrow(() -> ApiError.badField("tokens", "tokens is missing."));
        var ids = RequestFields.ids("tokens", node, model.tokenizer().size());
        exchange.send(200, Map.of("prompt", model.tokenizer().decode(ids, Specials.AS_TEXT)));
    }
}
