package pilothouse.engine;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;
import pilothouse.engine.Sequence.Event;
import pilothouse.engine.http.ApiError;
import pilothouse.engine.http.Exchange;
import pilothouse.engine.http.ResponseRequest;
import pilothouse.json.Json;

/// `POST /v1/responses` in its basic form: text in, text out, nothing kept.
final class ResponseRoutes {
    private final LoadedModels models;
    private final InstantSource clock;

    ResponseRoutes(LoadedModels models, InstantSource clock) {
        this.models = models;
        this.clock = clock;
    }

    void create(Exchange exchange) throws IOException, InterruptedException {
        var fields = ResponseRequest.asChat(exchange.body());
        try (var use = models.use(fields.requireText("model"))) {
            var model = use.model();
            var request = GenerationRequest.read(fields, Prompts.chat(fields, model), OptionalInt.empty(), model);
            boolean stream = fields.flag("stream", false);
            exchange.closeAfterwards();
            var shapes = new ResponseShapes(model.name(), request, clock.instant().getEpochSecond());
            CompletionRoutes.answer(model, request, answer -> {
                if (stream) stream(exchange, answer, shapes);
                else whole(exchange, answer, shapes);
            });
        }
    }

    private static void whole(Exchange exchange, Answer answer, ResponseShapes shapes) throws IOException, InterruptedException {
        var text = new StringBuilder();
        for (var event = CompletionRoutes.next(exchange, answer); event.isPresent(); event = CompletionRoutes.next(exchange, answer)) {
            switch (event.get()) {
                case Event.Piece piece -> text.append(piece.text());
                case Event.Failed failed -> throw ApiError.failed(failed.problem());
                case Event.Finished end -> {
                    exchange.send(200, shapes.ended(text.toString(), end));
                    return;
                }
            }
        }
    }

    private static void stream(Exchange exchange, Answer answer, ResponseShapes shapes) throws IOException, InterruptedException {
        exchange.stream("text/event-stream");
        for (var event : shapes.opening()) send(exchange, event);
        var text = new StringBuilder();
        for (var event = CompletionRoutes.next(exchange, answer); event.isPresent(); event = CompletionRoutes.next(exchange, answer)) {
            switch (event.get()) {
                case Event.Piece piece -> {
                    text.append(piece.text());
                    if (!piece.text().isEmpty()) send(exchange, shapes.delta(piece.text()));
                }
                case Event.Failed failed -> {
                    send(exchange, shapes.failure(failed.problem().toString()));
                    exchange.endStream();
                    return;
                }
                case Event.Finished end -> {
                    for (var last : shapes.closing(text.toString(), end)) send(exchange, last);
                    exchange.endStream();
                    return;
                }
            }
        }
    }

    private static void send(Exchange exchange, Map<String, Object> event) throws IOException {
        exchange.write("event: " + event.get("type") + "\ndata: " + Json.write(event) + "\n\n");
    }
}
