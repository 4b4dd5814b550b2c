package pilothouse.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// A zip for whoever helps: the doctor's findings, the settings and the newest logs, without secrets,
/// without the user's name and without a word of prompts or answers.
final class SupportBundle {
    private static final int MOST_LOG_BYTES = 4 << 20;

    /// Whatever looks like a key or follows a word for one.
    private static final Pattern SECRET = Pattern.compile("(?i)\\b((?:bearer|token|secret|password|passwd|api[_-]?key|authorization)\"?\\s*[:= ]\\s*\"?)"
            + "([^\\s\",;]{6,})|\\b(?:sk|pk|ghp|hf|xox[abp])[-_][A-Za-z0-9_-]{8,}|\\b[0-9a-f]{32,}\\b");

    private SupportBundle() {}

    /// @throws ProblemException if it cannot be written
    static void write(Path file, Path workspace, List<DoctorCommand.Finding> findings) {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file), StandardCharsets.UTF_8)) {
            entry(zip, "findings.json", Json.pretty(findings));
            var settings = workspace.resolve("settings.json");
            if (Files.isRegularFile(settings)) entry(zip, "settings.json", Files.readString(settings));
            var log = workspace.resolve("logs").resolve("pilothouse.log");
            if (Files.isRegularFile(log)) entry(zip, "pilothouse.log", tail(log));
        } catch (IOException e) {
            throw new ProblemException(new Problem("The bundle cannot be written: " + e.getMessage(), file.toString(),
                    "Choose another place."), e);
        }
    }

    private static String tail(Path log) throws IOException {
        var bytes = Files.readAllBytes(log);
        int from = Math.max(0, bytes.length - MOST_LOG_BYTES);
        return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    }

    private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(redacted(text, System.getProperty("user.home"), System.getProperty("user.name")).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    static String redacted(String text, String home, String user) {
        var masked = SECRET.matcher(text).replaceAll(match -> (match.group(1) == null ? "" : java.util.regex.Matcher.quoteReplacement(match.group(1)))
                + "[redacted]");
        if (home.length() > 1) masked = masked.replace(home, "~");
        return user.isBlank() ? masked : Pattern.compile("\\b" + Pattern.quote(user) + "\\b").matcher(masked).replaceAll("[user]");
    }
}
