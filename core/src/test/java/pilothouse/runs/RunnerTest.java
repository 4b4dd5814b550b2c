package pilothouse.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.access.MemberId;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.messages.ToolCall;
import pilothouse.metrics.Metric;
import pilothouse.metrics.MetricFeed;
import pilothouse.metrics.MetricRepository;
import pilothouse.metrics.Resolution;
import pilothouse.metrics.Series;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.PromptId;
import pilothouse.prompts.PromptVersion;
import pilothouse.prompts.VersionHash;
import pilothouse.runtime.AnswerForm;
import pilothouse.runtime.FinishReason;
import pilothouse.runtime.GenerationEvent;
import pilothouse.runtime.GenerationEvent.Finished;
import pilothouse.runtime.GenerationEvent.ReasoningDelta;
import pilothouse.runtime.GenerationEvent.TextDelta;
import pilothouse.runtime.GenerationEvent.ToolCalled;
import pilothouse.runtime.GenerationEvent.UsageReported;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Service;
import pilothouse.runtime.Target;
import pilothouse.runtime.Targets;
import pilothouse.runtime.TokenLogprob;
import pilothouse.runtime.Usage;
import pilothouse.secrets.Keyring;
import pilothouse.secrets.SecretRef;
import pilothouse.store.Hashes;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;
import pilothouse.templates.Partials;
import pilothouse.templates.PromptDocument;

class RunnerTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final InstantSource CLOCK = () -> NOON;
    private static final String SECRET = "sk-live-0123456789";
    private static final PromptId PROMPT = new PromptId(new UUID(0x7000, 1));
    private static final String GREETING = """
            ---
            config:
              temperature: 0.2
              maxOutputTokens: 20
            ---
            Greet {{name}}.""";

    @TempDir Path folder;
    private final Keyring keyring = new Keyring(Map.of());
    private final List<GenerationEvent> shown = new ArrayList<>();
    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    private Store store;
    private RunRepository runs;
    private MetricFeed feed;

    @BeforeEach
    void open() {
        store = Store.open(folder, StoreFile.runs(), CLOCK, List.of());
        runs = new RunRepository(store);
        feed = new MetricFeed(MetricRepository.open(folder), CLOCK);
    }

    @AfterEach
    void close() {
        feed.close();
        store.close();
    }

    @Test
    void givenASavedVersion_itIsRenderedSentShownStoredAndCounted() {
        var runtime = new ScriptedRuntime(ScriptedRuntime.events(new TextDelta("Hi "), new TextDelta("Ada"),
                new UsageReported(new Usage(9, 2, 0, false)), new Finished(FinishReason.STOP)));
        var run = runner(runtime).run(greeting("other/m", Sampling.DEFAULTS.withMaxTokens(10)), shown::add);

        assertThat(text()).isEqualTo("Hi Ada");
        assertThat(shown.getLast()).isEqualTo(new Finished(FinishReason.STOP));
        assertThat(runtime.messages).containsExactly(Message.of(MessageRole.USER, "Greet Ada."));
        assertThat(runtime.sampling.temperature()).hasValue(0.2);   // the document's
        assertThat(runtime.sampling.maxTokens()).hasValue(10);      // the request's
        assertThat(run.sampling()).isEqualTo(runtime.sampling);
        assertThat(run.sampling().seed()).isPresent();
        assertThat(run.result()).isEqualTo("stop");
        assertThat(run.origin().title()).isEqualTo("version 3");
        assertThat(run.notStored()).isEmpty();
        assertThat(runs.find(run.id())).contains(run);
        assertThat(runtime.closed).isTrue();
        assertThat(run.trace().spans()).extracting(Span::name).containsExactly(Span.RENDER, Span.COUNT, Span.POLICY, Span.PREPARE,
                Span.SEND, Span.FIRST_TOKEN, Span.GENERATION);
        assertThat(counted(Map.of(Series.SIDE, "client", Series.PROMPT, PROMPT.toString(), Series.VERSION, "3"))).isEqualTo(1);
    }

    @Test
    void givenAStoredRun_sendingItsSamplingAgainAsksForTheSame() {
        var runtime = new ScriptedRuntime(ScriptedRuntime.events(new Finished(FinishReason.STOP)));
        var runner = runner(runtime);
        var first = runner.run(greeting("other/m", Sampling.DEFAULTS), shown::add);
        var other = runner.run(greeting("other/m", Sampling.DEFAULTS), shown::add);
        var again = runner.run(greeting("other/m", runs.find(first.id()).orElseThrow().sampling()), shown::add);
        assertThat(other.sampling().seed()).isNotEqualTo(first.sampling().seed());
        assertThat(again.sampling()).isEqualTo(first.sampling());
    }

    @Test
    void givenADraftAndATurnMore_theTextIsKeptWithItsHashAndTheTurnIsSentLast() {
        var runtime = new ScriptedRuntime(ScriptedRuntime.events(new Finished(FinishReason.STOP)));
        var more = Message.of(MessageRole.USER, "And now?");
        var run = runner(runtime).run(new RunRequest(new RunSource.Draft(Optional.of(PROMPT), 3, "Hi {{name}}", Partials.NONE),
                Map.of("name", "Bo"), List.of(more), Target.parse("other/m"), Sampling.DEFAULTS, new MemberId("ada")), shown::add);
        assertThat(runtime.messages).containsExactly(Message.of(MessageRole.USER, "Hi Bo"), more);
        assertThat(run.origin().draft()).contains("Hi {{name}}");
        assertThat(run.origin().textHash().orElseThrow().hex()).hasSize(64);
        assertThat(run.origin().title()).isEqualTo("draft of version 3");
        assertThat(runs.find(run.id())).contains(run);
    }

    @Test
    void givenAnErrorMidStream_thePartialAnswerIsShownStoredAndCountedAsFailed() {
        ScriptedRuntime.Step broken = () -> {
            throw new ProblemException("The server broke off", "other", "Run it again.");
        };
        var runtime = new ScriptedRuntime(() -> new TextDelta("Half an ans"), () -> new TextDelta("wer sk-l"), broken);
        keyring.hold(new SecretRef("KEY"), SECRET);
        var run = runner(runtime).run(greeting("other/m", Sampling.DEFAULTS), shown::add);
        assertThat(text()).isEqualTo("Half an answer sk-l");
        assertThat(run.answer().text()).isEqualTo("Half an answer sk-l");
        assertThat(run.problem().orElseThrow().what()).isEqualTo("The server broke off");
        assertThat(run.usage().orElseThrow().estimated()).isTrue();
        assertThat(runs.find(run.id())).contains(run);
        assertThat(counted(Map.of(Series.SIDE, "client", Run.RESULT, "failed"))).isEqualTo(1);
        assertThat(runtime.closed).isTrue();
    }

    @Test
    void givenAFailureBeforeAnythingIsSent_itIsARunToo() {
        var request = new RunRequest(saved(1, "Hi {{name}}"), Map.of(), List.of(),
                Target.parse("other/m"), Sampling.DEFAULTS, new MemberId("ada"));
        var run = runner(new ScriptedRuntime()).run(request, shown::add);
        assertThat(run.result()).isEqualTo("failed");
        assertThat(run.problem().orElseThrow().what()).contains("name");
        assertThat(runs.find(run.id())).contains(run);
        var unknown = runner(new ScriptedRuntime()).run(greeting("nowhere/m", Sampling.DEFAULTS), shown::add);
        assertThat(unknown.problem().orElseThrow().what()).contains("nowhere");
        assertThat(counted(Map.of(Series.SIDE, "client", Run.RESULT, "failed"))).isEqualTo(2);
    }

    @Test
    void givenMoreThanTheContext_itIsRefusedWithTheNumbersBeforeItIsSent() {
        var runtime = new ScriptedRuntime();
        var run = runner(runtime).run(new RunRequest(new RunSource.RawMessages(List.of(Message.of(MessageRole.USER,
                "x".repeat(95)))), Map.of(), List.of(), Target.parse("local/m"), Sampling.DEFAULTS.withMaxTokens(10),
                new MemberId("ada")), shown::add);
        assertThat(run.problem().orElseThrow().what()).contains("95", "100", "90");
        assertThat(runtime.messages).isEmpty();
    }

    @Test
    void givenAnInterruptWhileTheServerThinks_theRunIsCancelledAndKeepsItsText() throws Exception {
        var reached = new CountDownLatch(1);
        var runtime = new ScriptedRuntime(() -> new TextDelta("So far"), () -> {
            reached.countDown();
            return ScriptedRuntime.FOREVER.next();
        });
        var run = cancelled(runner(runtime), greeting("other/m", Sampling.DEFAULTS), reached);
        assertThat(run.result()).isEqualTo("cancelled");
        assertThat(run.answer().text()).isEqualTo("So far");
        assertThat(run.problem()).isEmpty();
        assertThat(shown).containsExactly(new TextDelta("So far"), new Finished(FinishReason.CANCELLED));
        assertThat(runs.find(run.id())).contains(run);
    }

    @Test
    void givenAnInterruptBeforeTheServerIsAsked_theRunIsCancelledToo() throws Exception {
        var reached = new CountDownLatch(1);
        BudgetCheck slow = (_, _, _) -> {
            reached.countDown();
            try {
                new CountDownLatch(1).await();
                return Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ProblemException("Waiting was interrupted", "", "");
            }
        };
        var run = cancelled(runner(new ScriptedRuntime(), slow), greeting("other/m", Sampling.DEFAULTS), reached);
        assertThat(run.result()).isEqualTo("cancelled");
        assertThat(shown).containsExactly(new Finished(FinishReason.CANCELLED));
        assertThat(runs.find(run.id())).contains(run);
    }

    @Test
    void givenASecretAnywhere_itIsNeitherShownNorInAnyFile() throws IOException {
        keyring.hold(new SecretRef("KEY"), SECRET);
        var pieces = List.of(new TokenLogprob("sk-live-01234", -1, List.of()), new TokenLogprob("56789", -1, List.of()));
        var runtime = new ScriptedRuntime(ScriptedRuntime.events(new ReasoningDelta(SECRET), new TextDelta("It is sk-live-"),
                new TextDelta("0123456789", 2, pieces), new ToolCalled(new ToolCall("1", "f", SECRET)),
                new Finished(FinishReason.STOP)));
        var draft = new RunSource.Draft(Optional.empty(), 0, "Repeat " + SECRET + " {{x}}", Partials.NONE);
        var run = runner(runtime).run(new RunRequest(draft, Map.of("x", SECRET), List.of(), Target.parse("local/m"),
                Sampling.DEFAULTS, new MemberId("ada")), shown::add);
        assertThat(text()).isEqualTo("It is [secret KEY withheld]");
        assertThat(run.answer().withheld()).isEqualTo(3);
        assertThat(run.origin().draft()).contains("Repeat [secret KEY withheld] {{x}}");
        assertThat(shown + run.toString()).doesNotContain("live");
        assertThat(runs.find(run.id())).contains(run);
        store.close();
        feed.flush();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList())
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).as(file.toString())
                        .doesNotContain("sk-live", "56789");
        }
    }

    @Test
    void givenASecretAndAServerElsewhere_nothingIsSent() {
        keyring.hold(new SecretRef("KEY"), SECRET);
        var runtime = new ScriptedRuntime();
        var run = runner(runtime).run(new RunRequest(new RunSource.RawMessages(List.of(Message.of(MessageRole.USER, SECRET))),
                Map.of(), List.of(), Target.parse("other/m"), Sampling.DEFAULTS, new MemberId("ada")), shown::add);
        assertThat(run.problem().orElseThrow().what()).contains("secret");
        assertThat(runtime.messages).isEmpty();
    }

    @Test
    void givenAStoreThatRefuses_theAnswerIsShownAndTheProblemReported() {
        store.close();
        var runtime = new ScriptedRuntime(ScriptedRuntime.events(new TextDelta("Hi"), new Finished(FinishReason.STOP)));
        var run = runner(runtime).run(greeting("other/m", Sampling.DEFAULTS), shown::add);
        assertThat(text()).isEqualTo("Hi");
        assertThat(run.result()).isEqualTo("stop");
        assertThat(run.notStored().orElseThrow().what()).contains("closed");
        assertThat(counted(Map.of(Series.SIDE, "client", Run.RESULT, "stop"))).isEqualTo(1);
    }

    @Test
    void givenAConsumerThatFails_theGenerationIsClosedAndTheRunStoredAsFailed() {
        var runtime = new ScriptedRuntime(ScriptedRuntime.events(new TextDelta("Hi"), new TextDelta(" there")));
        var run = runner(runtime).run(greeting("other/m", Sampling.DEFAULTS), _ -> {
            throw new IllegalStateException("the pipe is closed");
        });
        assertThat(run.problem().orElseThrow().what()).contains("the pipe is closed");
        assertThat(runtime.closed).isTrue();
        assertThat(runs.page(RunFilter.ALL, OptionalLong.empty(), 10).runs()).containsExactly(run);
    }

    private Run cancelled(Runner runner, RunRequest request, CountDownLatch reached)
            throws InterruptedException, ExecutionException {
        var task = new FutureTask<>(() -> runner.run(request, shown::add));
        var thread = Thread.ofVirtual().start(task);
        reached.await();
        thread.interrupt();
        return task.get();
    }

    private long counted(Map<String, String> labels) {
        return feed.intervals(Metric.RUNS, labels, NOON, NOON.plusSeconds(3600), Resolution.HOUR).stream()
                .mapToLong(interval -> interval.values().count()).sum();
    }

    private String text() {
        return shown.stream().filter(TextDelta.class::isInstance).map(event -> ((TextDelta) event).text())
                .collect(Collectors.joining());
    }

    private Runner runner(ScriptedRuntime runtime) {
        return runner(runtime, BudgetCheck.local(targets(runtime)));
    }

    private Runner runner(ScriptedRuntime runtime, BudgetCheck budget) {
        return new Runner(targets(runtime), budget, keyring, runs, feed, new Runner.Instruments(CLOCK, System::nanoTime, random));
    }

    private static Targets targets(ScriptedRuntime runtime) {
        return new Targets(Map.of("other", () -> runtime, "local", () -> runtime));
    }

    @Test
    void givenADocumentThatAsksForAForm_itIsAskedOfTheServer() {
        var runtime = new ScriptedRuntime(ScriptedRuntime.events(new TextDelta("{}"), new Finished(FinishReason.STOP)));
        var schema = "---\noutput: {schema: {answer: string}}\n---\nSay yes.";
        assertThat(form(runtime, schema)).isEqualTo(Optional.of(new AnswerForm.Schema(PromptDocument.parse(schema).outputSchema())));
        assertThat(form(runtime, "---\noutput: {format: json}\n---\nSay yes.")).isEqualTo(Optional.of(new AnswerForm.AnyObject()));
        assertThat(form(runtime, "Say yes.")).isEmpty();
        assertThat(runtime.service).isEqualTo(new Service(OptionalInt.of(3), false, Optional.empty()));
        var failed = runner(runtime).run(asking("---\noutput: {format: xml}\n---\nSay yes."), shown::add);
        assertThat(failed.problem().orElseThrow().toString()).contains("xml").contains("output.format");
    }

    private Optional<AnswerForm> form(ScriptedRuntime runtime, String text) {
        runner(runtime).run(asking(text), shown::add);
        return runtime.service.form();
    }

    private static RunRequest asking(String text) {
        return new RunRequest(saved(3, text), Map.of(), List.of(), Target.parse("other/m"), Sampling.DEFAULTS,
                new Service(OptionalInt.of(3), false, Optional.empty()), new MemberId("ada"));
    }

    private static RunRequest greeting(String target, Sampling sampling) {
        return new RunRequest(saved(3, GREETING), Map.of("name", "Ada"), List.of(),
                Target.parse(target), sampling, new MemberId("ada"));
    }

    private static RunSource saved(int number, String text) {
        var hash = new VersionHash(Hashes.sha256(text));
        return new RunSource.SavedVersion(new PromptVersion(PROMPT, number, BranchName.MAIN, List.of(), text, hash, List.of(), "",
                new MemberId("ada"), NOON, hash), Partials.NONE);
    }
}
