package pilothouse.engine.grammar;

import java.util.List;
import java.util.random.RandomGenerator;
import pilothouse.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Draws schemas that use everything that is supported.
final class RandomSchemas {
    private static final List<String> NAMES = List.of("a", "ab", "name", "naïve", "x\"y", "line\nend", "日本", "");
    private static final List<String> PATTERNS = List.of("^[a-z]{2,5}$", "^\\d{3}-\\d{4}$", "é+", "^(red|green|\"blue\")$", "^\\w+@\\w+\\.(org|com)$", "[^a-z\\s]");
    private final RandomGenerator random;

    RandomSchemas(RandomGenerator random) {
        this.random = random;
    }

    JsonNode next() {
        var schema = schema(3);
        if (!schema.isObject()) return schema;
        var definitions = ((ObjectNode) schema).putObject("$defs");
        definitions.set("leaf", schema(0));
        var tree = definitions.putObject("tree").put("type", "object").put("additionalProperties", false);
        tree.putObject("properties").putObject("children").put("type", "array").put("maxItems", 2).putObject("items").put("$ref", "#/$defs/tree");
        tree.putArray("required").add("children");
        return schema;
    }

    private JsonNode schema(int depth) {
        return switch (random.nextInt(depth > 0 ? 14 : 9)) {
            case 0 -> typed("string", "minLength", random.nextInt(4), "maxLength", 4 + random.nextInt(8));
            case 1 -> Json.MAPPER.createObjectNode().put("type", "string").put("pattern", PATTERNS.get(random.nextInt(PATTERNS.size())));
            case 2 -> typed("integer", "minimum", random.nextInt(-2000, 100), "maximum", random.nextInt(100, 12_000));
            case 3 -> typed("number", "minimum", random.nextInt(-30, 1), "maximum", random.nextInt(1, 30));
            case 4 -> typed(List.of("boolean", "null", "integer", "number", "string").get(random.nextInt(5)));
            case 5 -> Json.parse("{\"enum\":[\"é\",12,null,{\"b\":[1,2]},\"a\\\"\\n\"]}");
            case 6 -> Json.parse("{\"const\":" + List.of("\"yes\"", "3.5", "false", "[]", "{}").get(random.nextInt(5)) + "}");
            case 7 -> Json.parse("{\"type\":[\"integer\",\"null\",\"boolean\"]}");
            case 8 -> typed("integer", "exclusiveMinimum", random.nextInt(-100, 5), "exclusiveMaximum", random.nextInt(7, 1000));
            case 9 -> array(depth);
            case 10 -> branches("anyOf", schema(depth - 1), schema(depth - 1));
            case 11 -> branches("oneOf", Json.parse("{\"type\":\"string\"}"), array(depth));
            default -> object(depth);
        };
    }

    private static ObjectNode typed(String type) {
        return Json.MAPPER.createObjectNode().put("type", type);
    }

    private static ObjectNode typed(String type, String low, int least, String high, int most) {
        return typed(type).put(low, least).put(high, most);
    }

    private JsonNode branches(String keyword, JsonNode... branches) {
        var schema = Json.MAPPER.createObjectNode();
        schema.putArray(keyword).addAll(List.of(branches));
        return schema;
    }

    private ObjectNode array(int depth) {
        var schema = typed("array").put("minItems", random.nextInt(3)).put("maxItems", 2 + random.nextInt(3));
        schema.set("items", schema(depth - 1));
        if (random.nextInt(4) == 0) schema.putArray("prefixItems").add(schema(depth - 1));
        return schema;
    }

    private ObjectNode object(int depth) {
        var schema = typed("object");
        var properties = schema.putObject("properties");
        var required = schema.putArray("required");
        for (int i = random.nextInt(5); i > 0; i--) {
            var name = NAMES.get(random.nextInt(NAMES.size()));
            properties.set(name, random.nextInt(6) == 0 ? Json.parse("{\"$ref\":\"#/$defs/" + (random.nextBoolean() ? "leaf" : "tree") + "\"}") : schema(depth - 1));
            if (random.nextBoolean()) required.add(name);
        }
        switch (random.nextInt(4)) {
            case 0 -> schema.put("additionalProperties", false);
            case 1 -> schema.set("additionalProperties", schema(0));
            case 2 -> required.add("extra");
            default -> { }
        }
        return schema;
    }
}
