package pilothouse.json;

import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// JSON in the one form that hashes are made of: keys sorted by UTF-16 code units, no white space,
/// shortest escapes. Source: RFC 8785 (JSON Canonicalization Scheme), restricted to what the
/// program hashes: numbers must be integers within ±(2^53 − 1).
public final class CanonicalJson {
    private static final long LARGEST = (1L << 53) - 1;

    private CanonicalJson() {}

    /// @param value a record, map, list or [JsonNode]
    /// @throws IllegalArgumentException for a number that is no integer within ±(2^53 − 1)
    public static String of(Object value) {
        var out = new StringBuilder();
        append(out, Json.MAPPER.valueToTree(value));
        return out.toString();
    }

    private static void append(StringBuilder out, JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                var sorted = new TreeMap<String, JsonNode>();
                node.properties().forEach(e -> sorted.put(e.getKey(), e.getValue()));
                char before = '{';
                for (var entry : sorted.entrySet()) {
                    out.append(before);
                    out.append(Json.quoted(entry.getKey()));
                    out.append(':');
                    append(out, entry.getValue());
                    before = ',';
                }
                out.append(sorted.isEmpty() ? "{}" : "}");
            }
            case ARRAY -> {
                char before = '[';
                for (var element : node) {
                    out.append(before);
                    append(out, element);
                    before = ',';
                }
                out.append(node.isEmpty() ? "[]" : "]");
            }
            case STRING -> out.append(Json.quoted(node.asString()));
            case NUMBER -> {
                if (!node.isIntegralNumber() || !node.canConvertToLong() || Math.abs(node.longValue()) > LARGEST)
                    throw new IllegalArgumentException(node + ": canonical JSON here takes integers within ±2^53");
                out.append(node.longValue());
            }
            case BOOLEAN, NULL -> out.append(node);
            default -> throw new IllegalArgumentException(node.getNodeType() + " has no canonical form");
        }
    }
}
