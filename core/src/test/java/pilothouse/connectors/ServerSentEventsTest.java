package pilothouse.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import pilothouse.connectors.ServerSentEvents.Event;

class ServerSentEventsTest {
    /// A stream and the data of its events; a type other than `message` stands before a bar.
    record Case(String name, byte[] stream, List<String> events) {
        Case(String name, String stream, String... events) {
            this(name, stream.getBytes(StandardCharsets.UTF_8), List.of(events));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Case> CASES = List.of(
            new Case("LF", "data: a\n\ndata: b\n\n", "a", "b"),
            new Case("CR", "data: a\r\rdata: b\r\r", "a", "b"),
            new Case("CRLF", "data: a\r\n\r\ndata: b\r\n\r\n", "a", "b"),
            new Case("mixed line ends", "data: a\r\n\ndata: b\n\r\ndata: c\r\r\n", "a", "b", "c"),
            new Case("CR then LF is one end, LF then CR two", "data: a\n\rdata: b\r\n\n", "a", "b"),
            new Case("byte order mark", "\uFEFFdata: a\n\n", "a"),
            new Case("a second mark is part of the field's name", "\uFEFF\uFEFFdata: a\n\n"),
            new Case("a mark later is text", "data: \uFEFFa\n\n\uFEFFdata: b\n\n", "\uFEFFa"),
            new Case("comments and keep-alive", ": hello\n\n:\n\ndata: a\n: in between\ndata: b\n\n:\n\n", "a\nb"),
            new Case("no space after the colon", "data:a\n\n", "a"),
            new Case("only one space is taken off", "data:  a \n\n", " a "),
            new Case("a tab is kept", "data:\ta\n\n", "\ta"),
            new Case("colon in the value", "data: a:b: c\n\n", "a:b: c"),
            new Case("field without colon", "data\n\ndata\ndata\n\n", "", "\n"),
            new Case("empty data", "data:\n\ndata: \n\n", "", ""),
            new Case("several data lines", "data: a\ndata:\ndata: b\n\n", "a\n\nb"),
            new Case("no data, no event", "event: x\n\nid: 7\n\nretry: 10\n\n"),
            new Case("event names", "event: ping\ndata: a\n\ndata: b\n\n", "ping|a", "b"),
            new Case("the last event name counts", "event: a\nevent: b\ndata: 1\n\n", "b|1"),
            new Case("an empty event name is message", "event: a\nevent:\ndata: 1\n\n", "1"),
            new Case("a name without data is forgotten", "event: a\n\ndata: 1\n\n", "1"),
            new Case("retry that is no number", "retry: soon\nretry: -1\ndata: a\n\n", "a"),
            new Case("unknown fields", "foo: 1\nDATA: no\n data: no\ndata: a\ndatax: no\n\n", "a"),
            new Case("blank lines", "\n\n\n\ndata: a\n\n\n\n\n", "a"),
            new Case("event without blank line at the end", "data: a\n\ndata: b\n", "a", "b"),
            new Case("event without line end at the end", "data: a\n\ndata: b", "a", "b"),
            new Case("CR at the end", "data: a\r", "a"),
            new Case("nothing", ""),
            new Case("only a mark", "\uFEFF"),
            new Case("text of one to four bytes", "data: aé€😀\n\ndata: 👩‍👩‍👧\n\n", "aé€😀", "👩‍👩‍👧"),
            new Case("line separators of Unicode end no line", "data: a\u2028b\u0085c\u000Bd\n\n", "a\u2028b\u0085c\u000Bd"),
            new Case("NUL in data", "data: a\0b\n\n", "a\0b"),
            new Case("invalid UTF-8", new byte[] {'d', 'a', 't', 'a', ':', (byte) 0xFF, 'a', (byte) 0xC3, '\n', '\n'},
                    List.of("\uFFFDa\uFFFD")),
            new Case("cut code point", new byte[] {'d', 'a', 't', 'a', ':', (byte) 0xF0, (byte) 0x9F, (byte) 0x98, '\n', '\n'},
                    List.of("\uFFFD")),
            new Case("JSON and the end", "data: {\"a\":\"\\n\"}\n\ndata: [DONE]\n\n", "{\"a\":\"\\n\"}", "[DONE]"),
            new Case("the end twice, then data", "data: [DONE]\n\ndata: [DONE]\n\ndata: x\n\n", "[DONE]", "[DONE]", "x"),
            new Case("named events of other dialects", "event: message_start\ndata: {}\n\nevent: error\ndata: {\"type\":\"error\"}\n\n",
                    "message_start|{}", "error|{\"type\":\"error\"}"));

    @ParameterizedTest
    @FieldSource("CASES")
    void givenACase_itsEventsAreRead(Case given) {
        assertThat(decode(given.stream())).isEqualTo(given.events());
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void givenEverySplitInTwoAndByteByByte_theEventsAreTheSame(Case given) {
        for (int cut = 0; cut <= given.stream().length; cut++)
            assertThat(decode(given.stream(), cut)).as("cut at %d", cut).isEqualTo(given.events());
        int[] everywhere = new int[given.stream().length];
        Arrays.setAll(everywhere, i -> i);
        assertThat(decode(given.stream(), everywhere)).isEqualTo(given.events());
    }

    @Test
    void givenRandomChunkings_theEventsAreTheSame() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 100_000; round++) {
            var given = CASES.get(random.nextInt(CASES.size()));
            int[] cuts = random.ints(random.nextInt(1, 9), 0, given.stream().length + 1).sorted().toArray();
            if (!decode(given.stream(), cuts).equals(given.events()))
                throw new AssertionError(given + ", seed " + seed + ", cuts " + Arrays.toString(cuts));
        }
    }

    @Test
    void givenAnId_itStaysUntilChangedAndNulIsIgnored() {
        var ids = new ArrayList<String>();
        var decoder = new ServerSentEvents(event -> ids.add(event.lastId()));
        var stream = "data: a\n\nid: 1\ndata: b\n\ndata: c\n\nid: 2\0\ndata: d\n\nid\ndata: e\n\n".getBytes(StandardCharsets.UTF_8);
        decoder.accept(stream, 0, stream.length);
        assertThat(ids).containsExactly("", "1", "1", "1", "");
    }

    @Test
    void givenALineOfOneMegabyte_itIsRead() {
        var text = "x".repeat(1 << 20);
        assertThat(decode(("data: " + text + "\n\n").getBytes(StandardCharsets.UTF_8))).containsExactly(text);
    }

    @Test
    void givenAnEndlessLine_itIsRefusedAtTheBound() {
        var decoder = new ServerSentEvents(_ -> {});
        var piece = new byte[1 << 16];
        Arrays.fill(piece, (byte) 'x');
        int taken = 0;
        while (taken <= ServerSentEvents.MAX_BYTES - piece.length) {
            decoder.accept(piece, 0, piece.length);
            taken += piece.length;
        }
        assertThatThrownBy(() -> decoder.accept(piece, 0, piece.length)).isInstanceOf(ServerSentEvents.TooLong.class)
                .hasMessageContaining("8 MB");
    }

    @Test
    void givenAnEndlessEvent_itIsRefusedAtTheBound() {
        var decoder = new ServerSentEvents(_ -> {});
        var line = ("data: " + "x".repeat(1 << 20) + "\n").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> {
            for (int i = 0; i < 9; i++) decoder.accept(line, 0, line.length);
        }).isInstanceOf(ServerSentEvents.TooLong.class);
    }

    private static List<String> decode(byte[] stream, int... cuts) {
        var events = new ArrayList<String>();
        var decoder = new ServerSentEvents(event -> events.add(show(event)));
        int from = 0;
        for (int cut : cuts) {
            decoder.accept(stream, from, cut);
            from = cut;
        }
        decoder.accept(stream, from, stream.length);
        decoder.finish();
        return events;
    }

    private static String show(Event event) {
        return event.type().equals("message") ? event.data() : event.type() + "|" + event.data();
    }
}
