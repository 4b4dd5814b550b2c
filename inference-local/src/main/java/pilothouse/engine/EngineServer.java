package pilothouse.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pilothouse.engine.http.ApiError;
import pilothouse.engine.http.Exchange;
import pilothouse.engine.metrics.EngineMetrics;
import pilothouse.problems.Problem;

/// The engine's HTTP server: OpenAI-shaped, on loopback, each request on a virtual thread, each with the bearer token.
public final class EngineServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineServer.class);
    private static final long IDLE_MILLIS = 300_000;
    private static final int CARRIERS = 8;

    private final byte[] authorization;
    private final EngineMetrics metrics = new EngineMetrics();
    private final LoadedModels models;
    private final CompletionRoutes completions;
    private final ResponseRoutes responses;
    private final ModelRoutes modelRoutes;
    private final Server server;
    private final ServerConnector connector;

    private EngineServer(String token, ModelSource source, InstantSource clock) {
        authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        models = new LoadedModels(source, metrics, clock);
        completions = new CompletionRoutes(models, clock);
        responses = new ResponseRoutes(models, clock);
        modelRoutes = new ModelRoutes(models);
        var threads = new QueuedThreadPool(CARRIERS);
        threads.setName("http");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        server = new Server(threads);
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
    }

    /// Binds 127.0.0.1 and answers from then on.
    ///
    /// @param port  0 for any that is free
    /// @param token every request must carry it
    static EngineServer start(int port, String token, ModelSource source, InstantSource clock) throws IOException {
        var engine = new EngineServer(token, source, clock);
        engine.connector.setPort(port);
        engine.server.setHandler(engine.routes());
        try {
            engine.server.start();
        } catch (Exception e) {
            throw new IOException("The engine's server does not start: " + e.getMessage(), e);
        }
        return engine;
    }

    public int port() {
        return connector.getLocalPort();
    }

    private Handler routes() {
        return new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                answer(new Exchange(request, response), callback);
                return true;
            }
        };
    }

    private void answer(Exchange exchange, Callback callback) {
        try {
            try {
                exchange.identify();
                authorise(exchange);
                route(exchange);
            } catch (ApiError e) {
                refuse(exchange, e);
            } catch (RuntimeException e) {
                LOG.warn("{} failed", exchange.route(), e);
                refuse(exchange, ApiError.failed(Problem.of(e)));
            }
            callback.succeeded();
        } catch (IOException e) {
            LOG.debug("{}: the client is gone", exchange.route(), e);
            callback.failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server is stopping
            callback.failed(e);
        }
    }

    private static void refuse(Exchange exchange, ApiError error) throws IOException {
        if (exchange.isAnswered()) throw new IOException("failed after the answer had begun", error);
        exchange.refuse(error);
    }

    /// Browsers name the page that a call comes from: none has business here.
    private void authorise(Exchange exchange) {
        if (!exchange.header(HttpHeader.ORIGIN).isEmpty())
            throw ApiError.refused(403, "", "cross_origin", "Calls from web pages are refused.");
        var given = exchange.header(HttpHeader.AUTHORIZATION).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(given, authorization))
            throw ApiError.refused(401, "", "invalid_api_key", "The engine's bearer token is missing or wrong.");
    }

    private void route(Exchange exchange) throws IOException, InterruptedException {
        switch (exchange.route()) {
            case "GET /health" -> exchange.send(200, Map.of("status", "ok"));
            case "GET /metrics" -> exchange.send(200, "text/plain; version=0.0.4; charset=utf-8", metrics.text(models.gauges()));
            case "GET /v1/models" -> modelRoutes.list(exchange);
            case "POST /models/load" -> modelRoutes.load(exchange);
            case "POST /models/unload" -> modelRoutes.unload(exchange);
            case "POST /tokenize" -> modelRoutes.tokenize(exchange);
            case "POST /detokenize" -> modelRoutes.detokenize(exchange);
            case "POST /v1/chat/completions" -> completions.chat(exchange);
            case "POST /v1/completions" -> completions.plain(exchange);
            case "POST /v1/responses" -> responses.create(exchange);
            default -> throw ApiError.refused(404, "", "not_found", "There is no " + exchange.route() + " here.");
        }
    }

    /// Stops answering, ends all generations and gives the models' memory back.
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("The engine's server does not stop in order", e);
        }
        models.close();
    }
}
