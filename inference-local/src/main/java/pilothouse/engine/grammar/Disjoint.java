package pilothouse.engine.grammar;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Whether no value can match two branches of a `oneOf`: by their types, their fixed values, or a property that both
/// require with such values. Then "exactly one" is the same as "any".
final class Disjoint {
    private static final List<String> TYPES = List.of("object", "array", "string", "number", "integer", "boolean", "null");
    private static final int DEEPEST = 8;

    private final JsonNode root;

    Disjoint(JsonNode root) {
        this.root = root;
    }

    /// @throws pilothouse.problems.ProblemException if two branches are not surely disjoint
    void check(JsonNode branches, String where) {
        for (int i = 0; i < branches.size(); i++)
            for (int j = 0; j < i; j++)
                if (!are(branches.get(i), branches.get(j), 0))
                    throw JsonSchema.wrong(where, "oneOf must have branches that exclude each other by their type, a fixed value or a"
                            + " required property with a fixed value; " + j + " and " + i + " do not. anyOf does without");
    }

    private boolean are(JsonNode one, JsonNode other, int depth) {
        var a = resolved(one);
        var b = resolved(other);
        if (depth > DEEPEST || !a.isObject() || !b.isObject()) return false;
        var first = References.constants(a);
        var second = References.constants(b);
        if (first.isPresent() && second.isPresent())
            return first.get().stream().noneMatch(x -> second.get().stream().anyMatch(y -> same(x, y)));
        if (types(a).stream().noneMatch(types(b)::contains)) return true;
        return types(a).equals(Set.of("object")) && types(b).equals(Set.of("object")) && byProperty(a, b, depth);
    }

    private boolean byProperty(JsonNode a, JsonNode b, int depth) {
        return a.path("required").values().stream().map(name -> name.asString("")).anyMatch(name ->
                b.path("required").values().stream().anyMatch(other -> other.asString("").equals(name))
                        && are(a.path("properties").path(name), b.path("properties").path(name), depth + 1));
    }

    private static boolean same(JsonNode x, JsonNode y) {
        return x.isNumber() && y.isNumber() ? x.doubleValue() == y.doubleValue() : x.equals(y);
    }

    private JsonNode resolved(JsonNode schema) {
        var node = schema;
        for (int i = 0; i < DEEPEST && node.has("$ref"); i++)
            node = References.find(root, node.get("$ref").asString("")).orElse(node);
        return node;
    }

    /// All that it may be; an integer is a number too.
    private static Set<String> types(JsonNode schema) {
        var types = new LinkedHashSet<String>();
        for (var type : TYPES)
            if (References.constants(schema).map(values -> values.stream().anyMatch(value -> References.isOf(type, value)))
                    .orElseGet(() -> says(schema, type))) types.add(type);
        if (types.contains("number")) types.add("integer");
        if (types.contains("integer")) types.add("number");
        return types;
    }

    private static boolean says(JsonNode schema, String type) {
        var node = schema.path("type");
        if (node.isMissingNode()) return true;
        return node.isArray() ? node.values().stream().anyMatch(one -> one.asString("").equals(type)) : node.asString("").equals(type);
    }
}
