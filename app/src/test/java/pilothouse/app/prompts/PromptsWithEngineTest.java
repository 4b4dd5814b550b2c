package pilothouse.app.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.TestThread;
import pilothouse.app.prompts.PromptRuns.State;
import pilothouse.local.CacheFolder;
import pilothouse.local.EngineCommand;
import pilothouse.local.EngineProcess;
import pilothouse.local.Hardware;
import pilothouse.local.LocalRuntime;
import pilothouse.local.ModelLibrary;
import pilothouse.local.NativeLibraries;
import pilothouse.local.Patience;
import pilothouse.runtime.Target;
import pilothouse.secrets.Keyring;
import pilothouse.secrets.SecretRef;

/// The whole way once with the embedded model.
@Tag("thorough")
class PromptsWithEngineTest {
    @TempDir
    Path folder;

    @Test
    void givenTheEmbeddedModel_aPromptIsAnsweredAndStoppedAtOnce() {
        var fx = new TestThread();
        var keyring = new Keyring(Map.of());
        var engine = new EngineProcess(progress -> EngineCommand.of(NativeLibraries.onClassPath(CacheFolder.ofUser()).unpack(progress),
                OptionalInt.of(Hardware.ofThisMachine().engineThreads())), () -> keyring.generate(new SecretRef("engine token")), Patience.DEFAULTS);
        var library = new ModelLibrary(Path.of(System.getProperty("pilothouse.home")), folder);
        try (var background = new Background(fx); var local = new LocalRuntime(engine, library);
                var disk = new PromptsOnDisk(folder, background, Map.of(Target.LOCAL, () -> local))) {
            local.prepare(ModelLibrary.EMBEDDED); // its loading may take longer than a test's patience
            disk.model.open(disk.save("sea", 0, "---\nmodel: local/smollm2-135m\nconfig: { maxOutputTokens: 24, temperature: 0 }\n---\nName the largest ocean.", ""));
            fx.drainUntil(() -> disk.model.selected().get().isPresent());
            var tab = disk.model.selected().get().orElseThrow();
            fx.drainUntil(() -> !tab.reading().get().messages().isEmpty());
            tab.run();
            fx.drainUntil(() -> tab.runs().progress().get().state() == State.DONE);
            assertThat(tab.runs().answer(0)).contains("Pacific");
            var usage = tab.runs().earlier().getFirst().usage().orElseThrow();
            assertThat(tab.tokens().get().total().tokens()).isEqualTo(usage.promptTokens()); // shown while typing = counted by the engine
            tab.setParameter(java.util.List.of("config", "maxOutputTokens"), Optional.of(2000));
            fx.drainUntil(() -> tab.reading().get().sampling().maxTokens().orElse(0) == 2000);
            tab.run();
            fx.drainUntil(() -> tab.runs().length().get() > 0);
            var pressed = System.nanoTime();
            tab.runs().stop();
            fx.drainUntil(() -> tab.runs().earlier().size() == 2);
            var stopped = Duration.ofNanos(System.nanoTime() - pressed);
            System.out.println("stop to stored run: " + stopped.toMillis() + " ms");
            assertThat(tab.runs().earlier().getFirst().result()).isEqualTo("cancelled");
        }
    }
}
