package pilothouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.problems.ProblemException;
import pilothouse.runtime.FinishReason;
import pilothouse.runtime.GenerationEvent;
import pilothouse.runtime.GenerationEvent.Finished;
import pilothouse.runtime.GenerationEvent.TextDelta;
import pilothouse.runtime.Sampling;
import pilothouse.secrets.Keyring;
import pilothouse.secrets.Secret;
import pilothouse.secrets.SecretRef;

/// The supervisor with a real child process that pretends to be the engine.
@Timeout(120)
class EngineProcessTest {
    private static final ModelLoad TINY = new ModelLoad("tiny", Path.of("tiny.gguf"), Optional.empty(), OptionalInt.empty());
    private static final Patience QUICK = new Patience(Duration.ofSeconds(60), Duration.ofMillis(100), Duration.ofSeconds(2),
            List.of(Duration.ofMillis(10)), 3, Duration.ofMinutes(1), Duration.ofSeconds(2));

    @TempDir
    Path folder;

    private final States states = new States();

    @Test
    void givenALoad_theProcessStartsLoadsAndEndsWithTheProgram() throws Exception {
        long pid;
        try (var engine = engine(QUICK)) {
            assertThat(engine.state()).isEqualTo(new EngineState.Stopped());
            engine.load(TINY);
            pid = ((EngineState.Ready) engine.state()).pid();
            assertThat(states.heard).containsSubsequence(new EngineState.Starting(), new EngineState.Ready(pid),
                    new EngineState.Loading("tiny", 0.25, "weights"), new EngineState.Ready(pid));
            assertThat(engine.control().orElseThrow().metrics()).contains("vllm:num_requests_running");
            int before = states.heard.size();
            engine.load(TINY);
            assertThat(states.heard).as("loaded once").hasSize(before);
            engine.unload("tiny");
            engine.load(TINY);
            assertThat(states.heard).hasSizeGreaterThan(before);
        }
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(leftArgumentFiles()).isEmpty();
    }

    @Test
    void givenABrokenModel_theReasonIsToldAndTheProcessStays() throws Exception {
        try (var engine = engine(QUICK)) {
            assertThatThrownBy(() -> engine.load(new ModelLoad("broken", Path.of("b.gguf"), Optional.empty(), OptionalInt.empty())))
                    .isInstanceOf(ProblemException.class).hasMessageContaining("the file is broken");
            assertThat(engine.state()).isInstanceOf(EngineState.Ready.class);
            engine.load(TINY);
        }
    }

    @Test
    void givenAKilledProcess_itComesBackWithItsModels() throws Exception {
        try (var engine = engine(QUICK)) {
            engine.load(TINY);
            long first = ((EngineState.Ready) engine.state()).pid();
            int before = states.heard.size();
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            var back = (EngineState.Ready) states.await(before, States.ready());
            assertThat(back.pid()).isNotEqualTo(first);
            assertThat(states.heard.subList(before, states.heard.size())).extracting(Object::getClass)
                    .containsSubsequence(EngineState.Restarting.class, EngineState.Loading.class, EngineState.Ready.class);
            assertThat(((EngineState.Restarting) states.await(before, EngineState.Restarting.class::isInstance)).why()).contains("signal 9");
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void givenCtrlCInTheTerminal_theEngineStays() throws Exception {
        try (var runtime = runtime()) {
            assertThat(texts(runtime, "hello")).containsExactly("one", " two");
            int before = states.heard.size();
            long pid = ((EngineState.Ready) states.heard.getLast()).pid();
            assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(pid)).start().waitFor()).isZero();
            assertThat(texts(runtime, "hello")).containsExactly("one", " two");
            assertThat(states.heard).hasSize(before);
            assertThat(ProcessHandle.of(pid).orElseThrow().isAlive()).isTrue();
        }
    }

    @Test
    void givenThreeCrashes_itStaysDownAndSaysWhyUntilRestarted() throws Exception {
        var options = new ArrayList<>(List.of("die-at-start"));
        try (var engine = new EngineProcess(_ -> command(options), EngineProcessTest::token, QUICK)) {
            engine.listen(states);
            assertThatThrownBy(() -> engine.load(TINY)).isInstanceOf(ProblemException.class)
                    .hasMessageContaining("3 times").hasMessageContaining("exit code 3").hasMessageContaining("dies at once");
            assertThat(engine.state()).isInstanceOf(EngineState.Failed.class);
            assertThat(states.heard).filteredOn(EngineState.Restarting.class::isInstance).hasSize(2);
            int before = states.heard.size();
            assertThatThrownBy(() -> engine.load(TINY)).hasMessageContaining("3 times");
            assertThat(states.heard).as("not tried again").hasSize(before);
            options.clear();
            engine.restart();
            engine.load(TINY);
            assertThat(engine.state()).isInstanceOf(EngineState.Ready.class);
        }
    }

    @Test
    void givenAProcessThatSaysNothing_itIsAFailedStart() throws Exception {
        var impatient = new Patience(Duration.ofMillis(1500), Duration.ofMillis(100), Duration.ofSeconds(2), List.of(Duration.ZERO), 1,
                Duration.ofMinutes(1), Duration.ofMillis(500));
        try (var engine = engine(impatient, "say-nothing")) {
            assertThatThrownBy(() -> engine.load(TINY)).hasMessageContaining("did not start");
        }
    }

    @Test
    void givenAModelThatKillsTheProcess_theProblemNamesIt() throws Exception {
        try (var engine = engine(QUICK, "die-on-load")) {
            assertThatThrownBy(() -> engine.load(TINY)).isInstanceOf(ProblemException.class)
                    .hasMessageContaining("while loading tiny").hasMessageContaining("dying while loading");
        }
    }

    @Test
    void givenAHangingProcess_itIsKilledAndStartedAgain() throws Exception {
        try (var runtime = runtime()) {
            assertThat(texts(runtime, "hello")).containsExactly("one", " two");
            int before = states.heard.size();
            try (var generation = runtime.generate(ModelLibrary.EMBEDDED, says("hang"), Sampling.DEFAULTS)) {
                assertThatThrownBy(() -> generation.forEach(_ -> {})).isInstanceOf(ProblemException.class)
                        .hasMessageContaining("in the middle of the answer");
            }
            states.await(before, States.ready());
            assertThat(texts(runtime, "hello")).containsExactly("one", " two");
        }
    }

    @Test
    void givenACrashInMidAnswer_theAnswerFailsClearlyAndTheNextOneWorks() throws Exception {
        try (var runtime = runtime()) {
            var seen = new ArrayList<GenerationEvent>();
            try (var generation = runtime.generate(ModelLibrary.EMBEDDED, says("crash"), Sampling.DEFAULTS)) {
                assertThatThrownBy(() -> generation.forEach(seen::add)).isInstanceOf(ProblemException.class)
                        .hasMessageContaining("The local engine stopped in the middle of the answer")
                        .hasMessageContaining("signal 6").hasMessageContaining("a pretended native crash").hasMessageContaining("try once more");
            }
            assertThat(seen).containsExactly(new TextDelta("one"), new TextDelta(" two"));
            assertThat(texts(runtime, "hello")).containsExactly("one", " two");
            assertThat(runtime.models().getFirst().precision()).isEqualTo("int4");
        }
    }

    @Test
    void givenAnInterruptWhilePreparing_theAnswerIsCancelled() throws Exception {
        var entered = new CountDownLatch(1);
        var seen = new CompletableFuture<List<GenerationEvent>>();
        try (var runtime = new LocalRuntime(new EngineProcess(_ -> {
            entered.countDown();
            new CountDownLatch(1).await();
            throw new IllegalStateException("never");
        }, EngineProcessTest::token, QUICK), library())) {
            var thread = Thread.ofVirtual().start(() -> {
                var events = new ArrayList<GenerationEvent>();
                runtime.generate(ModelLibrary.EMBEDDED, says("x"), Sampling.DEFAULTS).forEach(events::add);
                seen.complete(events);
            });
            entered.await();
            thread.interrupt();
            assertThat(seen.get(60, TimeUnit.SECONDS)).containsExactly(new Finished(FinishReason.CANCELLED));
        }
    }

    @Test
    void givenAProgramThatIsKilled_theEngineEndsToo() throws Exception {
        var parent = new ProcessBuilder(EngineCommand.ownJava().toString(), "-cp", System.getProperty("java.class.path"),
                ProgramToKill.class.getName()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var out = new BufferedReader(new InputStreamReader(parent.getInputStream()))) {
            long child = Long.parseLong(out.readLine());
            var handle = ProcessHandle.of(child).orElseThrow();
            assertThat(handle.isAlive()).isTrue();
            parent.destroyForcibly().waitFor();
            handle.onExit().get(60, TimeUnit.SECONDS);
        } finally {
            parent.destroyForcibly();
        }
    }

    /// A program with an engine; prints the engine's pid, then waits to be killed.
    static final class ProgramToKill {
        public static void main(String[] arguments) throws Exception {
            var engine = new EngineProcess(_ -> command(List.of()), EngineProcessTest::token, QUICK);
            engine.load(TINY);
            System.out.println(((EngineState.Ready) engine.state()).pid());
            new CountDownLatch(1).await();
        }
    }

    private EngineProcess engine(Patience patience, String... options) {
        var engine = new EngineProcess(_ -> command(List.of(options)), EngineProcessTest::token, patience);
        engine.listen(states);
        return engine;
    }

    private LocalRuntime runtime() throws Exception {
        return new LocalRuntime(engine(QUICK), library());
    }

    private ModelLibrary library() throws Exception {
        var models = folder.resolve("inference-local/models");
        Files.createDirectories(models);
        Files.writeString(models.resolve("SmolLM2-135M-Instruct.Q4_1.gguf"), "not read here");
        return new ModelLibrary(folder, folder.resolve("models"));
    }

    static Secret token() {
        return new Keyring(Map.of()).generate(new SecretRef("engine token"));
    }

    static EngineCommand command(List<String> options) {
        return new EngineCommand(EngineCommand.ownJava(), Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of).toList(),
                PretendEngine.class.getName(), List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), options, Map.of("A", "b"));
    }

    private static List<Message> says(String text) {
        return List.of(Message.of(MessageRole.USER, text));
    }

    private static List<String> texts(LocalRuntime runtime, String prompt) {
        var texts = new ArrayList<String>();
        try (var generation = runtime.generate(ModelLibrary.EMBEDDED, says(prompt), Sampling.DEFAULTS)) {
            for (var event : generation) if (event instanceof TextDelta delta) texts.add(delta.text());
        }
        return texts;
    }

    private static List<Path> leftArgumentFiles() throws Exception {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            long pid = ProcessHandle.current().pid();
            return files.filter(file -> file.getFileName().toString().startsWith("pilothouse-engine-" + pid)).toList();
        }
    }
}
