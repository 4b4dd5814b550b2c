package pilothouse.templates;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/// Writes a value as YAML on one line.
final class YamlText {
    private YamlText() {}

    /// @param style the quotes to keep where the value is text
    /// @throws IllegalArgumentException for a value that is no text, number, boolean, null, list or map
    static String of(Object value, ScalarStyle style) {
        return switch (value) {
            case null -> "null";
            case Boolean b -> b.toString();
            case Number number when !Double.isFinite(number.doubleValue()) ->
                throw new IllegalArgumentException(number + " is no number that YAML's JSON form knows");
            case Number number -> Values.number(number);
            case String text -> text(text, style);
            case List<?> list -> list.stream().map(element -> of(element, ScalarStyle.PLAIN))
                    .collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map -> map.entrySet().stream()
                    .map(entry -> of(String.valueOf(entry.getKey()), ScalarStyle.PLAIN) + ": " + of(entry.getValue(), ScalarStyle.PLAIN))
                    .collect(Collectors.joining(", ", "{", "}"));
            default -> throw new IllegalArgumentException(value.getClass().getName() + " has no form in YAML");
        };
    }

    /// The value as it will be once written and read.
    static Object readBack(Object value) {
        return FrontMatter.value(of(value, ScalarStyle.PLAIN)).orElse(null);
    }

    private static String text(String text, ScalarStyle style) {
        if (style == ScalarStyle.SINGLE_QUOTED && text.chars().allMatch(c -> c >= ' ' && c != 0x7f && !isSpecial((char) c)))
            return "'" + text.replace("'", "''") + "'";
        if (style != ScalarStyle.DOUBLE_QUOTED && isPlain(text)) return text;
        var quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ' || isSpecial(c)) quoted.append("\\u%04x".formatted((int) c));
                    else quoted.append(c);
                }
            }
        }
        return quoted.append('"').toString();
    }

    private static boolean isSpecial(char c) {
        return c >= 0x7f && c <= 0x9f || c == 0x2028 || c == 0x2029 || c == 0xfeff || c >= 0xfffe;
    }

    /// Whether it reads as itself without quotes, also within `[…]`.
    private static boolean isPlain(String text) {
        return !text.isEmpty() && !text.startsWith("---") && text.chars().allMatch(c -> c >= ' ')
                && FrontMatter.value(text).equals(Optional.of(text))
                && FrontMatter.value("[" + text + "]").equals(Optional.of(List.of(text)))
                && FrontMatter.value("{" + text + ": 1}").equals(Optional.of(Map.of(text, 1)));
    }
}
