package pilothouse.connectors;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Response;

/// Says what went wrong between here and the server: addresses, certificates, proxies.
record ConnectionWords(Network network, AddressRules rules, CertificateCheck check) implements Interceptor {
    private static final int PROXY_WANTS_NAME = 407;
    private static final int NETWORK_WANTS_LOGIN = 511;

    @Override
    public Response intercept(Chain chain) throws IOException {
        var url = chain.request().url();
        rules.checkUnresolved(url.host());
        try {
            return checked(chain.proceed(chain.request()), url, chain.request().method());
        } catch (ConnectionFailure e) {
            throw e;
        } catch (IOException e) {
            var said = said(e, url);
            throw said.isPresent() ? said.get() : e;
        }
    }

    private Optional<String> proxy(HttpUrl url) {
        return network.isDirect(url.host()) ? Optional.empty() : network.proxyAddress().map(to -> to.getHostString() + ":" + to.getPort());
    }

    /// What a proxy or a network's login page answers in the server's place.
    private Response checked(Response response, HttpUrl url, String method) throws ConnectionFailure {
        Optional<ConnectionFailure> failure = switch (response.code()) {
            case PROXY_WANTS_NAME -> Optional.of(proxyWantsName(url, null));
            case NETWORK_WANTS_LOGIN -> Optional.of(loginPage(url));
            default -> isLoginPage(response, url, method) ? Optional.of(loginPage(url)) : Optional.empty();
        };
        if (failure.isPresent()) {
            response.close();
            throw failure.get();
        }
        return response;
    }

    /// No model server answers a request with a web page, or sends it on to a page of another host.
    private static boolean isLoginPage(Response response, HttpUrl url, String method) {
        boolean page = response.header("Content-Type", "").toLowerCase(java.util.Locale.ROOT).startsWith("text/html");
        if (response.isSuccessful()) return page && method.equals("POST");
        var elsewhere = Optional.ofNullable(response.header("Location")).map(url::resolve).filter(to -> !to.host().equals(url.host()));
        return response.isRedirect() && page && elsewhere.isPresent();
    }

    private ConnectionFailure loginPage(HttpUrl url) {
        var by = proxy(url).map(name -> "the proxy " + name).orElse("the network");
        return ConnectionFailure.of("A web page came in place of the server's answer, such as the login page of " + by, place(url),
                "If you are not logged in to the network, open any page in a browser and log in. Check that the address is that of a model server.", null);
    }

    private ConnectionFailure proxyWantsName(HttpUrl url, Throwable cause) {
        var name = proxy(url).orElse("on the way");
        return network.proxyUser().isEmpty()
                ? ConnectionFailure.of("The proxy " + name + " wants a name and password", place(url),
                        "Set network.proxyUser and network.proxySecret in the settings; a proxy that takes Kerberos or NTLM alone cannot be used.", cause)
                : ConnectionFailure.of("The proxy " + name + " refused the name \"" + network.proxyUser() + "\" and its password", place(url),
                        "Check the name and the secret " + network.proxySecret() + "; it must take them in the Basic way.", cause);
    }

    private Optional<ConnectionFailure> said(IOException failure, HttpUrl url) {
        var refused = causes(failure).filter(CertificateCheck.Untrusted.class::isInstance).map(CertificateCheck.Untrusted.class::cast).findFirst();
        if (refused.isPresent()) return Optional.of(ConnectionFailure.untrusted(refused.get(), place(url), check.pin()));
        var known = causes(failure).filter(ConnectionFailure.class::isInstance).map(ConnectionFailure.class::cast).findFirst();
        if (known.isPresent()) return known;
        var text = String.valueOf(failure.getMessage());
        if (failure instanceof SSLPeerUnverifiedException)
            return check.ofAnotherName(url.host()).map(certificate -> ConnectionFailure.otherName(url.host(), certificate, place(url), failure));
        if (failure instanceof SSLException) return tls(text, url, failure);
        return proxy(url).flatMap(name -> throughProxy(name, text, url, failure));
    }

    private static Optional<ConnectionFailure> tls(String text, HttpUrl url, IOException failure) {
        if (text.contains("certificate_required") || text.contains("bad_certificate") || text.contains("certificate_unknown"))
            return Optional.of(ConnectionFailure.of("The server wants a certificate of yours, or refuses the one it was shown", place(url),
                    "Give the connection a PKCS#12 file with a client certificate that this server takes.", failure));
        if (text.contains("Unsupported or unrecognized SSL message"))
            return Optional.of(ConnectionFailure.of("The secure connection failed: what answers at this port does not speak TLS", place(url),
                    "Begin the address with http:// if the server has no certificate, or check the port.", failure));
        return Optional.empty();
    }

    private Optional<ConnectionFailure> throughProxy(String name, String text, HttpUrl url, IOException failure) {
        if (text.contains("Failed to authenticate with proxy")) return Optional.of(proxyWantsName(url, failure));
        if (text.startsWith("Unexpected response code for CONNECT"))
            return Optional.of(ConnectionFailure.of("The proxy " + name + " refused the way to " + url.host() + " (status " + text.replaceAll("\\D", "") + ")",
                    place(url), "Ask the network's administrator to allow this address, or name it in network.direct of the settings.", failure));
        if (failure instanceof ConnectException || failure instanceof UnknownHostException || failure instanceof SocketTimeoutException)
            return Optional.of(ConnectionFailure.of("The proxy " + name + " does not answer", place(url),
                    "Check network.proxy in the settings, and that you are in the network where it is.", failure));
        return Optional.empty();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(20);
    }

    private static String place(HttpUrl url) {
        return url.scheme() + "://" + url.host() + ":" + url.port();
    }
}
