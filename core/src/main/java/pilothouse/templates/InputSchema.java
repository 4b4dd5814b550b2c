package pilothouse.templates;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import pilothouse.problems.ProblemException;

/// Which values a prompt takes. What Picoschema can say is checked here, in words for people; a JSON Schema that says more
/// is followed by [SchemaCheck]. A value that the schema does not name is let pass.
///
/// @param jsonSchema empty if the document states none: then everything passes
public record InputSchema(Map<String, Object> jsonSchema) {
    private static final int DEPTH = 100;
    private static final Set<String> PLAIN = Set.of("type", "enum", "const", "required", "properties", "items", "additionalProperties",
            "description", "title", "default", "$schema", "examples", "deprecated", "readOnly", "writeOnly", "$comment");

    /// @throws ProblemException naming the first variable that is missing or of the wrong type
    public void check(Map<String, Object> values) {
        if (jsonSchema.get("properties") instanceof Map || jsonSchema.get("required") instanceof Collection
                || types(jsonSchema).contains("object")) check(values, jsonSchema, "", 0);
        if (!isPlain(jsonSchema, 0)) checkWholly(values);
    }

    /// The same for one value alone, whatever else is wanted. What the schema does not name passes.
    ///
    /// @throws ProblemException naming it if it is of the wrong type
    public void checkOne(String name, Object value) {
        if (!(jsonSchema.get("properties") instanceof Map<?, ?> properties) || !(properties.get(name) instanceof Map<?, ?> declared)) return;
        new InputSchema(Map.of("type", "object", "properties", Map.of(name, declared))).check(java.util.Collections.singletonMap(name, value));
    }

    private void checkWholly(Map<String, Object> values) {
        for (var violation : new SchemaCheck(jsonSchema).of(values)) {
            if (violation.keyword().equals("additionalProperties") && violation.pointer().isEmpty()) continue;
            var path = violation.pointer().replaceFirst("^/", "").replace('/', '.');
            throw problem(path, "does not fit its schema: " + violation.what(), "Correct it, or the schema.");
        }
    }

    /// Whether the schema says only what is checked here.
    private static boolean isPlain(Object schema, int depth) {
        if (!(schema instanceof Map<?, ?> map)) return true;
        if (depth > DEPTH || !PLAIN.containsAll(map.keySet())) return false;
        var properties = map.get("properties") instanceof Map<?, ?> declared ? declared.values() : List.of();
        return properties.stream().allMatch(member -> isPlain(member, depth + 1)) && isPlain(map.get("items"), depth + 1)
                && isPlain(map.get("additionalProperties"), depth + 1);
    }

    /// The names it declares, required ones or not.
    public Set<String> names() {
        var names = new TreeSet<String>();
        if (jsonSchema.get("properties") instanceof Map<?, ?> properties)
            properties.keySet().forEach(key -> names.add(String.valueOf(key)));
        return names;
    }

    /// A value given as text, such as on a command line, as the type declared for it: `3` for an
    /// integer is a number. Text that does not fit stays text, and [#check] says so.
    public Object fromText(String name, String text) {
        var schema = jsonSchema.get("properties") instanceof Map<?, ?> properties ? properties.get(name) : null;
        if (!(schema instanceof Map<?, ?> map)) return text;
        var types = types(map);
        if (types.contains("string") || types.isEmpty()) return text;
        var read = FrontMatter.value(text);
        return read.filter(value -> types.stream().anyMatch(type -> isOf(type, value))).orElse(text);
    }

    private static void check(Object value, Map<?, ?> schema, String path, int depth) {
        if (depth > DEPTH) throw problem(path, "nests deeper than " + DEPTH + " levels", "");
        var types = types(schema);
        if (!types.isEmpty() && types.stream().noneMatch(type -> isOf(type, value)))
            throw wrong(path, value, inWords(types));
        if (schema.get("enum") instanceof List<?> choices && choices.stream().noneMatch(choice -> equal(choice, value)))
            throw wrong(path, value, "one of " + Printer.json(choices, 0, Template.MAX_OUTPUT_CHARS));
        if (schema.containsKey("const") && !equal(schema.get("const"), value))
            throw wrong(path, value, Printer.json(schema.get("const"), 0, Template.MAX_OUTPUT_CHARS));
        if (value instanceof Map<?, ?> map) checkMembers(map, schema, path, depth);
        if (value instanceof List<?> list && schema.get("items") instanceof Map<?, ?> items)
            for (int i = 0; i < list.size(); i++) check(list.get(i), items, path + "[" + i + "]", depth + 1);
    }

    private static void checkMembers(Map<?, ?> map, Map<?, ?> schema, String path, int depth) {
        var properties = schema.get("properties") instanceof Map<?, ?> declared ? declared : Map.of();
        if (schema.get("required") instanceof Collection<?> required)
            for (var name : required) if (!map.containsKey(name)) {
                var of = properties.get(name) instanceof Map<?, ?> declared ? inWords(types(declared)) : "";
                throw problem(join(path, name), "is missing", "Give it a value" + (of.isEmpty() ? "." : ": " + of + "."));
            }
        for (var entry : map.entrySet()) {
            var declared = properties.containsKey(entry.getKey()) ? properties.get(entry.getKey())
                    : schema.get("additionalProperties");
            if (declared instanceof Map<?, ?> member) check(entry.getValue(), member, join(path, entry.getKey()), depth + 1);
        }
    }

    private static List<String> types(Map<?, ?> schema) {
        return switch (schema.get("type")) {
            case String type when !type.equals("any") -> List.of(type);
            case List<?> all -> all.stream().map(String::valueOf).toList();
            case null, default -> List.of();
        };
    }

    private static boolean isOf(String type, Object value) {
        return switch (type) {
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "number" -> value instanceof Number;
            case "integer" -> value instanceof Number number && isWhole(number);
            case "null" -> value == null;
            case "array" -> value instanceof List;
            case "object" -> value instanceof Map;
            default -> true;
        };
    }

    private static boolean isWhole(Number number) {
        double value = number.doubleValue();
        return value == Math.rint(value) && !Double.isInfinite(value);
    }

    private static boolean equal(Object a, Object b) {
        if (a instanceof Number x && b instanceof Number y)
            return new BigDecimal(x.toString()).compareTo(new BigDecimal(y.toString())) == 0;
        return java.util.Objects.equals(a, b);
    }

    private static String inWords(List<String> types) {
        return types.stream().map(InputSchema::inWords).collect(Collectors.joining(" or "));
    }

    private static String inWords(String type) {
        return switch (type) {
            case "string" -> "text";
            case "boolean" -> "true or false";
            case "number" -> "a number";
            case "integer" -> "a whole number";
            case "array" -> "a list";
            case "object" -> "a map";
            default -> type;
        };
    }

    private static String shown(Object value) {
        if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) return "";
        var text = Printer.json(value, 0, Template.MAX_OUTPUT_CHARS);
        return " (" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + ")";
    }

    private static String join(String path, Object name) {
        return path.isEmpty() ? String.valueOf(name) : path + "." + name;
    }

    private static ProblemException wrong(String path, Object value, String wanted) {
        return problem(path, "is " + Values.kind(value) + shown(value), "It must be " + wanted + ".");
    }

    private static ProblemException problem(String path, String what, String remedy) {
        return new ProblemException("The variable \"" + path + "\" " + what, "variable " + path, remedy);
    }
}
