package pilothouse.connectors;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509TrustManager;

/// Checks the certificates of servers, and keeps those that it refuses, so that the user can be shown them.
final class CertificateCheck implements X509TrustManager {
    private final Optional<String> pin;
    private final Supplier<X509TrustManager> authorities; // the system's are many: read when the first certificate comes
    private final Map<String, X509Certificate> ofOtherNames = new ConcurrentHashMap<>();

    CertificateCheck(ServerTrust trust, Network network) {
        pin = trust instanceof ServerTrust.Pinned(var sha256) ? Optional.of(sha256) : Optional.empty();
        var own = new ArrayList<X509Certificate>(trust instanceof ServerTrust.ByAuthority(var file) ? TrustedAuthorities.of(file) : List.of());
        network.authorityFile().ifPresent(file -> own.addAll(TrustedAuthorities.of(file)));
        if (!(trust instanceof ServerTrust.BySystem)) authorities = () -> TrustedAuthorities.checking(own);
        else authorities = own.isEmpty() ? TrustedAuthorities::bySystem : () -> TrustedAuthorities.bySystemAnd(own);
    }

    /// A certificate that was refused.
    static final class Untrusted extends CertificateException {
        private final transient X509Certificate certificate;
        private final boolean pinned;

        Untrusted(X509Certificate certificate, boolean pinned, Throwable cause) {
            super("the certificate is not trusted", cause);
            this.certificate = certificate;
            this.pinned = pinned;
        }

        X509Certificate certificate() {
            return certificate;
        }

        /// True if another one was pinned.
        boolean isPinned() {
            return pinned;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        if (pin.isPresent()) {
            if (!pin.get().equals(ServerTrust.fingerprint(chain[0]))) throw new Untrusted(chain[0], true, null);
            return;
        }
        try {
            authorities.get().checkServerTrusted(chain, kind);
        } catch (CertificateException e) {
            throw new Untrusted(chain[0], false, e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        throw new CertificateException("this program serves nobody here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0]; // a server would name them to its clients
    }

    /// A pinned certificate may carry any name: the pin says who it is.
    HostnameVerifier names(HostnameVerifier usual) {
        return (host, session) -> {
            if (pin.isPresent() || usual.verify(host, session)) return true;
            certificate(session).ifPresent(certificate -> ofOtherNames.put(host, certificate));
            return false;
        };
    }

    private static Optional<X509Certificate> certificate(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate ? Optional.of(certificate) : Optional.empty();
        } catch (SSLPeerUnverifiedException _) { // no certificate, nothing to show
            return Optional.empty();
        }
    }

    /// The certificate that was refused last because it does not carry this name.
    Optional<X509Certificate> ofAnotherName(String host) {
        return Optional.ofNullable(ofOtherNames.get(host));
    }

    Optional<String> pin() {
        return pin;
    }
}
