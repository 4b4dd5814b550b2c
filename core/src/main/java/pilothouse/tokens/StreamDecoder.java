package pilothouse.tokens;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Text of an answer while its tokens arrive: gives out whole code points only, and keeps back what a following
/// token may still join on screen (a trailing U+200D, the first half of a flag). All that it gives, joined, is
/// the decoding of all ids. One answer, one thread.
public final class StreamDecoder {
    private static final char JOINER = '\u200D';
    private static final int FIRST_FLAG_LETTER = 0x1F1E6;
    private static final int LAST_FLAG_LETTER = 0x1F1FF;

    private final Tokenizer tokenizer;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE).onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer rest = ByteBuffer.allocate(0);   // begin of a code point
    private final StringBuilder held = new StringBuilder();

    public StreamDecoder(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /// The text that can be shown now that `id` has come; often empty. A control token adds nothing.
    public String accept(int id) {
        decode(tokenizer.bytes(id), false);
        int shown = showable();
        var text = held.substring(0, shown);
        held.delete(0, shown);
        return text;
    }

    /// What was kept back; an unfinished code point is U+FFFD. The decoder then starts afresh.
    public String finish() {
        decode(new byte[0], true);
        var text = held.toString();
        held.setLength(0);
        utf8.reset();
        return text;
    }

    private void decode(byte[] more, boolean last) {
        var in = ByteBuffer.allocate(rest.remaining() + more.length).put(rest).put(more).flip();
        var out = CharBuffer.allocate(in.remaining() + 4);
        utf8.decode(in, out, last);
        if (last) utf8.flush(out);
        held.append(out.flip());
        rest = in;
    }

    private int showable() {
        int length = held.length();
        if (length == 0) return 0;
        if (held.charAt(length - 1) == JOINER) return length - 1;
        int letters = 0;
        int at = length;
        while (at > 0 && isFlagLetter(held.codePointBefore(at))) {
            letters++;
            at -= 2;
        }
        return letters % 2 == 0 ? length : length - 2;
    }

    private static boolean isFlagLetter(int codePoint) {
        return codePoint >= FIRST_FLAG_LETTER && codePoint <= LAST_FLAG_LETTER;
    }
}
