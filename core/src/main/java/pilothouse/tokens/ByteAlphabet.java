package pilothouse.tokens;

/// The printable letters that stand for the 256 bytes in byte-level BPE vocabularies. Source: GPT-2's
/// `bytes_to_unicode`: 33–126, 161–172 and 174–255 stand for themselves, the others in order for U+0100 and up.
final class ByteAlphabet {
    private static final int LETTERS = 256 + 68;
    private static final char[] OF_BYTE = new char[256];
    private static final int[] OF_LETTER = new int[LETTERS];

    static {
        java.util.Arrays.fill(OF_LETTER, -1);
        char next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = b >= 33 && b <= 126 || b >= 161 && b <= 172 || b >= 174;
            OF_BYTE[b] = printable ? (char) b : next++;
            OF_LETTER[OF_BYTE[b]] = b;
        }
    }

    private ByteAlphabet() {}

    static char letter(int unsignedByte) {
        return OF_BYTE[unsignedByte];
    }

    /// The byte of `letter`, 0…255; −1 if it is not of this alphabet.
    static int byteOf(int letter) {
        return letter < LETTERS ? OF_LETTER[letter] : -1;
    }
}
