package pilothouse.templates.jinja;

/// Escapes of a Python string literal.
final class StringLiteral {
    private StringLiteral() {}

    /// The value of the literal whose inside stands at `from` … `to` of `source`. A backslash before any other
    /// character stays.
    static String unescape(Source source, int from, int to) {
        var text = source.text();
        if (text.indexOf('\\', from) < 0 || text.indexOf('\\', from) >= to) return text.substring(from, to);
        var out = new StringBuilder();
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '\\') i = escape(source, i, to, out);
            else out.append(c);
        }
        return out.toString();
    }

    /// Appends what the escape at `slash` stands for.
    ///
    /// @return the index of its last character
    private static int escape(Source source, int slash, int to, StringBuilder out) {
        char c = source.text().charAt(slash + 1);
        switch (c) {
            case '\n' -> { /* the line goes on */ }
            case '\\', '\'', '"' -> out.append(c);
            case 'a' -> out.append('\u0007');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'v' -> out.append('\u000B');
            case 'x' -> { return hex(source, slash, 2, to, out); }
            case 'u' -> { return hex(source, slash, 4, to, out); }
            case 'U' -> { return hex(source, slash, 8, to, out); }
            case 'N' -> throw source.problem(slash, "Characters by name are not supported", "Write the character itself.");
            case '0', '1', '2', '3', '4', '5', '6', '7' -> { return octal(source.text(), slash, to, out); }
            default -> out.append('\\').append(c);
        }
        return slash + 1;
    }

    private static int hex(Source source, int slash, int digits, int to, StringBuilder out) {
        int end = slash + 2 + digits;
        var number = end <= to ? source.text().substring(slash + 2, end) : "";
        if (!number.matches("[0-9a-fA-F]+") || Long.parseLong(number, 16) > Character.MAX_CODE_POINT)
            throw source.problem(slash, "A broken escape in a string", "Write " + digits + " hexadecimal digits after it.");
        out.appendCodePoint(Integer.parseInt(number, 16));
        return end - 1;
    }

    private static int octal(String text, int slash, int to, StringBuilder out) {
        int value = 0;
        int i = slash + 1;
        for (; i < Math.min(to, slash + 4) && text.charAt(i) >= '0' && text.charAt(i) <= '7'; i++)
            value = value * 8 + text.charAt(i) - '0';
        out.appendCodePoint(value);
        return i - 1;
    }
}
