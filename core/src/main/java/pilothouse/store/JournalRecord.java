package pilothouse.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import pilothouse.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;

/// One transaction as the journal keeps it: all its operations or none of them.
///
/// On disk, big-endian: `int` bytes of the payload, `int` CRC32C of all other bytes of the record,
/// 32 bytes SHA-256 of the whole record before this one (zeros for the first), payload (UTF-8 JSON
/// of this record).
///
/// A record of which something was erased has the five highest bits of its length set, and between the
/// header and the payload the 32 bytes SHA-256 of the record that stood there: the next record continues that one.
///
/// A transaction that is too large for one record is a series of them, of which all but the last are `continued`. A series
/// without its last record never happened.
///
/// @param sequence  1, 2, 3 ... over all files, without gaps; first in the JSON so that it can be
///                  read without reading the rest
/// @param continued whether the transaction goes on in the next record; left out of the JSON if not
record JournalRecord(long sequence, @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean continued, List<JournalEntry> entries) {
    static final int HEADER = 4 + 4 + 32;
    static final int ERASED_HEADER = HEADER + 32;
    static final int ERASED = 0xF8 << 24;
    static final int MAX_PAYLOAD = (1 << 27) - 1;
    /// What [#head] needs of a payload's beginning.
    static final int HEAD_BYTES = 128;

    /// How a record begins.
    ///
    /// @param sequence 0 if it says none
    /// @param kind     of its first entry
    record Head(long sequence, boolean continued, String kind) {}

    JournalRecord(long sequence, List<JournalEntry> entries) {
        this(sequence, false, entries);
    }

    @JsonCreator
    static JournalRecord of(@JsonProperty("sequence") long sequence, @JsonProperty("continued") Optional<Boolean> continued,
            @JsonProperty("entries") List<JournalEntry> entries) {
        return new JournalRecord(sequence, continued.orElse(false), entries);
    }

    /// @throws IllegalArgumentException if it is larger than [#MAX_PAYLOAD]
    byte[] bytes(byte[] previous) {
        var payload = Json.write(this).getBytes(StandardCharsets.UTF_8);
        if (payload.length > MAX_PAYLOAD)
            throw new IllegalArgumentException("A transaction of " + payload.length + " bytes, the most is " + MAX_PAYLOAD);
        var record = ByteBuffer.allocate(HEADER + payload.length);
        record.putInt(payload.length).putInt(0).put(previous).put(payload).flip();
        record.putInt(4, checksum(record));
        return record.array();
    }

    /// The record in place of another one, of which something was erased.
    byte[] bytesInPlaceOf(byte[] previous, byte[] original) {
        var payload = Json.write(this).getBytes(StandardCharsets.UTF_8);
        var record = ByteBuffer.allocate(ERASED_HEADER + payload.length);
        record.putInt(ERASED | payload.length).putInt(0).put(previous).put(original).put(payload).flip();
        record.putInt(4, checksum(record));
        return record.array();
    }

    static boolean isErased(int length) {
        return (length & ERASED) == ERASED;
    }

    static JournalRecord parse(byte[] payload) {
        return Json.MAPPER.readValue(payload, JournalRecord.class);
    }

    /// The head of `payload`, which may be cut after [#HEAD_BYTES].
    static Head head(byte[] payload) {
        long sequence = 0;
        boolean continued = false;
        try (var parser = Json.MAPPER.createParser(payload)) {
            boolean named = parser.nextToken() == JsonToken.START_OBJECT && "sequence".equals(parser.nextName());
            if (named && parser.nextToken() == JsonToken.VALUE_NUMBER_INT) sequence = parser.getLongValue();
            var name = parser.nextName();
            if ("continued".equals(name)) {
                continued = parser.nextToken() == JsonToken.VALUE_TRUE;
                name = parser.nextName();
            }
            boolean entry = "entries".equals(name) && parser.nextToken() == JsonToken.START_ARRAY
                    && parser.nextToken() == JsonToken.START_OBJECT && "kind".equals(parser.nextName());
            return new Head(sequence, continued, entry && parser.nextToken() == JsonToken.VALUE_STRING ? parser.getString() : "");
        } catch (JacksonException e) {
            return new Head(sequence, continued, ""); // its checksum is right, so somebody wrote this by hand: the chain check reports it
        }
    }

    /// CRC32C of a whole record, leaving out the four bytes where it is kept.
    static int checksum(ByteBuffer record) {
        var crc = new CRC32C();
        crc.update(record.slice(0, 4));
        crc.update(record.slice(8, record.limit() - 8));
        return (int) crc.getValue();
    }
}
