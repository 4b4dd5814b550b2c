package pilothouse.app.prompts;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pilothouse.json.Json;
import pilothouse.templates.InputSchema;
import pilothouse.templates.PromptDocument;

/// One variable as a field to fill in.
///
/// @param choices  the only values it takes; empty if it is free
/// @param usual    the default of the front matter
/// @param declared whether the input schema names it, or there is none
record InputField(String name, Kind kind, List<String> choices, Optional<Object> usual, String description, boolean declared) {
    /// What a value may be.
    enum Kind {
        TEXT("text"), NUMBER("number"), WHOLE("whole number"), SWITCH("true or false"), CHOICE("choice"), LIST("list"), MAP("map");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    InputField {
        choices = List.copyOf(choices);
    }

    /// Fields of what the schema declares, in its order, and then of what the template reads without declaring it.
    ///
    /// @param used names of the values that the template reads; empty where it is broken
    static List<InputField> of(PromptDocument document, Set<String> used) {
        var schema = document.inputSchema();
        var names = new LinkedHashSet<String>(); // in the order of the schema as written
        if (schema.jsonSchema().get("properties") instanceof Map<?, ?> properties) properties.keySet().forEach(it -> names.add(String.valueOf(it)));
        names.addAll(used);
        var fields = new ArrayList<InputField>();
        for (var name : names) fields.add(of(name, schema, Optional.ofNullable(document.inputDefaults().get(name))));
        return List.copyOf(fields);
    }

    private static InputField of(String name, InputSchema schema, Optional<Object> usual) {
        var declared = schema.jsonSchema().get("properties") instanceof Map<?, ?> properties
                && properties.get(name) instanceof Map<?, ?> found ? found : Map.of();
        var choices = declared.get("enum") instanceof List<?> all
                ? all.stream().filter(it -> it != null).map(String::valueOf).toList() : List.<String>of();
        var description = declared.get("description") instanceof String text ? text : "";
        return new InputField(name, choices.isEmpty() ? kind(declared.get("type"), usual) : Kind.CHOICE, choices, usual,
                description, schema.jsonSchema().isEmpty() || schema.names().contains(name));
    }

    private static Kind kind(Object type, Optional<Object> usual) {
        var types = type instanceof List<?> all ? all : type == null ? List.of() : List.of(type);
        var first = types.stream().map(String::valueOf).filter(it -> !it.equals("null")).findFirst();
        if (first.isEmpty()) return usual.map(InputField::kindOf).orElse(Kind.TEXT);
        return switch (first.get()) {
            case "number" -> Kind.NUMBER;
            case "integer" -> Kind.WHOLE;
            case "boolean" -> Kind.SWITCH;
            case "array" -> Kind.LIST;
            case "object" -> Kind.MAP;
            default -> Kind.TEXT;
        };
    }

    private static Kind kindOf(Object usual) {
        return switch (usual) {
            case Boolean _ -> Kind.SWITCH;
            case List<?> _ -> Kind.LIST;
            case Map<?, ?> _ -> Kind.MAP;
            case Number _ -> Kind.NUMBER;
            default -> Kind.TEXT;
        };
    }

    /// A value as it is typed: text as it is, everything else as JSON.
    static String shown(Object value) {
        return switch (value) {
            case String text -> text;
            case null -> "";
            default -> Json.MAPPER.writeValueAsString(value);
        };
    }
}
