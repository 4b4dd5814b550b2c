package pilothouse.engine.grammar;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What parts of a schema refer to and say of themselves.
final class References {
    private References() {}

    /// @param reference a JSON pointer behind `#`
    static Optional<JsonNode> find(JsonNode root, String reference) {
        if (!reference.startsWith("#")) return Optional.empty();
        var node = root;
        for (var name : reference.substring(1).split("/")) {
            if (name.isEmpty()) continue;
            var plain = plain(name);
            if (plain.isEmpty()) return Optional.empty();
            node = node.isArray() && plain.get().matches("\\d{1,9}") ? node.path(Integer.parseInt(plain.get())) : node.path(plain.get());
        }
        return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    }

    /// Empty if a percent sign is followed by no number.
    private static Optional<String> plain(String name) {
        try {
            return Optional.of(URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8).replace("~1", "/").replace("~0", "~"));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// The values of `const` or `enum`.
    static Optional<List<JsonNode>> constants(JsonNode schema) {
        if (schema.has("const")) return Optional.of(List.of(schema.get("const")));
        return schema.has("enum") ? Optional.of(List.copyOf(schema.get("enum").values())) : Optional.empty();
    }

    static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "number" -> value.isNumber();
            case "integer" -> value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
            case "boolean" -> value.isBoolean();
            default -> value.isNull();
        };
    }
}
