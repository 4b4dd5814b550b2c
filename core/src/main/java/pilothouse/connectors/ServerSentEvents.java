package pilothouse.connectors;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import pilothouse.problems.ProblemException;

/// Decodes a `text/event-stream` from bytes that arrive in any pieces. One thread at a time.
///
/// Lines end in LF, CR or CRLF; malformed UTF-8 becomes U+FFFD; comments and unknown fields are
/// passed over. `retry` is one of them: nothing here reconnects, since an answer cannot be taken up
/// in its middle. One departure from the standard: an event that lacks its blank line at the end of
/// the stream is delivered by [#finish], because servers of models forget that line.
/// Source: WHATWG HTML, "Server-sent events", interpretation of an event stream.
public final class ServerSentEvents {
    /// The longest line, and the longest data of one event, in bytes.
    public static final int MAX_BYTES = 8 << 20;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /// One event.
    ///
    /// @param type   `message` unless the server named it
    /// @param data   its data lines, joined by LF
    /// @param lastId the last id seen on the stream, empty if none
    public record Event(String type, String data, String lastId) {}

    /// A line, or the data of one event, is longer than [#MAX_BYTES].
    public static final class TooLong extends ProblemException {
        private TooLong() {
            super("The server sent a line of more than " + (MAX_BYTES >> 20) + " MB", "",
                    "This is no answer of a model: check that the address is that of a model server.");
        }
    }

    private final Consumer<Event> sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private String lastId = "";
    private boolean anyData;
    private boolean afterReturn;
    private boolean firstLine = true;

    /// @param sink gets each event as soon as its blank line has come
    public ServerSentEvents(Consumer<Event> sink) {
        this.sink = sink;
    }

    /// Decodes the next bytes.
    ///
    /// @throws TooLong if a line or an event grows beyond [#MAX_BYTES]
    public void accept(byte[] bytes, int from, int to) {
        int start = from;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b != '\n' && b != '\r') {
                afterReturn = false;
                continue;
            }
            if (b == '\n' && afterReturn) start = i + 1; // the second half of a CRLF
            else {
                append(bytes, start, i);
                endLine();
                start = i + 1;
            }
            afterReturn = b == '\r';
        }
        append(bytes, start, to);
    }

    /// The stream has ended: delivers what is pending.
    public void finish() {
        if (line.size() > 0) endLine();
        dispatch();
    }

    private void append(byte[] bytes, int from, int to) {
        if (to - from > MAX_BYTES - line.size()) throw new TooLong();
        line.write(bytes, from, to - from);
    }

    private void endLine() {
        var raw = line.toByteArray();
        line.reset();
        int skip = firstLine && startsWithMark(raw) ? BYTE_ORDER_MARK.length : 0;
        firstLine = false;
        if (raw.length == skip) dispatch();
        else if (raw[skip] != ':') field(new String(raw, skip, raw.length - skip, StandardCharsets.UTF_8));
    }

    private static boolean startsWithMark(byte[] raw) {
        return raw.length >= 3 && raw[0] == BYTE_ORDER_MARK[0] && raw[1] == BYTE_ORDER_MARK[1] && raw[2] == BYTE_ORDER_MARK[2];
    }

    private void field(String text) {
        int colon = text.indexOf(':');
        var name = colon < 0 ? text : text.substring(0, colon);
        var value = colon < 0 ? "" : text.substring(text.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
        switch (name) {
            case "data" -> {
                if (value.length() > MAX_BYTES - data.length()) throw new TooLong();
                if (anyData) data.append('\n');
                data.append(value);
                anyData = true;
            }
            case "event" -> type = value;
            case "id" -> {
                if (value.indexOf('\0') < 0) lastId = value;
            }
            default -> {} // the standard: fields of other names are passed over
        }
    }

    private void dispatch() {
        var event = new Event(type.isEmpty() ? "message" : type, data.toString(), lastId);
        boolean complete = anyData;
        type = "";
        data.setLength(0);
        anyData = false;
        if (complete) sink.accept(event);
    }
}
