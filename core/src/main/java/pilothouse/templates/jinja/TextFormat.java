package pilothouse.templates.jinja;

/// `text.format(…)` with `{}`, `{0}` and `{name}`; no attributes, conversions or widths.
final class TextFormat {
    private TextFormat() {}

    static Object of(MarkedText pattern, Arguments arguments) {
        var out = new MarkedText.Builder();
        var text = pattern.text();
        int next = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '{' && c != '}') continue;
            out.append(pattern.substring(from, i));
            if (i + 1 < text.length() && text.charAt(i + 1) == c) {
                out.append(String.valueOf(c));
                i++;
            } else {
                int end = c == '{' ? text.indexOf('}', i) : -1;
                if (end < 0) throw JinjaFault.type("A brace in a format has no partner");
                var field = text.substring(i + 1, end);
                out.append(Printing.text(value(field.isEmpty() ? String.valueOf(next++) : field, arguments)));
                i = end;
            }
            from = i + 1;
        }
        return out.append(pattern.substring(Math.min(from, text.length()), text.length())).build();
    }

    private static Object value(String field, Arguments arguments) {
        Object value = null;
        if (field.matches("\\d{1,4}")) {
            int index = Integer.parseInt(field);
            if (index < arguments.positional().size()) value = arguments.positional().get(index);
        } else if (field.matches("\\w+")) {
            value = arguments.named().get(field);
        } else {
            throw JinjaFault.type("The format {" + field + "} is not supported");
        }
        if (value == null) throw JinjaFault.type("The format has no value for {" + field + "}");
        return value;
    }
}
