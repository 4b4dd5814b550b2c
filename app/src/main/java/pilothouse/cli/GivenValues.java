package pilothouse.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import pilothouse.problems.ProblemException;
import pilothouse.templates.InputSchema;
import picocli.CommandLine.Option;

/// The values for a prompt's variables, from `--var` and `--vars`: options that several commands share.
public final class GivenValues {
    @Option(names = "--var", paramLabel = "NAME=VALUE", description = "A variable's value, as the type that the prompt declares.")
    private Map<String, String> texts = Map.of();

    @Option(names = "--vars", paramLabel = "FILE", description = "A JSON or YAML file with values; --var wins over it.")
    private Path file;

    /// The values, typed as the prompt's schema says.
    ///
    /// @throws ProblemException if the file cannot be read or holds no object
    public Map<String, Object> read(Terminal terminal, InputSchema schema) {
        var values = new LinkedHashMap<String, Object>();
        if (file != null) values.putAll(object(terminal.resolve(file)));
        texts.forEach((name, text) -> values.put(name, schema.fromText(name, text)));
        return values;
    }

    /// Whether any were given.
    boolean areGiven() {
        return file != null || !texts.isEmpty();
    }

    /// The object in a JSON or YAML file.
    ///
    /// @throws ProblemException if it cannot be read or is something else
    static Map<String, Object> object(Path file) {
        try {
            // JSON is YAML 1.2's flow style, so one reader does for both
            var settings = LoadSettings.builder().setLabel(file.getFileName().toString()).build();
            if (new Load(settings).loadFromString(Files.readString(file)) instanceof Map<?, ?> map) {
                var values = new LinkedHashMap<String, Object>();
                map.forEach((key, value) -> values.put(String.valueOf(key), value));
                return values;
            }
            throw new ProblemException("The file holds no object", file.toString(), "Write NAME: VALUE lines, or a JSON object.");
        } catch (YamlEngineException e) {
            throw new ProblemException("The file is neither JSON nor YAML: " + e.getMessage().lines().findFirst().orElse(""),
                    file.toString(), "Correct it, or give the values with --var.");
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /// The text of a file, `-` = standard input; exactly its bytes as UTF-8.
    ///
    /// @throws ProblemException if it cannot be read
    public static String text(Terminal terminal, Path file) {
        try {
            return file.toString().equals("-") ? new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(terminal.resolve(file));
        } catch (IOException e) {
            throw unreadable(terminal.resolve(file), e);
        }
    }

    private static ProblemException unreadable(Path file, IOException e) {
        var why = switch (e) {
            case java.nio.file.NoSuchFileException _ -> "There is no such file";
            case java.nio.file.AccessDeniedException _ -> "The file may not be read";
            case java.nio.charset.CharacterCodingException _ -> "The file is not UTF-8 text";
            default -> "The file cannot be read: " + e.getMessage();
        };
        return new ProblemException(why, file.toString(), "Check the path, its rights and its encoding.");
    }
}
