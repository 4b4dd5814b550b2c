package pilothouse.connectors.code;

import java.util.Map;
import java.util.stream.Collectors;
import pilothouse.json.Json;
import tools.jackson.databind.JsonNode;

/// Writes a JSON value over lines, with the words of a language for what JSON calls true, false and null.
///
/// @param names the language's words; JSON's own where it lacks one
record JsonText(Map<String, String> names) {
    static final JsonText JSON = new JsonText(Map.of());
    static final JsonText PYTHON = new JsonText(Map.of("true", "True", "false", "False", "null", "None"));

    private static final int SHORT = 60;        // characters of a list or map that stands in one line

    /// @param indent of the line in which it begins
    String of(JsonNode value, String indent) {
        if (!value.isContainer()) return value.isString() ? Json.quoted(value.stringValue()) : names.getOrDefault(value.toString(), value.toString());
        var line = line(value);
        boolean isShort = line.length() <= SHORT && value.valueStream().noneMatch(JsonNode::isContainer);
        if (isShort || value.isEmpty()) return line;
        var inner = indent + "  ";
        var lines = value.isObject()
                ? value.propertyStream().map(it -> inner + Json.quoted(it.getKey()) + ": " + of(it.getValue(), inner)).toList()
                : value.valueStream().map(it -> inner + of(it, inner)).toList();
        return (value.isObject() ? "{\n" : "[\n") + String.join(",\n", lines) + "\n" + indent + (value.isObject() ? "}" : "]");
    }

    private String line(JsonNode value) {
        if (value.isObject()) return value.propertyStream().map(it -> Json.quoted(it.getKey()) + ": " + of(it.getValue(), "")).collect(Collectors.joining(", ", "{", "}"));
        return value.valueStream().map(it -> of(it, "")).collect(Collectors.joining(", ", "[", "]"));
    }
}
