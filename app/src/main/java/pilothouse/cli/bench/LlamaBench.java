package pilothouse.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import tools.jackson.databind.JsonNode;

/// llama.cpp's own benchmark program as the peer: the same file, threads, prompt and answer length.
final class LlamaBench {
    private final Path program;
    private final Path model;
    private String version = "";

    LlamaBench(Path program, Path model) {
        this.program = program;
        this.model = model;
    }

    /// As the program states it; empty before the first measurement.
    String version() {
        return version;
    }

    /// Figures by `name|unit`.
    ///
    /// @throws ProblemException if the program cannot be run
    Map<String, Double> measure() throws InterruptedException {
        return Map.of("prefill, llama.cpp|tokens/s", tokensPerSecond("-p", "512", "-n", "0"),
                "decode, llama.cpp|tokens/s", tokensPerSecond("-p", "0", "-n", "128", "-d", "128"));
    }

    private double tokensPerSecond(String... what) throws InterruptedException {
        var command = new ArrayList<>(List.of(program.toString(), "-m", model.toString(), "-r", "1", "-o", "json",
                "-t", String.valueOf(Runtime.getRuntime().availableProcessors())));
        command.addAll(List.of(what));
        try {
            var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            JsonNode answer = Json.parse(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            if (process.waitFor() != 0 || answer.isEmpty()) throw new IOException("exit code " + process.exitValue());
            version = answer.path(0).path("build_commit").asString("") + " " + answer.path(0).path("cpu_info").asString("");
            return answer.path(0).path("avg_ts").asDouble();
        } catch (IOException | tools.jackson.core.JacksonException e) {
            throw new ProblemException(new Problem("llama.cpp's benchmark failed: " + e.getMessage(), program.toString(),
                    "Name a working llama-bench with --set peer=FILE."), e);
        }
    }
}
