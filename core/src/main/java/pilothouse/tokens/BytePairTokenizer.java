package pilothouse.tokens;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import pilothouse.problems.ProblemException;

/// Byte-level BPE: split at specials, cut into pieces, merge each piece's bytes. The steps and their order are
/// llama.cpp's; a byte without a token is dropped after merging, so its neighbours do not merge across it.
final class BytePairTokenizer implements Tokenizer {
    private static final byte[] NO_BYTES = {};

    private final PreTokeniser pieces;
    private final MergeTable merges;
    private final SpecialTokens specials;
    private final PieceCache cache = new PieceCache();
    private final byte[][] bytes;                       // by id; null for a control token
    private final String[] texts;                       // by id; only of control tokens
    private final int[] symbolOfByte = new int[256];    // the id; for a byte without one, size + byte
    private final boolean everyByte;
    private final Map<String, Integer> whole;           // alphabet text -> id; only if whole pieces are looked up
    private final Set<Integer> stopIds;
    private final OptionalInt beginning;

    BytePairTokenizer(Vocabulary vocabulary, PreTokeniser pieces) {
        this.pieces = pieces;
        int size = vocabulary.tokens().size();
        bytes = new byte[size][];
        texts = new String[size];
        var ids = ids(vocabulary);
        everyByte = fillSymbolsOfBytes(ids);
        merges = merges(vocabulary, ids);
        specials = new SpecialTokens(vocabulary);
        whole = pieces.wholePieces() ? Map.copyOf(ids) : Map.of();
        stopIds = StopTokens.of(vocabulary);
        beginning = vocabulary.addBos() ? vocabulary.bos() : OptionalInt.empty();
    }

    private Map<String, Integer> ids(Vocabulary vocabulary) {
        var ids = HashMap.<String, Integer>newHashMap(bytes.length);
        var types = vocabulary.types();
        for (int id = 0; id < bytes.length; id++) {
            var text = vocabulary.tokens().get(id);
            if (types[id] == Vocabulary.CONTROL || types[id] == Vocabulary.UNKNOWN) {
                texts[id] = text;
            } else if (types[id] == Vocabulary.USER_DEFINED) {
                bytes[id] = text.getBytes(StandardCharsets.UTF_8);
            } else {
                bytes[id] = bytesOf(text);
                ids.putIfAbsent(text, id);
            }
        }
        return ids;
    }

    /// The bytes that letters of the byte alphabet stand for; other letters stand for themselves.
    private static byte[] bytesOf(String text) {
        var out = new ByteArrayOutputStream(text.length());
        text.codePoints().forEach(letter -> {
            int b = ByteAlphabet.byteOf(letter);
            if (b >= 0) out.write(b);
            else out.writeBytes(Character.toString(letter).getBytes(StandardCharsets.UTF_8));
        });
        return out.toByteArray();
    }

    private boolean fillSymbolsOfBytes(Map<String, Integer> ids) {
        boolean complete = true;
        for (int b = 0; b < 256; b++) {
            var id = ids.get(String.valueOf(ByteAlphabet.letter(b)));
            symbolOfByte[b] = id == null ? bytes.length + b : id;
            complete &= id != null;
        }
        return complete;
    }

    private MergeTable merges(Vocabulary vocabulary, Map<String, Integer> ids) {
        var table = new MergeTable(vocabulary.merges().size());
        for (int rank = 0; rank < vocabulary.merges().size(); rank++) {
            var merge = vocabulary.merges().get(rank);
            int space = merge.indexOf(' ');
            var left = space < 1 ? null : symbol(ids, merge.substring(0, space));
            var right = space < 1 ? null : symbol(ids, merge.substring(space + 1));
            var result = space < 1 ? null : ids.get(merge.substring(0, space) + merge.substring(space + 1));
            if (left == null || right == null || result == null)
                throw new ProblemException("Merge " + rank + " (\"" + merge + "\") names a text that is no token",
                        "tokenizer.ggml.merges", "The model file is broken; get it again from where it came.");
            table.put(left, right, rank, result);
        }
        return table;
    }

    private Integer symbol(Map<String, Integer> ids, String text) {
        var id = ids.get(text);
        if (id != null || text.length() != 1) return id;
        int b = ByteAlphabet.byteOf(text.charAt(0));
        return b < 0 ? null : symbolOfByte[b];
    }

    @Override
    public int[] encode(String text, Specials meaning) {
        return encode(text, spans(text, meaning));
    }

    @Override
    public int[] encode(String text, List<Span> content) {
        var ids = IdList.keeping(text.length() / 3);
        encode(text, content, ids);
        return ids.toArray();
    }

    @Override
    public int count(String text, Specials meaning) {
        return count(text, spans(text, meaning));
    }

    @Override
    public int count(String text, List<Span> content) {
        var ids = IdList.counting();
        encode(text, content, ids);
        return ids.size();
    }

    private static List<Span> spans(String text, Specials meaning) {
        return meaning == Specials.PARSED ? List.of() : List.of(new Span(0, text.length()));
    }

    private void encode(String text, List<Span> content, IdList ids) {
        var units = text.toCharArray();
        var merger = new Merger(merges);
        int from = 0;
        for (var match : specials.in(text, content)) {
            encodePart(units, from, match.start(), merger, ids);
            ids.add(match.id());
            from = match.end();
        }
        encodePart(units, from, units.length, merger, ids);
    }

    private void encodePart(char[] units, int from, int to, Merger merger, IdList ids) {
        while (from < to) {
            int end = pieces.pieceEnd(units, from, to);
            encodePiece(units, from, end, merger, ids);
            from = end;
        }
    }

    private void encodePiece(char[] units, int from, int to, Merger merger, IdList ids) {
        if (!PieceCache.takes(to - from)) {
            addMerged(units, from, to, merger, ids);
            return;
        }
        int place = PieceCache.place(units, from, to);
        var known = cache.find(place, units, from, to);
        if (known == null) {
            var fresh = IdList.keeping(to - from);
            addMerged(units, from, to, merger, fresh);
            known = fresh.toArray();
            cache.put(place, units, from, to, known);
        }
        ids.addAll(known);
    }

    private void addMerged(char[] units, int from, int to, Merger merger, IdList ids) {
        var utf8 = utf8(units, from, to);
        if (!whole.isEmpty()) {
            var id = whole.get(inAlphabet(utf8));
            if (id != null) {
                ids.add(id);
                return;
            }
        }
        var symbols = merger.symbols(utf8.length);
        for (int i = 0; i < utf8.length; i++) symbols[i] = symbolOfByte[utf8[i] & 0xFF];
        int left = merger.merge(utf8.length);
        for (int i = 0; i < left; i++) if (symbols[i] < bytes.length) ids.add(symbols[i]);
    }

    private static byte[] utf8(char[] units, int from, int to) {
        for (int i = from; i < to; i++)
            if (Character.isSurrogate(units[i])) return withoutLoneSurrogates(new String(units, from, to - from));
        return new String(units, from, to - from).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] withoutLoneSurrogates(String piece) {
        var clean = new StringBuilder(piece.length());
        piece.codePoints().forEach(c -> clean.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return clean.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String inAlphabet(byte[] utf8) {
        var letters = new char[utf8.length];
        for (int i = 0; i < utf8.length; i++) letters[i] = ByteAlphabet.letter(utf8[i] & 0xFF);
        return new String(letters);
    }

    @Override
    public byte[] bytes(int id) {
        return bytes[id] == null ? NO_BYTES : bytes[id].clone();
    }

    @Override
    public String decode(int[] ids, Specials shown) {
        var out = new ByteArrayOutputStream(ids.length * 4);
        for (int id : ids) {
            if (bytes[id] != null) out.writeBytes(bytes[id]);
            else if (shown == Specials.AS_TEXT) out.writeBytes(texts[id].getBytes(StandardCharsets.UTF_8));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Override
    public int size() {
        return bytes.length;
    }

    @Override
    public boolean isControl(int id) {
        return bytes[id] == null;
    }

    @Override
    public Set<Integer> stopIds() {
        return stopIds;
    }

    @Override
    public OptionalInt beginning() {
        return beginning;
    }

    @Override
    public int unrepresentable(String text) {
        return everyByte ? 0 : (int) text.codePoints().filter(this::lacksAByte).count();
    }

    private boolean lacksAByte(int codePoint) {
        if (codePoint < 0x80) return symbolOfByte[codePoint] >= bytes.length;
        int known = codePoint >= 0xD800 && codePoint <= 0xDFFF ? 0xFFFD : codePoint;
        for (byte b : Character.toString(known).getBytes(StandardCharsets.UTF_8))
            if (symbolOfByte[b & 0xFF] >= bytes.length) return true;
        return false;
    }

    /// Every expression ends a piece between a letter and what is neither letter, mark, number nor apostrophe, and
    /// between anything but white space and a space; and none looks back, or beyond such a place.
    @Override
    public boolean isBoundary(String text, int index) {
        if (index <= 0 || index >= text.length()) return true;
        char before = text.charAt(index - 1);
        char after = text.charAt(index);
        boolean space = after == ' ' && (CharClass.of(before) & CharClass.SPACE) == 0;
        boolean word = (CharClass.of(before) & CharClass.LETTER) != 0 && after != '\'' && !Character.isSurrogate(after)
                && (CharClass.of(after) & (CharClass.LETTER | CharClass.MARK | CharClass.NUMBER)) == 0;
        return (space || word) && !specials.cross(text, index);
    }

    @Override
    public int boundaryMargin() {
        return specials.longest();
    }
}
