package pilothouse.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
/// @param sequence 1, 2, 3 ... over all files, without gaps; first in the JSON so that it can be
///                 read without reading the rest
record JournalRecord(long sequence, List<JournalEntry> entries) {
    static final int HEADER = 4 + 4 + 32;
    static final int MAX_PAYLOAD = 1 << 27;

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

    static JournalRecord parse(byte[] payload) {
        return Json.MAPPER.readValue(payload, JournalRecord.class);
    }

    /// The sequence number at the head of `payload`; 0 if there is none.
    static long sequenceOf(byte[] payload) {
        try (var parser = Json.MAPPER.createParser(payload)) {
            boolean named = parser.nextToken() == JsonToken.START_OBJECT && "sequence".equals(parser.nextName());
            return named && parser.nextToken() == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : 0;
        } catch (JacksonException e) {
            return 0; // its checksum is right, so somebody wrote this by hand: the chain check reports it
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
