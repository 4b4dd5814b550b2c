package pilothouse.main;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.LoggerFactory;
import pilothouse.connectors.Limits;
import pilothouse.connectors.RemoteRuntime;
import pilothouse.connectors.Server;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.runs.BudgetCheck;
import pilothouse.runs.RunRequest;
import pilothouse.runs.RunSource;
import pilothouse.runs.Runner;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Target;
import pilothouse.runtime.Targets;
import pilothouse.secrets.Secret;
import pilothouse.secrets.SecretRef;
import pilothouse.store.Progress;
import pilothouse.workspace.Workspace;

/// A program that uses a secret in every way that can go wrong, and the same again with one that no filter knows,
/// which must leak; says "ready", and waits to be killed.
public final class CanaryChild {
    static final String KNOWN = "CANARY";
    static final String UNKNOWN = "LEAKING_CANARY";

    private CanaryChild() {}

    /// @param arguments the workspace's folder and the server's port; the secrets are in the environment
    public static void main(String... arguments) throws Exception {
        var program = Pilothouse.open(Workspace.open(Path.of(arguments[0])));
        var address = URI.create("http://127.0.0.1:" + arguments[1]);
        use(program, address, () -> program.keyring().find(new SecretRef(SecretRef.ENVIRONMENT + KNOWN)).map(Secret::reveal));
        use(program, address, () -> Optional.of(System.getenv(UNKNOWN)));
        keep(program);
        System.out.println("ready");
        if (System.in.read() < 0) Runtime.getRuntime().halt(0); // whoever started it is gone
    }

    /// Without its stack, which says nothing here.
    private static IllegalStateException failure(String text, Throwable cause) {
        var failure = new IllegalStateException(text, cause);
        failure.setStackTrace(new StackTraceElement[0]);
        return failure;
    }

    /// Writes what is in memory still.
    static void keep(Pilothouse program) throws InterruptedException {
        program.feed().flush();
        program.backups().make(Optional.empty(), true, Progress.NONE);
    }

    static void use(Pilothouse program, URI address, Supplier<Optional<String>> key) {
        try (var targets = new Targets(Map.of("lab", () -> new RemoteRuntime(new Server("lab", address, key, Limits.DEFAULTS))))) {
            var runner = new Runner(targets, BudgetCheck.local(targets), program.keyring(), program.runs(), program.feed(),
                    new Runner.Instruments(InstantSource.system(), System::nanoTime, RandomGenerator.of("L64X128MixRandom")));
            for (var way : EchoServer.WAYS) runner.run(request(program, way, "Hello"), _ -> {});
            var secret = key.get().orElseThrow();
            runner.run(request(program, "pieces", "My key is " + secret), _ -> {});
            runner.run(request(program, "pieces", "Hello"), _ -> {
                throw new IllegalStateException("The screen failed at " + secret);
            });
            LoggerFactory.getLogger(CanaryChild.class).error("The request with {} failed", secret, failure("by " + secret, failure(secret, null)));
        }
    }

    private static RunRequest request(Pilothouse program, String way, String text) {
        return new RunRequest(new RunSource.RawMessages(List.of(Message.of(MessageRole.USER, text))), Map.of(), List.of(), Target.parse("lab/" + way),
                Sampling.DEFAULTS, program.member().id());
    }
}
