package pilothouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.problems.ProblemException;
import pilothouse.runtime.FinishReason;
import pilothouse.runtime.GenerationEvent;
import pilothouse.runtime.GenerationEvent.Finished;
import pilothouse.runtime.GenerationEvent.TextDelta;
import pilothouse.runtime.GenerationEvent.UsageReported;
import pilothouse.runtime.Sampling;

/// The whole way: the real engine in its process, with the embedded model.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("thorough")
@Timeout(300)
class RealEngineTest {
    private static final List<Message> COLOURS = List.of(Message.of(MessageRole.USER, "Name three colours."));
    private static final Sampling GREEDY = Sampling.DEFAULTS.withTemperature(0);

    @TempDir
    static Path folder;

    private final States states = new States();
    private LocalRuntime runtime;

    @BeforeAll
    void start() {
        var engine = engine(folder);
        engine.listen(states);
        runtime = new LocalRuntime(engine, library(folder));
    }

    @AfterAll
    void end() {
        runtime.close();
        assertThat(states.heard.getLast()).isEqualTo(new EngineState.Stopped());
    }

    @Test
    void givenAPrompt_theModelIsLoadedAndItsAnswerStreamed() {
        var events = new ArrayList<GenerationEvent>();
        try (var generation = runtime.generate(ModelLibrary.EMBEDDED, COLOURS, GREEDY.withMaxTokens(12))) {
            generation.forEach(events::add);
        }
        assertThat(events.stream().filter(TextDelta.class::isInstance)).hasSizeGreaterThan(3);
        var usage = ((UsageReported) events.get(events.size() - 2)).usage();
        assertThat(usage.promptTokens()).isEqualTo(34);
        assertThat(usage.outputTokens()).isEqualTo(12);
        assertThat(usage.estimated()).isFalse();
        assertThat(events.getLast()).isEqualTo(new Finished(FinishReason.LENGTH));
        assertThat(runtime.tokenize(ModelLibrary.EMBEDDED, COLOURS)).hasSize(34);
        assertThat(runtime.tokenize(ModelLibrary.EMBEDDED, "Hello wörld 🌍")).containsExactly(19556, 267, 29989, 400, 15107, 230, 231);
        assertThat(runtime.models().getFirst().contextTokens()).isPositive();
    }

    @Test
    void givenAKillInMidAnswer_itFailsClearlyAndTheNextAnswerWorks() {
        try (var generation = runtime.generate(ModelLibrary.EMBEDDED, COLOURS, GREEDY.withMaxTokens(1500))) {
            var events = generation.iterator();
            assertThat(events.next()).isInstanceOf(TextDelta.class);
            var pid = states.heard.stream().filter(EngineState.Ready.class::isInstance).map(s -> ((EngineState.Ready) s).pid()).toList().getLast();
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            assertThatThrownBy(() -> events.forEachRemaining(_ -> {})).isInstanceOf(ProblemException.class)
                    .hasMessageContaining("in the middle of the answer").hasMessageContaining("signal 9");
        }
        try (var generation = runtime.generate(ModelLibrary.EMBEDDED, COLOURS, GREEDY.withMaxTokens(3))) {
            assertThat(generation).endsWith(new Finished(FinishReason.LENGTH));
        }
    }

    @Test
    void givenAnInterrupt_theEngineIsFreeForTheNextAnswer() throws Exception {
        var begun = new CountDownLatch(1);
        var last = new CompletableFuture<GenerationEvent>();
        var reader = Thread.ofVirtual().start(() -> {
            GenerationEvent event = new Finished(FinishReason.STOP);
            try (var generation = runtime.generate(ModelLibrary.EMBEDDED, COLOURS, GREEDY.withMaxTokens(1900))) {
                for (var next : generation) {
                    event = next;
                    begun.countDown();
                }
                last.complete(event);
            } catch (RuntimeException e) {
                last.completeExceptionally(e);
                begun.countDown();
            }
        });
        assertThat(begun.await(120, TimeUnit.SECONDS)).isTrue();
        reader.interrupt();
        assertThat(last.get(60, TimeUnit.SECONDS)).isEqualTo(new Finished(FinishReason.CANCELLED));
        try (var generation = runtime.generate(ModelLibrary.EMBEDDED, COLOURS, GREEDY.withMaxTokens(3))) {
            assertThat(generation).endsWith(new Finished(FinishReason.LENGTH));
        }
    }

    @Test
    void givenAProgramThatIsKilled_theEngineEndsToo() throws Exception {
        var parent = new ProcessBuilder(EngineCommand.ownJava().toString(), "-Dpilothouse.home=" + System.getProperty("pilothouse.home"), "-cp",
                System.getProperty("java.class.path"), ProgramToKill.class.getName(), folder.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var out = new BufferedReader(new InputStreamReader(parent.getInputStream()))) {
            var line = out.readLine();
            while (line != null && !line.startsWith("pid ")) line = out.readLine();
            assertThat(line).isNotNull();
            var engine = ProcessHandle.of(Long.parseLong(line.substring(4))).orElseThrow();
            parent.destroyForcibly().waitFor();
            engine.onExit().get(60, TimeUnit.SECONDS);
        } finally {
            parent.destroyForcibly();
        }
    }

    /// A program with the real engine; prints its pid, then waits to be killed.
    static final class ProgramToKill {
        public static void main(String[] arguments) throws Exception {
            var root = Path.of(arguments[0]);
            var engine = engine(root);
            engine.load(new ModelLoad(ModelLibrary.EMBEDDED, library(root).find(ModelLibrary.EMBEDDED).path(), Optional.empty(), OptionalInt.empty()));
            System.out.println("pid " + ((EngineState.Ready) engine.state()).pid());
            new CountDownLatch(1).await();
        }
    }

    private static EngineProcess engine(Path root) {
        return new EngineProcess(unpacking -> EngineCommand.of(NativeLibraries.onClassPath(root.resolve("cache")).unpack(unpacking),
                OptionalInt.empty()), EngineProcessTest::token, Patience.DEFAULTS);
    }

    private static ModelLibrary library(Path root) {
        return new ModelLibrary(Path.of(System.getProperty("pilothouse.home")), root.resolve("models"));
    }
}
