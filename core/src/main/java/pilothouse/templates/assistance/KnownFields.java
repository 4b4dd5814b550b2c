package pilothouse.templates.assistance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pilothouse.templates.PromptDocument;

/// What the input schema tells about values and their parts.
final class KnownFields {
    private final Map<?, ?> root;
    private final Set<String> defaults;

    KnownFields(Optional<PromptDocument> document) {
        root = document.<Map<?, ?>>map(it -> it.inputSchema().jsonSchema()).orElse(Map.of());
        defaults = document.map(it -> it.inputDefaults().keySet()).orElse(Set.of());
    }

    Map<?, ?> root() {
        return root;
    }

    /// The names that the front matter declares, in its order.
    Set<String> inputs() {
        var names = new LinkedHashSet<>(of(root).keySet());
        names.addAll(defaults);
        return names;
    }

    /// The fields of a value, each with what it is in words; empty if its schema tells none.
    static Map<String, String> of(Map<?, ?> schema) {
        var fields = new LinkedHashMap<String, String>();
        if (schema.get("properties") instanceof Map<?, ?> properties)
            properties.forEach((name, field) -> fields.put(String.valueOf(name), field instanceof Map<?, ?> map ? about(map) : ""));
        return fields;
    }

    private static String about(Map<?, ?> schema) {
        var kind = schema.get("enum") instanceof List<?> choices ? "one of " + String.join(", ", choices.stream().map(String::valueOf).toList()) : type(schema);
        return schema.get("description") instanceof String words ? kind.isEmpty() ? words : kind + ", " + words : kind;
    }

    private static String type(Map<?, ?> schema) {
        return switch (schema.get("type")) {
            case String type -> type;
            case List<?> types -> String.join(" or ", types.stream().map(String::valueOf).filter(it -> !it.equals("null")).toList());
            case null, default -> "";
        };
    }

    /// The schema of a part; empty if nothing is said of it.
    static Map<?, ?> part(Map<?, ?> schema, String name) {
        return schema.get("properties") instanceof Map<?, ?> properties && properties.get(name) instanceof Map<?, ?> found ? found : Map.of();
    }

    /// The schema of a list's elements; the value's own if it is no list.
    static Map<?, ?> element(Map<?, ?> schema) {
        return schema.get("items") instanceof Map<?, ?> items ? items : type(schema).equals("array") ? Map.of() : schema;
    }

    /// The steps of a path, without `../`, `this` and `@root` at its beginning.
    static List<String> steps(String path) {
        var steps = new ArrayList<String>();
        int at = PathStart.of(path);
        while (at < path.length()) {
            boolean bracket = path.charAt(at) == '[';
            int end = at;
            if (bracket) end = Math.max(path.indexOf(']', at), at);
            while (end < path.length() && "./".indexOf(path.charAt(end)) < 0) end++;
            var step = path.substring(at, end);
            steps.add(bracket ? step.replaceAll("^\\[|]$", "") : step);
            at = end + 1;
        }
        return steps;
    }
}
