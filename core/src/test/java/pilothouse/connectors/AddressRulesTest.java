package pilothouse.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pilothouse.connectors.AddressRules.Kind;

class AddressRulesTest {
    private static final List<String> FORBIDDEN = List.of("169.254.169.254", "169.254.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "0.0.0.0", "0.1.2.3",
            "224.0.0.1", "239.255.255.255", "255.255.255.255", "240.0.0.1", "::", "fe80::1", "febf::1", "ff02::1", "fd00:ec2::254", "fd20:ce::254",
            "::ffff:169.254.169.254", "::169.254.169.254", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a9fe:a9fe", "2002:a9fe:a9fe::1", "2001:0:4136:e378:8000:63bf:5601:5601",
            "::ffff:0:a9fe:a9fe", "2001:db8::5efe:a9fe:a9fe");
    private static final List<String> NEARBY = List.of("127.0.0.1", "127.255.0.1", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "100.127.0.1",
            "192.0.0.1", "198.18.0.1", "::1", "fc00::1", "fd12:3456::1", "fec0::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::");
    private static final List<String> PUBLIC = List.of("1.1.1.1", "8.8.8.8", "172.15.0.1", "172.32.0.1", "192.167.0.1", "100.63.0.1", "100.128.0.1", "169.253.0.1", "169.255.0.1",
            "223.255.255.255", "198.20.0.1", "2606:4700::1111", "64:ff9b::101:101", "2002:101:101::1");

    @Test
    void givenAnAddress_itsKindIsThatOfTheRegistries() {
        for (var each : FORBIDDEN) assertThat(AddressRules.kind(InetAddress.ofLiteral(each))).as(each).isEqualTo(Kind.FORBIDDEN);
        for (var each : NEARBY) assertThat(AddressRules.kind(InetAddress.ofLiteral(each))).as(each).isEqualTo(Kind.NEARBY);
        for (var each : PUBLIC) assertThat(AddressRules.kind(InetAddress.ofLiteral(each))).as(each).isEqualTo(Kind.PUBLIC);
    }

    private static ConnectionFailure refusal(OkHttpClient client, String address) {
        var thrown = catchThrowableOfType(IOException.class, () -> client.newCall(new Request.Builder().url(address).build()).execute().close());
        assertThat(thrown).as(address).isInstanceOf(ConnectionFailure.class);
        return (ConnectionFailure) thrown;
    }

    private static Connection allowing(String... hosts) {
        return new Connection(ServerTrust.SYSTEM, Optional.empty(), Set.of(hosts), Network.DIRECT);
    }

    /// Every spelling that some resolver takes for a metadata service. No user's word allows them.
    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "2852039166", "0xa9fea9fe", "0xA9.0xFE.0xA9.0xFE", "0251.0376.0251.0376", "025177524776", "169.254.43518", "169.16689662",
        "[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]", "[::a9fe:a9fe]", "[64:ff9b::a9fe:a9fe]", "[2002:a9fe:a9fe::]", "[fd00:ec2::254]", "[0:0:0:0:0:ffff:a9fe:a9fe]",
        "metadata.google.internal", "METADATA.GOOGLE.INTERNAL.", "100.100.100.200", "168.63.129.16", "0", "0.0.0.0"})
    void givenAMetadataServiceInAnySpelling_itIsRefusedBeforeASocketOpens(String host) {
        var bare = host.replaceAll("[\\[\\]]", "");
        for (var network : List.of(Network.DIRECT, new Network("http://127.0.0.1:9", "", "", List.of(), ""))) {
            var connection = new Connection(ServerTrust.SYSTEM, Optional.empty(), new HashSet<>(List.of(bare, host, "169.254.169.254")), network);
            assertThat(refusal(connection.client(_ -> Optional.empty()).build(), "http://" + host + ":1/latest/meta-data").problem().remedy()).contains("Nothing was sent");
        }
    }

    @Test
    void givenANameThatResolvesToAForbiddenOrPrivateAddress_itIsRefused() throws Exception {
        try (var server = SocketServer.plain(_ -> SocketServer.json("{}"))) {
            for (var address : List.of("169.254.169.254", "fd00:ec2::254", "127.0.0.1", "10.0.0.1", "::1")) {
                Dns lying = host -> List.of(InetAddress.getByAddress(host, InetAddress.ofLiteral(address).getAddress()));
                var client = allowing("localhost").client(_ -> Optional.empty()).dns(lying).build();
                var problem = refusal(client, "http://api.example.com:" + server.port() + "/").problem();
                assertThat(problem.what()).contains("api.example.com is at ");
                assertThat(problem.remedy()).contains("Nothing was sent");
            }
            assertThat(server.connections).isEmpty();
        }
    }

    @Test
    void givenANameThatChangesBetweenLookUps_theAddressThatIsConnectedToCounts() throws Exception {
        try (var server = SocketServer.plain(_ -> SocketServer.json("{}"))) {
            var lookUps = new AtomicInteger();
            Dns rebinding = host -> List.of(InetAddress.getByAddress(host, lookUps.incrementAndGet() % 2 == 1
                    ? new byte[] {127, 0, 0, 1} : new byte[] {(byte) 169, (byte) 254, (byte) 169, (byte) 254}));
            var client = allowing("gpu.example.com").client(_ -> Optional.empty()).dns(rebinding)
                    .connectionPool(new okhttp3.ConnectionPool(0, 1, java.util.concurrent.TimeUnit.SECONDS)).build();
            var address = "http://gpu.example.com:" + server.port() + "/";
            try (var first = client.newCall(new Request.Builder().url(address).header("Connection", "close").build()).execute()) {
                assertThat(first.code()).isEqualTo(200); // allowed, and nearby
            }
            assertThat(refusal(client, address).problem().what()).contains("169.254.169.254");
            assertThat(server.connections).hasSize(1);
        }
    }

    @Test
    void givenSeveralAddresses_onlyAnAllowedOneIsConnectedTo() throws Exception {
        try (var server = SocketServer.plain(_ -> SocketServer.json("{}"))) {
            Dns both = host -> List.of(InetAddress.getByAddress(host, new byte[] {(byte) 169, (byte) 254, (byte) 169, (byte) 254}),
                    InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}));
            var client = allowing("gpu.example.com").client(_ -> Optional.empty()).dns(both).build();
            try (var answer = client.newCall(new Request.Builder().url("http://gpu.example.com:" + server.port() + "/").build()).execute()) {
                assertThat(answer.code()).isEqualTo(200);
            }
        }
    }

    @Test
    void givenATypedHost_onlyWhatCannotBePublicMayBeNearby() {
        for (var host : List.of("127.0.0.1", "10.1.2.3", "localhost", "gpu-1", "gpu.local", "vllm.ns.svc", "node.internal", "::1"))
            assertThat(Connection.toTyped(host, Network.DIRECT).nearby()).as(host).hasSize(1);
        assertThat(Connection.toTyped("api.openai.com", Network.DIRECT).nearby()).isEmpty();
        assertThat(Connection.toTyped("gpu.example.com", Network.DIRECT).allowingNearby("GPU.example.com").nearby()).containsExactly("gpu.example.com");
    }
}
