package pilothouse.tokens;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;

/// One token of a text and where it stands there. A letter of several bytes may be cut by tokens: it belongs to the first of
/// them, and the others are empty, standing after it.
///
/// @param start   first UTF-16 unit; `end` the one after the last
/// @param control whether it is a control token, which stands for no bytes of its own
/// @param bytes   what it stands for, in hexadecimal; of a control token nothing
public record TokenPiece(int id, int start, int end, boolean control, String bytes) {
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    /// The tokens of `text`, in order.
    ///
    /// @param bytes what a token stands for; nothing for a control token
    /// @param names the text of a control token
    public static List<TokenPiece> of(String text, int[] ids, IntFunction<byte[]> bytes, IntFunction<String> names) {
        var whole = new String(text.codePoints().map(c -> c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c).toArray(), 0, (int) text.codePoints().count())
                .getBytes(StandardCharsets.UTF_8);
        var pieces = new ArrayList<TokenPiece>(ids.length);
        int at = 0;     // byte
        int unit = 0;   // the first that begins at or after it
        for (int id : ids) {
            var own = bytes.apply(id);
            boolean control = own.length == 0;
            var written = control ? names.apply(id).getBytes(StandardCharsets.UTF_8) : own;
            int from = at;
            while (from + written.length <= whole.length && !startsWith(whole, from, written)) from++; // bytes without a token
            if (from + written.length > whole.length) from = Math.max(at, whole.length - written.length);
            int start = unit + units(whole, at, from);
            unit = start + units(whole, from, Math.min(whole.length, from + written.length));
            at = Math.min(whole.length, from + written.length);
            pieces.add(new TokenPiece(id, start, unit, control, control ? "" : HEX.formatHex(own)));
        }
        return List.copyOf(pieces);
    }

    private static boolean startsWith(byte[] whole, int from, byte[] part) {
        return java.util.Arrays.equals(whole, from, from + part.length, part, 0, part.length);
    }

    /// How many UTF-16 units begin in these bytes.
    private static int units(byte[] utf8, int from, int to) {
        int units = 0;
        for (int i = from; i < to; i++) {
            int b = utf8[i] & 0xFF;
            if ((b & 0xC0) != 0x80) units += b >= 0xF0 ? 2 : 1;
        }
        return units;
    }
}
