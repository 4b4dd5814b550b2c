package pilothouse.engine.grammar;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Says whether a value is valid, by the plainest reading of JSON Schema. Knows what [JsonSchema] knows, written
/// independently of it.
final class PlainSchema {
    private final JsonNode root;

    PlainSchema(JsonNode root) {
        this.root = root;
    }

    boolean isValid(JsonNode value) {
        return isValid(root, value);
    }

    private boolean isValid(JsonNode schema, JsonNode value) {
        if (schema.isBoolean()) return schema.asBoolean();
        return schema.properties().stream().allMatch(entry -> holds(entry.getKey(), entry.getValue(), schema, value));
    }

    private boolean holds(String keyword, JsonNode says, JsonNode schema, JsonNode value) {
        return switch (keyword) {
            case "$ref" -> isValid(says.asString().equals("#") ? root : root.at(says.asString().substring(1)), value);
            case "type" -> says.isArray() ? says.values().stream().anyMatch(type -> isOf(type.asString(), value)) : isOf(says.asString(), value);
            case "const" -> same(says, value);
            case "enum" -> says.values().stream().anyMatch(one -> same(one, value));
            case "anyOf" -> says.values().stream().anyMatch(one -> isValid(one, value));
            case "oneOf" -> says.values().stream().filter(one -> isValid(one, value)).count() == 1;
            case "allOf" -> says.values().stream().allMatch(one -> isValid(one, value));
            case "properties" -> says.properties().stream().allMatch(entry -> !value.has(entry.getKey()) || isValid(entry.getValue(), value.get(entry.getKey())));
            case "required" -> !value.isObject() || says.values().stream().allMatch(name -> value.has(name.asString()));
            case "additionalProperties" -> !value.isObject() || value.properties().stream()
                    .allMatch(entry -> schema.path("properties").has(entry.getKey()) || isValid(says, entry.getValue()));
            case "items" -> {
                for (int i = schema.path("prefixItems").size(); value.isArray() && i < value.size(); i++)
                    if (!isValid(says, value.get(i))) yield false;
                yield true;
            }
            case "prefixItems" -> {
                for (int i = 0; value.isArray() && i < Math.min(says.size(), value.size()); i++)
                    if (!isValid(says.get(i), value.get(i))) yield false;
                yield true;
            }
            case "minItems" -> !value.isArray() || value.size() >= says.intValue();
            case "maxItems" -> !value.isArray() || value.size() <= says.intValue();
            case "minLength" -> !value.isString() || length(value) >= says.intValue();
            case "maxLength" -> !value.isString() || length(value) <= says.intValue();
            case "pattern" -> !value.isString() || Pattern.compile(says.asString()).matcher(value.asString()).find();
            case "minimum" -> !value.isNumber() || value.doubleValue() >= says.doubleValue();
            case "maximum" -> !value.isNumber() || value.doubleValue() <= says.doubleValue();
            case "exclusiveMinimum" -> !value.isNumber() || value.doubleValue() > says.doubleValue();
            case "exclusiveMaximum" -> !value.isNumber() || value.doubleValue() < says.doubleValue();
            default -> true;
        };
    }

    private static int length(JsonNode value) {
        return value.asString().codePointCount(0, value.asString().length());
    }

    private static boolean same(JsonNode a, JsonNode b) {
        return a.isNumber() && b.isNumber() ? a.doubleValue() == b.doubleValue() : a.equals(b);
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "number" -> value.isNumber();
            case "integer" -> value.isNumber() && value.doubleValue() == Math.floor(value.doubleValue());
            case "boolean" -> value.isBoolean();
            default -> value.isNull();
        };
    }
}
