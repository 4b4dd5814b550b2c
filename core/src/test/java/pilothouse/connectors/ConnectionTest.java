package pilothouse.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.connectors.TestCertificates.Wanted;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.secrets.Keyring;
import pilothouse.secrets.SecretRef;

/// TLS and proxies, over real sockets on loopback.
class ConnectionTest {
    private static final TestCertificates AUTHORITY = TestCertificates.authority("Company");
    private static final String MODELS = SocketServer.json("{\"data\":[{\"id\":\"m\"}]}");
    private static final String KEY = "sk-live-0123456789";
    private static final SecretRef PASSWORD = new SecretRef("env:PASSWORD");
    private static final Keyring KEYRING = new Keyring(Map.of("PASSWORD", "proxy-password-1", "WRONG", "another-password"));

    @TempDir
    Path folder;

    private static SocketServer secured(TestCertificates certificate) throws Exception {
        return new SocketServer(Optional.of(certificate.context(Optional.empty())), false, _ -> MODELS);
    }

    private Connection trusting(TestCertificates authority) throws Exception {
        return Connection.toTyped("localhost", Network.DIRECT).with(new ServerTrust.ByAuthority(authority.pem(folder.resolve("ca.pem"))));
    }

    private static ServerClient client(String address, Connection connection) {
        return new ServerClient(new Server("gpu", URI.create(address), () -> Optional.of(KEY), Limits.DEFAULTS), connection.client(KEYRING::find));
    }

    private static String get(String address, Connection connection) throws InterruptedException {
        try (var client = client(address, connection)) {
            return client.get("/v1/models");
        }
    }

    /// The problem that such a request ends in; it says what to do, and gives no secret away.
    private static Problem problem(String address, Connection connection) {
        var thrown = catchThrowableOfType(ProblemException.class, () -> get(address, connection));
        assertThat(thrown).as("the request to " + address + " fails").isNotNull();
        assertThat(thrown.problem().remedy()).isNotEmpty();
        assertThat(thrown.toString() + thrown.getCause()).doesNotContain(KEY, "proxy-password-1", "another-password");
        return thrown.problem();
    }

    @Test
    void givenAnOwnAuthority_itsServerIsBelievedAndNoOther() throws Exception {
        try (var server = secured(AUTHORITY.issue(Wanted.server("localhost")));
                var stranger = secured(TestCertificates.authority("Stranger").issue(Wanted.server("localhost")))) {
            assertThat(get("https://localhost:" + server.port(), trusting(AUTHORITY))).contains("\"m\"");
            assertThat(server.heads.getFirst()).contains("Authorization: Bearer " + KEY);
            assertThat(problem("https://localhost:" + stranger.port(), trusting(AUTHORITY)).what()).contains("Nobody whom this connection trusts").contains("CN=Stranger");
            assertThat(stranger.heads).isEmpty();
        }
    }

    @Test
    void givenAnUnknownAuthority_theFingerprintIsSaidAndCanBePinned() throws Exception {
        var certificate = AUTHORITY.issue(Wanted.server("localhost"));
        var print = ServerTrust.fingerprint(certificate.certificate());
        try (var server = secured(certificate)) {
            var usual = Connection.toTyped("localhost", Network.DIRECT);
            var thrown = catchThrowableOfType(ProblemException.class, () -> get("https://localhost:" + server.port(), usual));
            assertThat(thrown.problem().remedy()).contains(print);
            assertThat(((ConnectionFailure) thrown.getCause()).fingerprint()).contains(print);
            assertThat(server.heads).isEmpty();
            assertThat(get("https://localhost:" + server.port(), usual.with(new ServerTrust.Pinned(print.replace(":", "").toLowerCase(java.util.Locale.ROOT))))).contains("\"m\"");
            assertThat(get("https://127.0.0.1:" + server.port(), Connection.toTyped("127.0.0.1", Network.DIRECT).with(new ServerTrust.Pinned(print)))).contains("\"m\"");
        }
        assertThatThrownBy(() -> new ServerTrust.Pinned("AB:CD")).isInstanceOf(ProblemException.class);
    }

    @Test
    void givenAPinAndAnotherCertificate_itStopsHard() throws Exception {
        var pinned = ServerTrust.fingerprint(AUTHORITY.issue(Wanted.server("localhost")).certificate());
        var now = AUTHORITY.issue(Wanted.server("localhost"));
        try (var server = secured(now)) {
            var connection = new Connection(new ServerTrust.Pinned(pinned), Optional.empty(), Set.of("localhost"),
                    new Network("", "", "", List.of(), AUTHORITY.pem(folder.resolve("company.pem")).toString()));
            assertThat(problem("https://localhost:" + server.port(), connection).what()).contains("another certificate than the pinned one")
                    .contains(pinned).contains(ServerTrust.fingerprint(now.certificate()));
            assertThat(server.heads).isEmpty();
        }
    }

    @Test
    void givenAnExpiredAndAFutureCertificate_theDayIsSaid() throws Exception {
        try (var expired = secured(AUTHORITY.issue(Wanted.server("localhost").valid("2021-01-01", "2021-03-04")));
                var future = secured(AUTHORITY.issue(Wanted.server("localhost").valid("2047-05-06", "2048-01-01")))) {
            assertThat(problem("https://localhost:" + expired.port(), trusting(AUTHORITY)).what()).contains("expired on 2021-03-04");
            assertThat(problem("https://localhost:" + future.port(), trusting(AUTHORITY)).what()).contains("valid only from 2047-05-06");
        }
    }

    @Test
    void givenACertificateForAnotherHost_itsNamesAreSaid() throws Exception {
        try (var server = secured(AUTHORITY.issue(Wanted.server("gpu.example.com", "*.gpus.example.com")))) {
            var problem = problem("https://localhost:" + server.port(), trusting(AUTHORITY));
            assertThat(problem.what()).contains("for gpu.example.com, *.gpus.example.com and not for localhost");
            assertThat(problem.remedy()).contains("Use a name that it is for");
            assertThat(server.heads).isEmpty();
        }
    }

    @Test
    void givenACompanysAuthority_itIsTrustedBesideTheOthersForAllTraffic() throws Exception {
        var network = new Network("", "", "", List.of(), AUTHORITY.pem(folder.resolve("company.pem")).toString());
        try (var server = secured(AUTHORITY.issue(Wanted.server("localhost")))) {
            assertThat(get("https://localhost:" + server.port(), Connection.toTyped("localhost", network))).contains("\"m\"");
        }
        var missing = new Network("", "", "", List.of(), folder.resolve("none.pem").toString());
        assertThatThrownBy(() -> Connection.toTyped("localhost", missing).client(KEYRING::find)).isInstanceOf(ProblemException.class).hasMessageContaining("none.pem");
        Files.writeString(folder.resolve("empty.pem"), "no certificate");
        var empty = new Network("", "", "", List.of(), folder.resolve("empty.pem").toString());
        assertThatThrownBy(() -> Connection.toTyped("localhost", empty).client(KEYRING::find)).isInstanceOf(ProblemException.class).hasMessageContaining("empty.pem");
    }

    @Test
    void givenAServerThatWantsACertificate_oursIsShown() throws Exception {
        var own = AUTHORITY.issue(new Wanted("CN=console", List.of(), Wanted.server().from(), Wanted.server().until()));
        var file = own.pkcs12(folder.resolve("own.p12"), "proxy-password-1");
        var context = AUTHORITY.issue(Wanted.server("localhost")).context(Optional.of(AUTHORITY));
        try (var server = new SocketServer(Optional.of(context), true, _ -> MODELS)) {
            var address = "https://localhost:" + server.port();
            assertThat(get(address, trusting(AUTHORITY).with(new Connection.ClientKey(file, PASSWORD)))).contains("\"m\"");
            assertThat(problem(address, trusting(AUTHORITY)).what()).contains("wants a certificate of yours");
            assertThat(problem(address, trusting(AUTHORITY).with(new Connection.ClientKey(file, new SecretRef("env:WRONG")))).what()).contains("does not open");
            assertThat(problem(address, trusting(AUTHORITY).with(new Connection.ClientKey(file, new SecretRef("env:NONE")))).what()).contains("no secret of this name");
            assertThat(problem(address, trusting(AUTHORITY).with(new Connection.ClientKey(folder.resolve("ca.pem"), PASSWORD))).what()).contains("cannot be read");
        }
    }

    @Test
    void givenARedirectToAnotherHost_neitherKeyNorRequestGoesThere() throws Exception {
        try (var elsewhere = SocketServer.plain(_ -> MODELS);
                var server = SocketServer.plain(_ -> SocketServer.response(307, "Location: http://localhost:" + elsewhere.port() + "/v1/models\r\n", ""))) {
            var connection = Connection.toTyped("127.0.0.1", Network.DIRECT).allowingNearby("localhost");
            assertThat(problem("http://127.0.0.1:" + server.port(), connection).what()).contains("sends requests on to http://localhost:" + elsewhere.port());
            try (var client = client("http://127.0.0.1:" + server.port(), connection)) {
                assertThatThrownBy(() -> client.post("/v1/chat/completions", Map.of("prompt", "hello"))).isInstanceOf(ProblemException.class);
            }
            assertThat(server.heads).hasSize(2);
            assertThat(elsewhere.connections).isEmpty();
        }
    }

    private static Network through(SocketServer proxy, String user, String secret) {
        return new Network("http://localhost:" + proxy.port(), user, secret, List.of(), "");
    }

    /// `gpu.example.com` is where the proxy says: it joins every `CONNECT` with loopback.
    private Connection proxied(Network network) throws Exception {
        return Connection.toTyped("gpu.example.com", network).with(new ServerTrust.ByAuthority(AUTHORITY.pem(folder.resolve("ca.pem"))));
    }

    private static String asking(String head) {
        return head.contains("Proxy-Authorization: Basic YWRhOnByb3h5LXBhc3N3b3JkLTE=") ? SocketServer.JOIN // ada:proxy-password-1
                : SocketServer.response(407, "Proxy-Authenticate: Basic realm=\"company\"\r\n", "");
    }

    @Test
    void givenAProxyThatWantsAName_itGetsItAndTheServerDoesNot() throws Exception {
        try (var server = secured(AUTHORITY.issue(Wanted.server("gpu.example.com"))); var proxy = SocketServer.plain(ConnectionTest::asking)) {
            var address = "https://gpu.example.com:" + server.port();
            assertThat(get(address, proxied(through(proxy, "ada", "env:PASSWORD")))).contains("\"m\"");
            assertThat(server.heads.getFirst()).doesNotContain("Proxy-Authorization").contains("Bearer " + KEY);
            assertThat(proxy.heads).allMatch(head -> !head.contains(KEY)).anyMatch(head -> head.startsWith("CONNECT gpu.example.com:"));
            assertThat(problem(address, proxied(through(proxy, "", ""))).what()).contains("wants a name and password");
            assertThat(problem(address, proxied(through(proxy, "ada", "env:WRONG"))).what()).contains("refused the name \"ada\"");
            assertThat(problem(address, proxied(through(proxy, "ada", "env:NONE"))).what()).contains("no secret of this name");
            assertThat(server.heads).hasSize(1);
        }
    }

    @Test
    void givenAPlainAddressBehindAProxyThatWantsAName_itGetsIt() throws Exception {
        try (var proxy = SocketServer.plain(head -> asking(head).equals(SocketServer.JOIN) ? MODELS : asking(head))) {
            assertThat(get("http://gpu.example.com", proxied(through(proxy, "ada", "env:PASSWORD")))).contains("\"m\"");
            assertThat(proxy.heads.getLast()).startsWith("GET http://gpu.example.com/v1/models");
            assertThat(problem("http://gpu.example.com", proxied(through(proxy, "", ""))).what()).contains("wants a name and password");
        }
    }

    @Test
    void givenAProxyThatRefusesOrIsGone_itIsSaidWhichOne() throws Exception {
        int gone;
        try (var proxy = SocketServer.plain(_ -> SocketServer.response(403, "", ""))) {
            assertThat(problem("https://gpu.example.com", proxied(through(proxy, "", ""))).what()).contains("refused the way to gpu.example.com (status 403)");
            gone = proxy.port();
        }
        var network = new Network("http://localhost:" + gone, "", "", List.of(), "");
        assertThat(problem("https://gpu.example.com", proxied(network)).what()).contains("The proxy localhost:" + gone + " does not answer");
        assertThatThrownBy(() -> proxied(new Network("http://ada:proxy-password-1@proxy:3128", "", "", List.of(), "")).client(KEYRING::find))
                .isInstanceOf(ProblemException.class).hasMessageNotContaining("proxy-password-1");
    }

    @Test
    void givenALoginPageInPlaceOfTheServer_itIsSaidToBeOne() throws Exception {
        var pages = new ArrayList<>(List.of(SocketServer.response(302, "Content-Type: text/html\r\nLocation: http://login.example.net/\r\n", "<html>"),
                SocketServer.response(511, "Content-Type: text/html\r\n", "<html>")));
        for (var page : pages)
            try (var proxy = SocketServer.plain(_ -> page)) {
                assertThat(problem("http://gpu.example.com", proxied(through(proxy, "", ""))).remedy()).contains("log in");
            }
        try (var proxy = SocketServer.plain(_ -> SocketServer.response(200, "Content-Type: text/html; charset=utf-8\r\n", "<html>Welcome to the hotel"));
                var client = client("http://gpu.example.com", proxied(through(proxy, "", "")))) {
            assertThatThrownBy(() -> client.post("/v1/chat/completions", Map.of())).isInstanceOf(ProblemException.class).hasMessageContaining("login page");
        }
    }

    @Test
    void givenHostsThatAreDirect_theProxyDoesNotSeeThem() throws Exception {
        try (var server = SocketServer.plain(_ -> MODELS); var proxy = SocketServer.plain(_ -> SocketServer.response(502, "", ""))) {
            assertThat(get("http://localhost:" + server.port(), Connection.toTyped("localhost", through(proxy, "", "")))).contains("\"m\"");
            assertThat(proxy.connections).isEmpty();
        }
        var network = new Network("http://proxy:3128", "", "", List.of(".corp.example.com", "gpu"), "");
        assertThat(List.of("a.corp.example.com", "GPU", "127.0.0.1", "localhost")).allMatch(network::isDirect);
        assertThat(List.of("corp.example.com.evil.net", "xcorp.example.com", "gpu2")).noneMatch(network::isDirect);
    }
}
