package pilothouse.connectors;

import java.io.IOException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import pilothouse.problems.Problem;

/// Why no connection came to be, in words that say what to do. An [IOException], so that it passes
/// through the HTTP client; [ServerProblems] hands its problem on.
public final class ConnectionFailure extends IOException {
    private static final int MOST_NAMES = 5;

    private final transient Problem problem;
    private final transient Optional<String> fingerprint;

    private ConnectionFailure(Problem problem, Optional<String> fingerprint, Throwable cause) {
        super(problem.what(), cause);
        this.problem = problem;
        this.fingerprint = fingerprint;
    }

    static ConnectionFailure of(String what, String where, String remedy, Throwable cause) {
        return new ConnectionFailure(new Problem(what, where, remedy), Optional.empty(), cause);
    }

    Problem problem() {
        return problem;
    }

    /// Of the certificate that was refused, for a dialog that offers to pin it.
    public Optional<String> fingerprint() {
        return fingerprint;
    }

    static ConnectionFailure forbidden(String host, String address) {
        return of(at(host, address) + ", where clouds keep their machines' credentials or where no server can be", host,
                "Nothing was sent. Correct the server's address; if you did not write it, ask where it came from.", null);
    }

    static ConnectionFailure nearby(String host, String address) {
        return of(at(host, address) + ", on this machine or in a private network", host,
                "Nothing was sent. If the server is meant to be there, allow it private addresses; if not, somebody uses its name to reach into your network.", null);
    }

    private static String at(String host, String address) {
        return host.equals(address) ? "The address " + address + " is one" : host + " is at " + address;
    }

    /// A certificate that was refused.
    static ConnectionFailure untrusted(CertificateCheck.Untrusted refused, String where, Optional<String> pin) {
        var certificate = refused.certificate();
        var print = ServerTrust.fingerprint(certificate);
        if (refused.isPinned())
            return certificate("The server shows another certificate than the pinned one: now SHA-256 " + print + ", pinned " + pin.orElse(""), where,
                    "Send nothing until its administrator confirms the change; then pin the new one.", print, refused);
        if (has(refused, CertificateExpiredException.class, BasicReason.EXPIRED))
            return certificate("The server's certificate expired on " + day(certificate.getNotAfter().toInstant()), where,
                    "Ask its administrator to renew it, and check this computer's clock. " + pinIt(print), print, refused);
        if (has(refused, CertificateNotYetValidException.class, BasicReason.NOT_YET_VALID))
            return certificate("The server's certificate is valid only from " + day(certificate.getNotBefore().toInstant()), where,
                    "Check this computer's clock.", print, refused);
        return certificate("Nobody whom this connection trusts vouches for the server's certificate, which "
                + ServerProblems.plain(certificate.getIssuerX500Principal().getName()) + " issued", where,
                "If that is your company's authority, name the file with its certificate. " + pinIt(print), print, refused);
    }

    /// A certificate that is trusted but belongs to another name.
    static ConnectionFailure otherName(String host, X509Certificate certificate, String where, Throwable cause) {
        var print = ServerTrust.fingerprint(certificate);
        return certificate("The server's certificate is for " + names(certificate) + " and not for " + host, where,
                "Use a name that it is for as the server's address, or ask its administrator for one with this name. " + pinIt(print), print, cause);
    }

    private static ConnectionFailure certificate(String what, String where, String remedy, String print, Throwable cause) {
        return new ConnectionFailure(new Problem(what, where, remedy), Optional.of(print), cause);
    }

    private static String pinIt(String print) {
        return "If you trust this very certificate, compare its SHA-256 with its administrator's and pin it: " + print;
    }

    private static String day(java.time.Instant time) {
        return time.toString().substring(0, 10);
    }

    private static String names(X509Certificate certificate) {
        try {
            var names = Stream.ofNullable(certificate.getSubjectAlternativeNames()).flatMap(java.util.Collection::stream)
                    .map(name -> name.get(1)).filter(String.class::isInstance).limit(MOST_NAMES).map(Objects::toString).toList();
            return names.isEmpty() ? "no name at all" : ServerProblems.plain(String.join(", ", names));
        } catch (CertificateParsingException _) {
            return "names that cannot be read";
        }
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type, BasicReason reason) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(20)
                .anyMatch(e -> type.isInstance(e) || e instanceof CertPathValidatorException path && path.getReason() == reason);
    }
}
