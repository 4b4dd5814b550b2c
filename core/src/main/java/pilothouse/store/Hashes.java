package pilothouse.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256, the one hash of the program.
public final class Hashes {
    private Hashes() {}

    public static byte[] sha256(byte[] bytes) {
        return sha256(ByteBuffer.wrap(bytes));
    }

    /// SHA-256 of what remains in `bytes`.
    static byte[] sha256(ByteBuffer bytes) {
        var digest = digest();
        digest.update(bytes);
        return digest.digest();
    }

    /// For bytes that come one after another.
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /// SHA-256 of the UTF-8 bytes of `text`, as 64 lower-case hexadecimal digits.
    public static String sha256(String text) {
        return HexFormat.of().formatHex(sha256(text.getBytes(StandardCharsets.UTF_8)));
    }
}
