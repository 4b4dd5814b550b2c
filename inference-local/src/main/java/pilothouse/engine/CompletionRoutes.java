package pilothouse.engine;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import pilothouse.engine.Sequence.Event;
import pilothouse.engine.Sequence.Scored;
import pilothouse.engine.http.ApiError;
import pilothouse.engine.http.Exchange;
import pilothouse.engine.http.RequestFields;
import pilothouse.json.Json;
import pilothouse.runtime.FinishReason;

/// `POST /v1/chat/completions` and `POST /v1/completions`. Whatever ends the exchange ends the generation.
final class CompletionRoutes {
    /// How often a silent generation looks whether its client is still there: well below the time of one step.
    private static final long LOOK_MILLIS = 5;

    private final LoadedModels models;
    private final InstantSource clock;

    CompletionRoutes(LoadedModels models, InstantSource clock) {
        this.models = models;
        this.clock = clock;
    }

    void chat(Exchange exchange) throws IOException, InterruptedException {
        var fields = new RequestFields(exchange.body());
        try (var use = models.use(fields.requireText("model"))) {
            chat(exchange, fields, use.model());
        }
    }

    private void chat(Exchange exchange, RequestFields fields, LoadedModel model) throws IOException, InterruptedException {
        var ids = Prompts.chat(fields, model);
        boolean scored = fields.flag("logprobs", false);
        var top = fields.wholeInt("top_logprobs", 0, 20);
        if (top.isPresent() && !scored) throw ApiError.badField("top_logprobs", "top_logprobs needs logprobs to be true.");
        var logprobs = scored ? OptionalInt.of(top.orElse(0)) : OptionalInt.empty();
        answer(exchange, fields, model, GenerationRequest.read(fields, ids, logprobs, model), true);
    }

    void plain(Exchange exchange) throws IOException, InterruptedException {
        var fields = new RequestFields(exchange.body());
        try (var use = models.use(fields.requireText("model"))) {
            var ids = Prompts.plain(fields, use.model());
            var logprobs = fields.wholeInt("logprobs", 0, 20);
            answer(exchange, fields, use.model(), GenerationRequest.read(fields, ids, logprobs, use.model()), false);
        }
    }

    private void answer(Exchange exchange, RequestFields fields, LoadedModel model, GenerationRequest request, boolean chat)
            throws IOException, InterruptedException {
        boolean stream = fields.flag("stream", false);
        boolean usage = stream && includeUsage(fields);
        exchange.closeAfterwards();
        var shapes = new CompletionShapes(chat, model, clock.instant().getEpochSecond(), request.rules().seed());
        answer(model, request, answer -> {
            if (stream) stream(exchange, answer, request, shapes, usage);
            else whole(exchange, answer, request, shapes);
        });
    }

    /// Writes an answer to its client.
    @FunctionalInterface
    interface Writer {
        void write(Answer answer) throws IOException, InterruptedException;
    }

    /// A kept answer, or a new one that ends when it is written or its client is gone.
    static void answer(LoadedModel model, GenerationRequest request, Writer writer) throws IOException, InterruptedException {
        var kept = model.answers().find(request);
        if (kept.isPresent()) {
            writer.write(kept.get());
            return;
        }
        var sequence = model.scheduler().submit(request);
        try {
            writer.write(model.answers().keeping(request, sequence));
        } finally {
            model.scheduler().cancel(sequence);
        }
    }

    private static boolean includeUsage(RequestFields fields) {
        return fields.node("stream_options").map(RequestFields::new).map(options -> options.flag("include_usage", false))
                .orElse(false);
    }

    private static void whole(Exchange exchange, Answer answer, GenerationRequest request, CompletionShapes shapes)
            throws IOException, InterruptedException {
        var text = new StringBuilder();
        List<Scored> tokens = new ArrayList<>();
        while (true) {
            var event = next(exchange, answer);
            if (event.isEmpty()) return;
            switch (event.get()) {
                case Event.Piece piece -> {
                    text.append(piece.text());
                    tokens.addAll(piece.tokens());
                }
                case Event.Failed failed -> throw ApiError.failed(failed.problem());
                case Event.Finished end -> {
                    exchange.send(200, shapes.whole(text.toString(), tokens, request.logprobs().isPresent(),
                            wire(end.reason()), request.prompt().length, end));
                    return;
                }
            }
        }
    }

    private static void stream(Exchange exchange, Answer answer, GenerationRequest request, CompletionShapes shapes,
            boolean usage) throws IOException, InterruptedException {
        exchange.stream("text/event-stream");
        if (shapes.isChat()) send(exchange, shapes.opening(usage));
        while (true) {
            var event = next(exchange, answer);
            if (event.isEmpty()) return;
            switch (event.get()) {
                case Event.Piece piece -> send(exchange, shapes.piece(piece.text(), piece.tokens(), usage));
                case Event.Failed failed -> {
                    send(exchange, ApiError.failed(failed.problem()).body());
                    end(exchange);
                    return;
                }
                case Event.Finished end -> {
                    send(exchange, shapes.ending(wire(end.reason()), usage));
                    if (usage) send(exchange, shapes.usageChunk(request.prompt().length, end));
                    end(exchange);
                    return;
                }
            }
        }
    }

    /// The next event; empty if the client is gone.
    static Optional<Event> next(Exchange exchange, Answer answer) throws InterruptedException {
        while (!exchange.isClientGone()) {
            var event = answer.next(LOOK_MILLIS);
            if (event.isPresent()) return event;
        }
        return Optional.empty();
    }

    private static void send(Exchange exchange, Map<String, Object> json) throws IOException {
        exchange.write("data: " + Json.write(json) + "\n\n");
    }

    private static void end(Exchange exchange) throws IOException {
        exchange.write("data: [DONE]\n\n");
        exchange.endStream();
    }

    private static String wire(FinishReason reason) {
        return switch (reason) {
            case STOP -> "stop";
            case LENGTH -> "length";
            default -> "abort";
        };
    }
}
