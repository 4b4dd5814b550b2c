package pilothouse.templates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pilothouse.problems.ProblemException;

/// Turns Dotprompt's short schemas (`name?: string, who it is`) into JSON Schema. What already is JSON
/// Schema (a `type` it knows at the top, or `properties`) passes unchanged.
public final class Picoschema {
    private static final Set<String> SCALARS = Set.of("any", "boolean", "integer", "null", "number", "string");
    private static final String WILDCARD = "(*)";

    private final Map<String, Map<String, Object>> named;

    private Picoschema(Map<String, Map<String, Object>> named) {
        this.named = named;
    }

    /// @param schema text or a map, as read from YAML
    /// @param named  JSON Schemas that `schema` may call by name
    /// @throws ProblemException for anything that is neither, naming the property
    public static Map<String, Object> toJsonSchema(Object schema, Map<String, Map<String, Object>> named) {
        if (schema instanceof Map<?, ?> map) {
            var type = map.get("type");
            if (type instanceof String name && (SCALARS.contains(name) || name.equals("object") || name.equals("array")))
                return copy(map);
            if (map.get("properties") instanceof Map) {
                var result = copy(map);
                result.put("type", "object");
                return result;
            }
        }
        return new Picoschema(named).schema(schema, "schema");
    }

    private Map<String, Object> schema(Object value, String where) {
        return switch (value) {
            case String text -> scalar(text, where);
            case Map<?, ?> map -> object(map, where);
            case null, default -> throw problem("A schema is a type's name or a map, not " + Values.kind(value), where,
                    "Write, for example, name: string, what it is.");
        };
    }

    private Map<String, Object> scalar(String text, String where) {
        var parts = described(text);
        var result = new LinkedHashMap<String, Object>();
        if (SCALARS.contains(parts.type())) {
            if (!parts.type().equals("any")) result.put("type", parts.type());
        } else {
            var found = named.get(parts.type());
            if (found == null) throw problem("There is no type or schema named \"" + parts.type() + "\"", where,
                    "Known types: any, boolean, integer, null, number, string.");
            result.putAll(found);
        }
        describe(result, parts.description());
        return result;
    }

    private Map<String, Object> object(Map<?, ?> fields, String where) {
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        Object additional = false;
        for (var field : fields.entrySet()) {
            var key = String.valueOf(field.getKey());
            if (key.equals(WILDCARD)) {
                additional = schema(field.getValue(), where + "." + key);
                continue;
            }
            int bracket = key.indexOf('(');
            var name = bracket < 0 ? key : key.substring(0, bracket);
            boolean optional = name.endsWith("?");
            if (optional) name = name.substring(0, name.length() - 1);
            else required.add(name);
            var type = bracket < 0 ? "" : key.substring(bracket + 1, key.endsWith(")") ? key.length() - 1 : key.length());
            properties.put(name, property(described(type), field.getValue(), optional, where + "." + name));
        }
        var result = new LinkedHashMap<String, Object>();
        result.put("type", "object");
        result.put("properties", properties);
        if (!required.isEmpty()) result.put("required", required);
        result.put("additionalProperties", additional);
        return result;
    }

    private Map<String, Object> property(Described kind, Object value, boolean optional, String where) {
        var result = switch (kind.type()) {
            case "", "object" -> schema(value, where);
            case "array" -> {
                var array = new LinkedHashMap<String, Object>();
                array.put("type", "array");
                array.put("items", schema(value, where));
                yield array;
            }
            case "enum" -> choices(value, optional, where);
            default -> throw problem("\"" + kind.type() + "\" cannot stand in brackets", where,
                    "Write (array), (object) or (enum), with a description after a comma.");
        };
        if (optional && result.get("type") instanceof String type && !type.equals("null"))
            result.put("type", List.of(type, "null"));
        describe(result, kind.description());
        return result;
    }

    private static Map<String, Object> choices(Object value, boolean optional, String where) {
        if (!(value instanceof List<?> list)) throw problem("An enum is a list of values, not " + Values.kind(value), where,
                "Write, for example, [RED, BLUE].");
        var all = new ArrayList<Object>(list);
        if (optional && !all.contains(null)) all.add(null);
        var result = new LinkedHashMap<String, Object>();
        result.put("enum", all);
        return result;
    }

    private record Described(String type, String description) {}

    /// Splits `type, description` at the first comma.
    private static Described described(String text) {
        int comma = text.indexOf(',');
        if (comma < 0) return new Described(text.strip(), "");
        return new Described(text.substring(0, comma).strip(), text.substring(comma + 1).strip());
    }

    private static void describe(Map<String, Object> schema, String description) {
        if (!description.isEmpty()) schema.put("description", description);
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        var result = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> result.put(String.valueOf(key), value));
        return result;
    }

    private static ProblemException problem(String what, String where, String remedy) {
        return new ProblemException(what, where, remedy);
    }
}
