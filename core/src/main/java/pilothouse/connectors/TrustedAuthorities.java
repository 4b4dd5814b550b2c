package pilothouse.connectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// The authorities whose word about a server counts.
final class TrustedAuthorities {
    private static final Logger LOG = LoggerFactory.getLogger(TrustedAuthorities.class);

    /// Where Linux distributions keep theirs, to which companies add their own.
    private static final List<String> BUNDLES = List.of("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
            "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem");

    private TrustedAuthorities() {}

    private static final class OfSystem {
        static final List<X509Certificate> ALL = load(); // read once, when first needed
        static final X509TrustManager CHECKING = checking(ALL);

        private static List<X509Certificate> load() {
            var all = new ArrayList<>(Arrays.asList(checking((KeyStore) null).getAcceptedIssuers()));
            var os = System.getProperty("os.name");
            if (os.startsWith("Windows")) all.addAll(ofStore("Windows-ROOT"));
            else if (os.startsWith("Mac")) all.addAll(ofStore("KeychainStore-ROOT"));
            else BUNDLES.stream().map(Path::of).filter(Files::isReadable).findFirst().ifPresent(bundle -> all.addAll(ofBundle(bundle)));
            return List.copyOf(all);
        }
    }

    /// Checks by those of the Java runtime and of the operating system.
    static X509TrustManager bySystem() {
        return OfSystem.CHECKING;
    }

    /// The same, and by `more`.
    static X509TrustManager bySystemAnd(Collection<X509Certificate> more) {
        var all = new ArrayList<>(OfSystem.ALL);
        all.addAll(more);
        return checking(all);
    }

    /// @param file PEM, with one certificate or many, or DER
    /// @throws ProblemException if it holds no certificate
    static List<X509Certificate> of(Path file) {
        try {
            var all = parse(file);
            if (!all.isEmpty()) return all;
            throw new ProblemException("There is no certificate in the file", file.toString(), "Choose the authority's certificate as a PEM file.");
        } catch (IOException | GeneralSecurityException e) {
            throw new ProblemException(new Problem("The authority's certificates cannot be read: " + ServerProblems.plain(String.valueOf(e.getMessage())),
                    file.toString(), "Choose the authority's certificate as a PEM file that you may read."), e);
        }
    }

    /// What checks chains against `authorities`.
    static X509TrustManager checking(Collection<X509Certificate> authorities) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (var authority : authorities) store.setCertificateEntry("authority-" + number++, authority);
            return checking(store);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("an empty key store in memory takes certificates", e);
        }
    }

    private static X509TrustManager checking(KeyStore store) {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (var manager : factory.getTrustManagers()) if (manager instanceof X509TrustManager x509) return x509;
            throw new IllegalStateException("this Java runtime checks no X.509 certificates");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime checks no certificates", e);
        }
    }

    private static List<X509Certificate> ofStore(String type) {
        try {
            var store = KeyStore.getInstance(type);
            store.load(null, null);
            var all = new ArrayList<X509Certificate>();
            for (var alias : java.util.Collections.list(store.aliases()))
                if (store.getCertificate(alias) instanceof X509Certificate certificate) all.add(certificate);
            return all;
        } catch (IOException | GeneralSecurityException e) {
            LOG.warn("The system's own authorities ({}) are left out", type, e);
            return List.of();
        }
    }

    private static List<X509Certificate> ofBundle(Path bundle) {
        try {
            return parse(bundle);
        } catch (IOException | GeneralSecurityException e) {
            LOG.warn("The system's own authorities ({}) are left out", bundle, e);
            return List.of();
        }
    }

    private static List<X509Certificate> parse(Path file) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .filter(X509Certificate.class::isInstance).map(X509Certificate.class::cast).toList();
        }
    }
}
