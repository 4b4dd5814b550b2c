package pilothouse.tokens;

/// Classes of code points that the pre-tokenisers' expressions speak of, as bits. Source: Unicode general
/// categories as known to the running JDK, and the property White_Space.
final class CharClass {
    static final int UPPER = 1;          // Lu, Lt
    static final int LOWER = 2;          // Ll
    static final int CASELESS = 4;       // Lm, Lo
    static final int MARK = 8;           // M
    static final int NUMBER = 16;        // N
    static final int SPACE = 32;         // White_Space
    static final int LINE_BREAK = 64;    // CR, LF; they are SPACE too
    static final int LETTER = UPPER | LOWER | CASELESS;

    private static final byte[] BMP = new byte[1 << 16];

    static {
        for (int c = 0; c < BMP.length; c++) BMP[c] = (byte) classify(c);
    }

    private CharClass() {}

    static int of(int codePoint) {
        return codePoint < BMP.length ? BMP[codePoint] : classify(codePoint);
    }

    private static int classify(int codePoint) {
        if (isWhiteSpace(codePoint)) return codePoint == '\r' || codePoint == '\n' ? SPACE | LINE_BREAK : SPACE;
        return switch (Character.getType(codePoint)) {
            case Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> UPPER;
            case Character.LOWERCASE_LETTER -> LOWER;
            case Character.MODIFIER_LETTER, Character.OTHER_LETTER -> CASELESS;
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> MARK;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> NUMBER;
            default -> 0;
        };
    }

    private static boolean isWhiteSpace(int c) {
        return c >= 0x09 && c <= 0x0D || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680
                || c >= 0x2000 && c <= 0x200A || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
    }
}
