package pilothouse.engine.grammar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;
import tools.jackson.databind.JsonNode;

/// Writes a JSON Schema as a [Grammar]: every text of the grammar is valid, though not every valid text is in it.
/// Properties come in the order of the schema; an object that lists properties has no others unless
/// `additionalProperties` says so. What is not understood is refused with its place. One use.
final class JsonSchema {
    private static final Set<String> ANNOTATIONS = Set.of("$schema", "$id", "$comment", "$defs", "definitions", "title",
            "description", "default", "examples", "deprecated", "readOnly", "writeOnly");
    private static final Map<String, Set<String>> KEYWORDS = Map.of(
            "object", Set.of("properties", "required", "additionalProperties"),
            "array", Set.of("items", "prefixItems", "minItems", "maxItems", "uniqueItems"),
            "string", Set.of("minLength", "maxLength", "pattern", "format"),
            "number", Set.of("minimum", "maximum"),
            "integer", Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
            "boolean", Set.of(), "null", Set.of());

    private final JsonNode root;
    private final GrammarBuilder builder = new GrammarBuilder();
    private final JsonStrings strings = new JsonStrings(builder);
    private final JsonWriter json = new JsonWriter(builder, strings);
    private final Map<String, Integer> rules = new HashMap<>(); // of what is referred to
    private final Deque<Runnable> unwritten = new ArrayDeque<>();

    private JsonSchema(JsonNode root) {
        this.root = root;
    }

    /// @param writable bytes that the vocabulary has a token of its own for
    /// @throws ProblemException naming the keyword that is not understood, and its place
    static Grammar compile(JsonNode schema, BitSet writable) {
        return new JsonSchema(schema).compile(writable);
    }

    /// Any JSON object.
    static Grammar anyObject(BitSet writable) {
        var builder = new GrammarBuilder();
        return builder.build(new JsonWriter(builder, new JsonStrings(builder)).anyObject(), writable);
    }

    private Grammar compile(BitSet writable) {
        int first = rule("#", "");
        while (!unwritten.isEmpty()) unwritten.pop().run();
        return builder.build(first, writable);
    }

    private int rule(String reference, String where) {
        var known = rules.get(reference);
        if (known != null) return known;
        var schema = References.find(root, reference).orElseThrow(() -> wrong(where, "\"" + reference + "\" leads nowhere within the schema"));
        int rule = builder.rule();
        rules.put(reference, rule);
        var place = builder.of(rule);
        unwritten.push(() -> value(place.start(), schema, reference.substring(1).replace('/', '.').replaceFirst("^\\.", ""), place.end()));
        return rule;
    }

    private void value(int from, JsonNode schema, String where, int to) {
        if (schema.isBoolean()) {
            if (schema.asBoolean()) builder.call(from, json.any(), to);
            return;
        }
        if (!schema.isObject()) throw wrong(where, "a schema must be an object, true or false");
        if (schema.has("$ref")) {
            alone(schema, "$ref", where);
            builder.call(from, rule(schema.get("$ref").asString(""), in(where, "$ref")), to);
        } else if (schema.has("const") || schema.has("enum")) {
            constants(from, schema, where, to);
        } else if (schema.path("allOf").isArray() && schema.get("allOf").size() == 1) {
            alone(schema, "allOf", where);
            value(from, schema.get("allOf").get(0), in(where, "allOf.0"), to);
        } else if (schema.has("anyOf")) {
            choice(from, schema, "anyOf", where, to);
        } else if (schema.has("oneOf")) {
            choice(from, schema, "oneOf", where, to);
            new Disjoint(root).check(schema.get("oneOf"), in(where, "oneOf"));
        } else {
            typed(from, schema, where, to);
        }
    }

    private static void alone(JsonNode schema, String keyword, String where) {
        schema.propertyNames().stream().filter(name -> !name.equals(keyword) && !ANNOTATIONS.contains(name)).findFirst()
                .ifPresent(name -> {
                    throw wrong(in(where, name), name + " beside " + keyword + " is not supported");
                });
    }

    private void constants(int from, JsonNode schema, String where, int to) {
        schema.propertyNames().stream().filter(name -> !Set.of("const", "enum", "type").contains(name) && !ANNOTATIONS.contains(name))
                .findFirst().ifPresent(name -> {
                    throw wrong(in(where, name), name + " beside fixed values is not supported");
                });
        if (schema.has("enum") && !schema.get("enum").isArray()) throw wrong(in(where, "enum"), "enum must be a list");
        for (var value : References.constants(schema).orElseThrow())
            if (!schema.has("type") || types(schema, where).stream().anyMatch(type -> References.isOf(type, value)))
                builder.text(from, Json.write(value), to);
    }

    private void choice(int from, JsonNode schema, String keyword, String where, int to) {
        alone(schema, keyword, where);
        var branches = schema.get(keyword);
        if (!branches.isArray() || branches.isEmpty()) throw wrong(in(where, keyword), keyword + " must be a list of schemas");
        for (int i = 0; i < branches.size(); i++) value(from, branches.get(i), in(where, keyword + "." + i), to);
    }

    private void typed(int from, JsonNode schema, String where, int to) {
        var all = KEYWORDS.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        for (var name : schema.propertyNames())
            if (!all.contains(name) && !name.equals("type") && !ANNOTATIONS.contains(name))
                throw wrong(in(where, name), name + " is not supported");
        var types = schema.has("type") ? types(schema, where) : implied(schema);
        if (types.isEmpty()) builder.call(from, json.any(), to);
        for (var type : types) {
            for (var name : List.of("exclusiveMinimum", "exclusiveMaximum"))
                if (type.equals("number") && schema.has(name)) throw wrong(in(where, name), name + " is supported for integers only");
            typed(from, type, schema, where, to);
        }
    }

    private void typed(int from, String type, JsonNode schema, String where, int to) {
        switch (type) {
            case "object" -> object(from, schema, where, to);
            case "array" -> array(from, schema, where, to);
            case "string" -> strings.write(from, schema, where, to);
            case "number", "integer" -> builder.regex(from, NumberRange.of(schema, type.equals("integer"), where), to, builder::utf8);
            case "boolean" -> {
                builder.text(from, "true", to);
                builder.text(from, "false", to);
            }
            default -> builder.text(from, "null", to);
        }
    }

    /// Without `type` a keyword says something of its own type only: to take that type is valid in any case.
    private static Set<String> implied(JsonNode schema) {
        var types = new LinkedHashSet<String>();
        for (var type : List.of("object", "array", "string", "number", "integer"))
            if (KEYWORDS.get(type).stream().anyMatch(schema::has) && !types.contains("number")) types.add(type);
        if (schema.has("exclusiveMinimum") || schema.has("exclusiveMaximum")) {
            types.remove("number");
            types.add("integer");
        }
        return types;
    }

    private static List<String> types(JsonNode schema, String where) {
        var node = schema.get("type");
        var names = node.isArray() ? node.values().stream().map(type -> type.asString("")).toList() : List.of(node.asString(""));
        for (var name : names)
            if (!KEYWORDS.containsKey(name)) throw wrong(in(where, "type"), "there is no type \"" + name + "\"");
        return names;
    }

    private void object(int from, JsonNode schema, String where, int to) {
        var required = new LinkedHashSet<String>();
        if (schema.has("required")) schema.get("required").values().forEach(name -> required.add(name.asString("")));
        var properties = schema.path("properties");
        if (schema.has("properties") && !properties.isObject()) throw wrong(in(where, "properties"), "properties must be an object");
        var more = schema.has("additionalProperties") ? schema.get("additionalProperties") : Json.MAPPER.valueToTree(properties.isEmpty());
        var members = new ArrayList<JsonWriter.Member>();
        properties.properties().forEach(entry -> members.add(new JsonWriter.Member(entry.getKey(), required.remove(entry.getKey()),
                (start, end) -> value(start, entry.getValue(), in(where, "properties." + entry.getKey()), end))));
        int others = builder.rule();
        var place = builder.of(others);
        value(place.start(), more, in(where, "additionalProperties"), place.end());
        int unlisted = schema.has("additionalProperties") ? others : json.any();
        for (var name : required) members.add(new JsonWriter.Member(name, true, (start, end) -> builder.call(start, unlisted, end)));
        json.object(from, members, others, to);
    }

    private void array(int from, JsonNode schema, String where, int to) {
        if (schema.path("uniqueItems").asBoolean(false)) throw wrong(in(where, "uniqueItems"), "uniqueItems is not supported");
        var first = schema.path("prefixItems");
        int items = builder.rule();
        var place = builder.of(items);
        value(place.start(), schema.has("items") ? schema.get("items") : Json.MAPPER.valueToTree(true), in(where, "items"), place.end());
        var prefix = new ArrayList<JsonWriter.Value>();
        for (int i = 0; i < first.size(); i++) {
            int at = i;
            prefix.add((start, end) -> value(start, first.get(at), in(where, "prefixItems." + at), end));
        }
        json.array(from, prefix, items, count(schema, "minItems", where, 0), count(schema, "maxItems", where, -1), to);
    }

    /// A count of a schema.
    static int count(JsonNode schema, String name, String where, int otherwise) {
        if (!schema.has(name)) return otherwise;
        var node = schema.get(name);
        if (!node.isNumber() || node.doubleValue() < 0 || node.doubleValue() > Integer.MAX_VALUE
                || node.doubleValue() != Math.rint(node.doubleValue()))
            throw wrong(in(where, name), name + " must be a whole number, 0 or more");
        return (int) node.doubleValue();
    }

    static String in(String where, String keyword) {
        return where.isEmpty() ? keyword : where + "." + keyword;
    }

    static ProblemException wrong(String where, String what) {
        return new ProblemException("The schema cannot be used: " + what, where, "Take it out or write it in another way.");
    }
}
