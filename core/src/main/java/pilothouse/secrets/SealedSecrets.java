package pilothouse.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import pilothouse.json.CanonicalJson;
import pilothouse.json.Json;
import tools.jackson.core.type.TypeReference;

/// The encrypted file's content. Everything but `sealed` can be read without the passphrase, and
/// nothing can be changed without it: the head is associated data of the cipher (AES-256-GCM, NIST SP 800-38D).
///
/// @param head     what says how to open it
/// @param nonce    12 random bytes, others at each writing
/// @param sealed   the secrets by name as JSON, encrypted
/// @param checksum SHA-256 of the rest, which tells a damaged file from a wrong passphrase
record SealedSecrets(Head head, byte[] nonce, byte[] sealed, byte[] checksum) {
    private static final String FORMAT = "pilothouse secrets";
    private static final int VERSION = 1;
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /// @param id    of the file, random; stays
    /// @param salt  of the key, random; stays
    /// @param check equals [Key#check] if the passphrase is right
    /// @param names of the secrets inside
    record Head(String format, int version, String id, KeyCost cost, byte[] salt, byte[] check, List<String> names) {
        /// What the cipher and the checksum see of it; bytes as base64.
        byte[] bytes() {
            return CanonicalJson.of(Json.parse(Json.write(this))).getBytes(StandardCharsets.UTF_8);
        }
    }

    /// @param bytes the cipher's key
    /// @param check the other half of what the passphrase gives; tells nothing of `bytes`
    record Key(byte[] bytes, byte[] check) {
        static Key of(byte[] passphrase, KeyCost cost, byte[] salt) {
            var both = cost.derive(passphrase, salt, 2 * KEY_BYTES);
            var key = new Key(Arrays.copyOf(both, KEY_BYTES), Arrays.copyOfRange(both, KEY_BYTES, both.length));
            Arrays.fill(both, (byte) 0);
            return key;
        }

        boolean opens(Head head) {
            return MessageDigest.isEqual(check, head.check());
        }
    }

    /// The head of a new file, still without its check.
    static Head newHead(KeyCost cost) {
        return new Head(FORMAT, VERSION, HexFormat.of().formatHex(random(16)), cost, random(16), new byte[0], List.of());
    }

    static SealedSecrets seal(Head head, Key key, Map<String, String> secrets) {
        var named = new Head(head.format(), head.version(), head.id(), head.cost(), head.salt(), key.check(), List.copyOf(new TreeMap<>(secrets).keySet()));
        var nonce = random(NONCE_BYTES);
        var plain = Json.write(new TreeMap<>(secrets)).getBytes(StandardCharsets.UTF_8);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, named).doFinal(plain);
            return new SealedSecrets(named, nonce, sealed, checksum(named, nonce, sealed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM is part of every JDK", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /// @return empty if the file was changed by somebody without the key
    Optional<Map<String, String>> open(Key key) {
        try {
            var plain = cipher(Cipher.DECRYPT_MODE, key, nonce, head).doFinal(sealed);
            try {
                return Optional.of(Json.MAPPER.readValue(plain, new TypeReference<TreeMap<String, String>>() {}));
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
        } catch (AEADBadTagException _) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM is part of every JDK", e);
        }
    }

    /// True if it is a file of this kind whose every part is as it was written.
    boolean isWhole() {
        return head != null && nonce != null && sealed != null && head.names() != null && head.cost() != null && head.salt() != null
                && FORMAT.equals(head.format()) && nonce.length == NONCE_BYTES && head.salt().length > 0 && sealed.length >= TAG_BITS / 8
                && MessageDigest.isEqual(checksum(head, nonce, sealed), checksum);
    }

    /// True if a later version of this program wrote it.
    boolean isNewer() {
        return head != null && head.version() > VERSION;
    }

    private static Cipher cipher(int mode, Key key, byte[] nonce, Head head) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key.bytes(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(head.bytes());
        return cipher;
    }

    private static byte[] checksum(Head head, byte[] nonce, byte[] sealed) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(head.bytes());
            digest.update(nonce);
            return digest.digest(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    private static byte[] random(int count) {
        var bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
