package pilothouse.main;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;

/// Looks for a secret in files, in every form in which programs write texts, inside zip and gzip too.
final class SecretTraces {
    private static final Charset BYTES = StandardCharsets.ISO_8859_1; // a byte is a character: searched like text

    private final Map<String, String> forms = new LinkedHashMap<>();

    SecretTraces(String secret) {
        var utf8 = secret.getBytes(StandardCharsets.UTF_8);
        forms.put("text", new String(utf8, BYTES));
        forms.put("UTF-16LE", new String(secret.getBytes(StandardCharsets.UTF_16LE), BYTES));
        forms.put("UTF-16BE", new String(secret.getBytes(StandardCharsets.UTF_16BE), BYTES));
        forms.put("hex", HexFormat.of().formatHex(utf8));
        forms.put("HEX", HexFormat.of().withUpperCase().formatHex(utf8));
        forms.put("URL", URLEncoder.encode(secret, StandardCharsets.UTF_8));
        forms.put("reversed", new StringBuilder(secret).reverse().toString());
        for (int before = 0; before < 3; before++) {
            forms.put("base64+" + before, base64(Base64.getEncoder(), utf8, before));
            forms.put("base64url+" + before, base64(Base64.getUrlEncoder(), utf8, before));
        }
    }

    /// The part that does not depend on its neighbours, when so many bytes (modulo 3) stand before it.
    private static String base64(Base64.Encoder encoder, byte[] utf8, int before) {
        var padded = new byte[before + utf8.length];
        System.arraycopy(utf8, 0, padded, before, utf8.length);
        var text = encoder.encodeToString(padded);
        return text.substring((before * 8 + 5) / 6, padded.length * 8 / 6);
    }

    /// `path: form` for each file in which it is.
    List<String> in(Path folder) throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) in(folder.relativize(file).toString(), Files.readAllBytes(file), found);
        }
        return found;
    }

    void in(String name, byte[] bytes, List<String> found) throws IOException {
        var text = new String(bytes, BYTES);
        forms.forEach((form, needle) -> {
            if (text.contains(needle)) found.add(name + ": " + form);
        });
        if (text.startsWith("\u001f\u008b")) in(name + "!", unpacked(new GZIPInputStream(new ByteArrayInputStream(bytes))), found);
        if (text.startsWith("PK\u0003\u0004"))
            try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
                for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) in(name + "!" + entry.getName(), zip.readAllBytes(), found);
            }
    }

    private static byte[] unpacked(InputStream in) throws IOException {
        try (in) {
            return in.readAllBytes();
        }
    }
}
