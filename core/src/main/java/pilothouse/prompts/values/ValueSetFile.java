package pilothouse.prompts.values;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.templates.InputSchema;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/// Reads value sets from a file: every row of a CSV file, every object of a JSON array or of JSON lines is one. A
/// column `name` names it, and fills the variable of that name if there is one; else its number does. What cannot be
/// taken is said with its line, and the rest is taken.
public final class ValueSetFile {
    /// The most bytes that are read.
    public static final long MAX_BYTES = 64L << 20;

    private static final String NAME = "name";
    private static final String VALUES = "values";
    private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

    private final InputSchema schema;
    private final Set<String> variables;
    private final List<Row> rows = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();

    /// A row that is not taken.
    ///
    /// @param line in the file, from 1
    public record Refused(int line, String reason) {}

    /// @param unknown names that are no variables of the prompt; they are kept all the same
    public record Content(List<ValueSetRepository.Named> sets, List<Refused> refused, Set<String> unknown) {
        public Content {
            sets = List.copyOf(sets);
            refused = List.copyOf(refused);
        }
    }

    /// @param name empty: its number names it
    private record Row(int line, String name, Map<String, Object> values) {}

    private ValueSetFile(InputSchema schema, Set<String> variables) {
        this.schema = schema;
        this.variables = variables;
    }

    /// Blocks.
    ///
    /// @param schema    what types its values have
    /// @param variables that the prompt has
    /// @throws ProblemException if it cannot be read at all
    public static Content read(Path file, InputSchema schema, Set<String> variables) {
        try {
            if (Files.size(file) > MAX_BYTES)
                throw new ProblemException("The file is too long to be value sets: the most are " + (MAX_BYTES >> 20) + " MB", file.toString(), "Choose a part of it");
            return read(file.getFileName().toString(), Files.readString(file), schema, variables);
        } catch (CharacterCodingException e) {
            throw new ProblemException(new Problem("The file is not UTF-8", file.toString(), "Save it as UTF-8; a spreadsheet calls it CSV UTF-8"), e);
        } catch (IOException e) {
            throw new ProblemException(new Problem("The file cannot be read: " + e.getMessage(), file.toString(), "Check the file and its permissions"), e);
        }
    }

    /// @param fileName by its ending it is JSON (`.json`), JSON lines (`.jsonl`, `.ndjson`) or CSV (all others)
    public static Content read(String fileName, String text, InputSchema schema, Set<String> variables) {
        var reading = new ValueSetFile(schema, Set.copyOf(variables));
        var whole = text.startsWith("\uFEFF") ? text.substring(1) : text;
        var ending = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        switch (ending) {
            case "json" -> reading.json(whole);
            case "jsonl", "ndjson" -> reading.lines(whole);
            default -> reading.csv(whole);
        }
        return reading.content();
    }

    // ---- CSV

    private void csv(String text) {
        var all = CsvRows.of(text);
        if (all.isEmpty()) return;
        var head = all.getFirst().cells().stream().map(String::strip).toList();
        if (all.getFirst().isBroken() || head.stream().anyMatch(String::isEmpty) || Set.copyOf(head.stream().distinct().toList()).size() < head.size())
            throw new ProblemException("The first line must name the columns, each once", "line " + all.getFirst().line(),
                    "Write the variables' names into it, and \"name\" over the sets' names");
        for (var row : all.subList(1, all.size())) {
            if (row.isBroken()) refuse(row.line(), "a quote is not closed, or text follows it");
            else if (row.cells().size() != head.size())
                refuse(row.line(), "it has " + count(row.cells().size(), "cell") + ", the first line has " + head.size());
            else csv(head, row);
        }
    }

    private void csv(List<String> head, CsvRows.Row row) {
        var values = new LinkedHashMap<String, Object>();
        var name = "";
        for (int i = 0; i < head.size(); i++) {
            var cell = row.cells().get(i);
            if (head.get(i).equals(NAME)) name = cell.strip();
            if (!cell.isEmpty() && isVariable(head.get(i))) values.put(head.get(i), schema.fromText(head.get(i), cell));
        }
        take(row.line(), name, values);
    }

    private boolean isVariable(String column) {
        return !column.equals(NAME) || variables.contains(NAME);
    }

    private static String count(int number, String of) {
        return number + " " + of + (number == 1 ? "" : "s");
    }

    // ---- JSON

    private void json(String text) {
        int line = 1;
        try (var parser = Json.MAPPER.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_ARRAY)
                throw new ProblemException("The file is no list of objects", "line 1", "Write [ { \"variable\": value }, … ], or one object a line in a .jsonl file");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                line = parser.currentTokenLocation().getLineNr();
                object(line, parser.readValueAsTree());
            }
        } catch (JacksonException e) {
            refuse(line(e, line), "from here on it is no JSON: " + e.getOriginalMessage());
        }
    }

    private void lines(String text) {
        int number = 0;
        for (var line : text.lines().toList()) {
            number++;
            if (line.isBlank()) continue;
            try {
                object(number, Json.parse(line));
            } catch (JacksonException e) {
                refuse(number, "it is no JSON: " + e.getOriginalMessage());
            }
        }
    }

    private static int line(JacksonException e, int otherwise) {
        return e.getLocation() == null || e.getLocation().getLineNr() < 1 ? otherwise : e.getLocation().getLineNr();
    }

    private void object(int line, JsonNode node) {
        if (!node.isObject()) {
            refuse(line, "it is no object of variables and values");
            return;
        }
        boolean wrapped = node.size() == 2 && node.path(NAME).isString() && node.path(VALUES).isObject() && !variables.contains(VALUES);
        var values = Json.MAPPER.convertValue(wrapped ? node.path(VALUES) : node, MAP);
        if (!wrapped && !isVariable(NAME)) values.remove(NAME);
        take(line, node.path(NAME).isValueNode() ? node.path(NAME).asString("").strip() : "", values);
    }

    // ---- both

    private void take(int line, String name, Map<String, Object> values) {
        try {
            if (!name.isEmpty()) new ValueSetName(name);
            values.forEach(schema::checkOne);
            rows.add(new Row(line, name, values));
        } catch (ProblemException e) {
            refuse(line, e.problem().remedy().isEmpty() ? e.problem().what() : e.problem().what() + ". " + e.problem().remedy());
        }
    }

    private void refuse(int line, String reason) {
        refused.add(new Refused(line, reason));
    }

    private Content content() {
        var sets = new ArrayList<ValueSetRepository.Named>();
        var lines = new HashMap<String, Integer>();
        var unknown = new LinkedHashSet<String>();
        int digits = String.valueOf(rows.size()).length();
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var name = row.name.isEmpty() ? ("row %0" + digits + "d").formatted(i + 1) : row.name;
            var before = lines.putIfAbsent(name, row.line);
            if (before != null) refuse(row.line, "line " + before + " has the name \"" + name + "\" already");
            else sets.add(new ValueSetRepository.Named(new ValueSetName(name), row.values));
            row.values.keySet().stream().filter(it -> !variables.contains(it)).forEach(unknown::add);
        }
        refused.sort(java.util.Comparator.comparingInt(Refused::line));
        return new Content(sets, refused, unknown);
    }
}
