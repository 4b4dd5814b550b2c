package pilothouse.connectors;

import java.io.IOException;
import java.net.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.secrets.Secret;
import pilothouse.secrets.SecretRef;

/// How a server is reached, beside its address: which certificate it must show, which one of ours it is
/// shown, on which machines it may be, and what lies between.
///
/// @param nearby  hosts that may be on this machine or in a private network; a cloud's metadata service never may
/// @param network the same for all servers
public record Connection(ServerTrust trust, Optional<ClientKey> clientKey, Set<String> nearby, Network network) {
    /// A certificate of ours with its key, for servers that want one (mTLS).
    ///
    /// @param file       PKCS#12
    /// @param passphrase name of the secret that opens it
    public record ClientKey(Path file, SecretRef passphrase) {}

    public Connection {
        nearby = nearby.stream().map(AddressRules::plain).collect(Collectors.toUnmodifiableSet());
    }

    /// The usual connection to a server whose address the user typed. An address in figures, `localhost` and names
    /// that only a private network has are allowed to be nearby, since the user said so; a public name is not.
    public static Connection toTyped(String host, Network network) {
        return new Connection(ServerTrust.SYSTEM, Optional.empty(), AddressRules.saysNearby(host) ? Set.of(host) : Set.of(), network);
    }

    public Connection with(ServerTrust other) {
        return new Connection(other, clientKey, nearby, network);
    }

    public Connection with(ClientKey key) {
        return new Connection(trust, Optional.of(key), nearby, network);
    }

    /// With the user's word that `host` may be on this machine or in a private network.
    public Connection allowingNearby(String host) {
        var all = new java.util.HashSet<>(nearby);
        all.add(host);
        return new Connection(trust, clientKey, all, network);
    }

    /// A client that reaches servers this way. It follows no redirect, so that neither key nor prompt goes to
    /// another address than the one that was given; its failures are [ConnectionFailure]s where something is to be said.
    ///
    /// @param secrets finds the passphrase and the proxy's password when they are needed
    /// @throws ProblemException if a file or secret of the connection is missing or does not fit
    public OkHttpClient.Builder client(Function<SecretRef, Optional<Secret>> secrets) {
        var check = new CertificateCheck(trust, network);
        var rules = new AddressRules(nearby, network.proxyAddress());
        var client = new OkHttpClient.Builder();
        var usualNames = client.build().hostnameVerifier();
        return client.followRedirects(false).followSslRedirects(false).retryOnConnectionFailure(false)
                .proxySelector(network.selector()).proxyAuthenticator(proxyAuthenticator(secrets))
                .socketFactory(rules.sockets())
                .sslSocketFactory(tls(check, secrets).getSocketFactory(), check).hostnameVerifier(check.names(usualNames))
                .addInterceptor(new ConnectionWords(network, rules, check));
    }

    private SSLContext tls(CertificateCheck check, Function<SecretRef, Optional<Secret>> secrets) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(clientKey.map(key -> keyManagers(key, secrets)).orElse(null), new TrustManager[] {check}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK speaks TLS", e);
        }
    }

    private static KeyManager[] keyManagers(ClientKey key, Function<SecretRef, Optional<Secret>> secrets) {
        var passphrase = secret(key.passphrase(), secrets, "of the client certificate").reveal().toCharArray();
        try (var in = Files.newInputStream(key.file())) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, passphrase);
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, passphrase);
            if (java.util.Collections.list(store.aliases()).stream().anyMatch(alias -> isKey(store, alias))) return factory.getKeyManagers();
            throw new ProblemException("There is no private key in the file", key.file().toString(), "Choose the PKCS#12 file that holds certificate and key.");
        } catch (IOException | GeneralSecurityException e) {
            boolean wrong = e instanceof UnrecoverableKeyException || e.getCause() instanceof UnrecoverableKeyException;
            throw new ProblemException(new Problem(wrong ? "The secret " + key.passphrase().name() + " does not open the client certificate"
                    : "The client certificate cannot be read: " + ServerProblems.plain(String.valueOf(e.getMessage())), key.file().toString(),
                    wrong ? "Name the secret that is its passphrase." : "Choose a PKCS#12 file (.p12, .pfx) that you may read."), e);
        } finally {
            java.util.Arrays.fill(passphrase, ' ');
        }
    }

    private static boolean isKey(KeyStore store, String alias) {
        try {
            return store.isKeyEntry(alias);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the store is loaded", e);
        }
    }

    private static Secret secret(SecretRef ref, Function<SecretRef, Optional<Secret>> secrets, String whose) {
        return secrets.apply(ref).orElseThrow(() -> new ProblemException("There is no secret of this name, which is the passphrase or password "
                + whose, ref.name(), "Add it by `pilothouse secrets add`, or set the variable."));
    }

    /// Answers once, and only a proxy: the header goes to nobody else.
    private Authenticator proxyAuthenticator(Function<SecretRef, Optional<Secret>> secrets) {
        if (network.proxyUser().isEmpty()) return Authenticator.NONE;
        return (route, response) -> {
            boolean throughProxy = route != null && route.proxy().type() == Proxy.Type.HTTP;
            boolean takesBasic = response.challenges().stream().anyMatch(asked -> asked.scheme().equalsIgnoreCase("Basic")
                    || asked.scheme().equalsIgnoreCase("OkHttp-Preemptive"));
            if (!throughProxy || !takesBasic || response.request().header("Proxy-Authorization") != null) return null; // OkHttp's way to give up
            var password = network.proxyPassword().map(ref -> secret(ref, secrets, "of the proxy").reveal()).orElse("");
            return response.request().newBuilder().header("Proxy-Authorization",
                    Credentials.basic(network.proxyUser(), password, java.nio.charset.StandardCharsets.UTF_8)).build();
        };
    }
}
