package pilothouse.connectors;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// Certificates with their keys, made as a test needs them.
record TestCertificates(X509Certificate certificate, KeyPair keys, Optional<X509Certificate> issuer) {
    private static final char[] STORE = "in memory".toCharArray();
    private static final AtomicLong SERIALS = new AtomicLong(1);

    /// @param names of a server; empty for an authority or a client
    record Wanted(String subject, List<String> names, Instant from, Instant until) {
        static Wanted server(String... names) {
            return new Wanted("CN=server", List.of(names), Instant.now().minus(Duration.ofDays(1)), Instant.now().plus(Duration.ofDays(1)));
        }

        Wanted valid(String first, String last) {
            return new Wanted(subject, names, Instant.parse(first + "T00:00:00Z"), Instant.parse(last + "T00:00:00Z"));
        }
    }

    static TestCertificates authority(String name) {
        var keys = newKeys();
        var wanted = new Wanted("CN=" + name, List.of(), Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2049-01-01T00:00:00Z"));
        return new TestCertificates(certificate(wanted, keys, wanted.subject(), keys, true), keys, Optional.empty());
    }

    TestCertificates issue(Wanted wanted) {
        var own = newKeys();
        return new TestCertificates(certificate(wanted, own, certificate.getSubjectX500Principal().getName(), keys, false), own, Optional.of(certificate));
    }

    Path pem(Path file) throws IOException, GeneralSecurityException {
        return Files.writeString(file, "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(certificate.getEncoded()) + "\n-----END CERTIFICATE-----\n");
    }

    Path pkcs12(Path file, String passphrase) throws IOException, GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store(passphrase.toCharArray()).store(out, passphrase.toCharArray());
        }
        return file;
    }

    /// For a server with this certificate.
    ///
    /// @param clients authority of those that it lets in
    SSLContext context(Optional<TestCertificates> clients) throws IOException, GeneralSecurityException {
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store(STORE), STORE);
        var context = SSLContext.getInstance("TLS");
        var trust = clients.map(authority -> new TrustManager[] {TrustedAuthorities.checking(List.of(authority.certificate()))});
        context.init(factory.getKeyManagers(), trust.orElse(null), null);
        return context;
    }

    private KeyStore store(char[] passphrase) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        var chain = issuer.map(above -> new Certificate[] {certificate, above}).orElse(new Certificate[] {certificate});
        store.setKeyEntry("key", keys.getPrivate(), passphrase, chain);
        return store;
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static X509Certificate certificate(Wanted wanted, KeyPair own, String issuer, KeyPair signing, boolean authority) {
        try {
            var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
            var body = new V3TBSCertificateGenerator();
            body.setSerialNumber(new ASN1Integer(BigInteger.valueOf(SERIALS.getAndIncrement())));
            body.setSubject(new X500Name(wanted.subject()));
            body.setIssuer(new X500Name(issuer));
            body.setStartDate(new Time(Date.from(wanted.from())));
            body.setEndDate(new Time(Date.from(wanted.until())));
            body.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(own.getPublic().getEncoded()));
            body.setSignature(algorithm);
            var extensions = new ExtensionsGenerator();
            extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!wanted.names().isEmpty()) extensions.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(
                    wanted.names().stream().map(TestCertificates::name).toArray(GeneralName[]::new)));
            body.setExtensions(extensions.generate());
            var tbs = body.generateTBSCertificate();
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(signing.getPrivate());
            signature.update(tbs.getEncoded("DER"));
            var whole = new ASN1EncodableVector();
            whole.add(tbs);
            whole.add(algorithm);
            whole.add(new DERBitString(signature.sign()));
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(new DERSequence(whole).getEncoded("DER")));
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static GeneralName name(String name) {
        return new GeneralName(name.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }
}
