package pilothouse.connectors;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import pilothouse.problems.ProblemException;

/// Which certificate of a server is believed.
public sealed interface ServerTrust {
    /// One that an authority vouches for which this system trusts.
    record BySystem() implements ServerTrust {}

    /// One that an authority in this file vouches for (PEM or DER), and no other.
    record ByAuthority(Path file) implements ServerTrust {}

    /// This very certificate and no other, whoever issued it, to whatever name and until whenever: the user
    /// compared its fingerprint with the administrator's. Another one is refused until the user pins that.
    ///
    /// @param sha256 of the certificate, in hexadecimal with or without colons
    record Pinned(String sha256) implements ServerTrust {
        /// @throws ProblemException if it is no SHA-256
        public Pinned {
            sha256 = sha256.replace(":", "").strip().toUpperCase(Locale.ROOT);
            if (!sha256.matches("[0-9A-F]{64}"))
                throw new ProblemException("\"" + sha256 + "\" is no SHA-256 of a certificate", "pin",
                        "Give all 64 hexadecimal figures, with or without colons.");
            sha256 = HexFormat.ofDelimiter(":").withUpperCase().formatHex(HexFormat.of().parseHex(sha256));
        }
    }

    ServerTrust SYSTEM = new BySystem();

    /// As browsers and `openssl x509 -fingerprint -sha256` show it: `AB:CD:...`
    static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was parsed can be encoded, and SHA-256 is part of every JDK", e);
        }
    }
}
