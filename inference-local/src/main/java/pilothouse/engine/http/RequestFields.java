package pilothouse.engine.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// The fields of a JSON body, each checked when it is read: a wrong one becomes an [ApiError] that names it.
/// `null` counts as absent.
public final class RequestFields {
    private final JsonNode body;

    public RequestFields(JsonNode body) {
        if (!body.isObject()) throw ApiError.badField("", "The body must be a JSON object.");
        this.body = body;
    }

    public Optional<JsonNode> node(String name) {
        var node = body.get(name);
        return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
    }

    public Optional<String> text(String name) {
        return node(name).map(node -> {
            if (!node.isString()) throw ApiError.badField(name, name + " must be a text.");
            return node.asString();
        });
    }

    public String requireText(String name) {
        return text(name).filter(text -> !text.isEmpty()).orElseThrow(() -> ApiError.badField(name, name + " is missing."));
    }

    public OptionalDouble number(String name, double low, double high) {
        var node = node(name);
        if (node.isEmpty()) return OptionalDouble.empty();
        if (!node.get().isNumber()) throw ApiError.badField(name, name + " must be a number.");
        double value = node.get().doubleValue();
        if (!(value >= low && value <= high))
            throw ApiError.badField(name, name + " is " + node.get() + "; it must be " + low + " to " + high + ".");
        return OptionalDouble.of(value);
    }

    public OptionalLong whole(String name, long low, long high) {
        var node = node(name);
        return node.isEmpty() ? OptionalLong.empty() : OptionalLong.of(whole(name, node.get(), low, high));
    }

    public OptionalInt wholeInt(String name, int low, int high) {
        var value = whole(name, low, high);
        return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) value.getAsLong());
    }

    public boolean flag(String name, boolean otherwise) {
        return node(name).map(node -> {
            if (!node.isBoolean()) throw ApiError.badField(name, name + " must be true or false.");
            return node.asBoolean();
        }).orElse(otherwise);
    }

    /// A list of texts; a single text counts as a list of one.
    public List<String> texts(String name) {
        var node = node(name);
        if (node.isEmpty()) return List.of();
        if (node.get().isString()) return List.of(node.get().asString());
        var texts = new ArrayList<String>();
        for (var element : elements(name, node.get())) {
            if (!element.isString()) throw ApiError.badField(name, name + " must be a text or a list of texts.");
            texts.add(element.asString());
        }
        return texts;
    }

    /// @param node a list of token ids below `vocabulary`
    public static int[] ids(String name, JsonNode node, int vocabulary) {
        var elements = elements(name, node);
        var ids = new int[elements.size()];
        for (int i = 0; i < ids.length; i++) ids[i] = (int) whole(name, elements.get(i), 0, vocabulary - 1);
        return ids;
    }

    public static List<JsonNode> elements(String name, JsonNode node) {
        if (!node.isArray()) throw ApiError.badField(name, name + " must be a list.");
        return List.copyOf(node.values());
    }

    private static long whole(String name, JsonNode node, long low, long high) {
        if (!node.isIntegralNumber() || !node.canConvertToLong())
            throw ApiError.badField(name, name + " must be a whole number, " + low + " to " + high + ".");
        long value = node.longValue();
        if (value < low || value > high)
            throw ApiError.badField(name, name + " is " + value + "; it must be " + low + " to " + high + ".");
        return value;
    }
}
