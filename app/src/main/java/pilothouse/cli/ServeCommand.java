package pilothouse.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import pilothouse.connectors.Server;
import pilothouse.local.EngineProcess;
import pilothouse.local.ModelLibrary;
import pilothouse.local.ModelLoad;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Serves local models to applications until it is stopped, and owns the workspace meanwhile.
@Command(name = "serve", description = "Serve a local model as an OpenAI-shaped server on loopback, until Ctrl+C. "
        + "The key is that of the environment variable PILOTHOUSE_TOKEN, else a new one is made and printed.")
public final class ServeCommand implements Callable<Integer>, InWorkspace {
    private final Console console;
    private final Supplier<EngineProcess> engine;
    private final Supplier<ModelLibrary> models;
    private final IntConsumer useEnginePort;

    @Option(names = "--model", defaultValue = ModelLibrary.EMBEDDED, description = "Which; ${DEFAULT-VALUE} if not given.")
    private String model;

    @Option(names = "--port", description = "The loopback port; any that is free if not given.")
    private Integer port;

    @Option(names = "--precision", description = "int4, bf16 or fp32; the one that suits the file if not given.")
    private String precision;

    @Option(names = "--context", description = "Tokens of prompt and answer together.")
    private Integer context;

    public ServeCommand(Console console, Supplier<EngineProcess> engine, Supplier<ModelLibrary> models, IntConsumer useEnginePort) {
        this.console = console;
        this.engine = engine;
        this.models = models;
        this.useEnginePort = useEnginePort;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (port != null) {
            checkFree(port);
            useEnginePort.accept(port);
            engine.get().restart();
        }
        try (var _ = EngineProgress.on(console, engine.get())) {
            engine.get().load(new ModelLoad(model, models.get().find(model).path(), Optional.ofNullable(precision),
                    context == null ? OptionalInt.empty() : OptionalInt.of(context)));
        }
        say(engine.get().server().orElseThrow(() -> new ProblemException("The local engine has stopped", "local engine",
                "Try again; `pilothouse doctor` says more.")));
        try {
            new CountDownLatch(1).await(); // until Ctrl+C, which is how serving ends
        } catch (InterruptedException _) {
            console.notice("Stopped serving.");
        }
        return ExitCode.OK.code();
    }

    /// The engine would only fail to start.
    private static void checkFree(int port) {
        if (port < 1 || port > 65_535)
            throw new ProblemException("There is no port " + port, "--port", "Choose one from 1 to 65535, or leave it out for any that is free.");
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return;
        } catch (IOException e) {
            throw new ProblemException(new Problem("Port " + port + " cannot be used: " + e.getMessage(), "--port",
                    "Choose another one, or leave it out for any that is free."), e);
        }
    }

    private void say(Server server) {
        var key = server.key().get().orElse("");
        if (console.json()) {
            var json = new LinkedHashMap<String, Object>();
            json.put("url", server.base() + "/v1");
            json.put("key", key);
            json.put("model", model);
            console.jsonLine(json);
            return;
        }
        console.line("OPENAI_BASE_URL=" + server.base() + "/v1");
        console.line("OPENAI_API_KEY=" + key);
        console.notice("Serving " + model + ". Ctrl+C ends it.");
    }
}
