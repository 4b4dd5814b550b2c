package pilothouse.archives;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which names of entries mean one and the same harmless file on every platform.
public final class EntryName {
    private static final int MOST_BYTES = 240;
    private static final int MOST_CHARS = 1_000;
    private static final Pattern RESERVED = Pattern.compile("(?i)(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9¹²³])(\\..*)?");
    private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\\\:*?\"<>|]");

    private EntryName() {}

    /// Why `name` is refused; empty if it is harmless. Folders inside a name are separated by `/`.
    public static Optional<String> objection(String name) {
        if (name.isEmpty()) return Optional.of("it is empty");
        if (name.length() > MOST_CHARS) return Optional.of("it has more than " + MOST_CHARS + " characters");
        if (name.startsWith("/")) return Optional.of("it is absolute");
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) return Optional.of("it is no Unicode text");
        if (FORBIDDEN.matcher(name).find()) return Optional.of("it has a control character or one of \\ : * ? \" < > |");
        for (var part : name.split("/", -1)) {
            if (part.isEmpty()) return Optional.of("it has an empty part");
            if (part.equals(".") || part.equals("..")) return Optional.of("it leads out of its folder");
            if (part.endsWith(".") || part.endsWith(" ") || part.startsWith(" "))
                return Optional.of("a part of it begins or ends with a dot or a space");
            if (RESERVED.matcher(part).matches()) return Optional.of("\"" + part + "\" is reserved by Windows");
            if (part.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) return Optional.of("a part of it has more than " + MOST_BYTES + " bytes");
        }
        return Optional.empty();
    }

    /// Two names with the same key are the same file on some platform: those that tell neither upper from
    /// lower case nor composed from decomposed letters.
    public static String key(String name) {
        return Normalizer.normalize(Normalizer.normalize(name, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT),
                Normalizer.Form.NFC);
    }
}
