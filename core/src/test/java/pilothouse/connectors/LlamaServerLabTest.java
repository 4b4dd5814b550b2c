package pilothouse.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.runtime.FinishReason;
import pilothouse.runtime.GenerationEvent;
import pilothouse.runtime.Sampling;

/// Against a real llama.cpp server that the script `llama-server` in `-Dlab=DIR` starts and stops.
@Tag("lab")
class LlamaServerLabTest {
    private static final Path SCRIPT = Path.of(System.getProperty("lab", ""), "llama-server");
    private URI base;

    @BeforeEach
    void up() throws Exception {
        assumeTrue(Files.isExecutable(SCRIPT), "skipped: -Dlab=DIR names no folder with the script llama-server");
        var lines = script("up").lines().toList();
        base = URI.create(lines.getLast().strip());
    }

    @AfterEach
    void down() throws Exception {
        if (base != null) script("down");
    }

    @Test
    void givenARealServer_itsAnswerIsStreamedCountedAndEnded() throws Exception {
        try (var runtime = new RemoteRuntime(new Server("llama-server", base, Optional::empty, Limits.DEFAULTS))) {
            var model = runtime.models().getFirst().name();
            var events = new ArrayList<GenerationEvent>();
            var sampling = Sampling.DEFAULTS.withTemperature(0).withMaxTokens(16);
            try (var generation = runtime.generate(model, List.of(Message.of(MessageRole.USER, "Say hello.")), sampling)) {
                generation.forEach(events::add);
            }
            assertThat(events).hasAtLeastOneElementOfType(GenerationEvent.TextDelta.class);
            var usage = (GenerationEvent.UsageReported) events.get(events.size() - 2);
            assertThat(usage.usage().estimated()).isFalse();
            assertThat(usage.usage().outputTokens()).isBetween(1, 16);
            assertThat(((GenerationEvent.Finished) events.getLast()).reason()).isIn(FinishReason.STOP, FinishReason.LENGTH);
        }
    }

    private static String script(String what) throws IOException, InterruptedException {
        var process = new ProcessBuilder(SCRIPT.toString(), what).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(SCRIPT + " " + what).isZero();
        return said;
    }
}
