package pilothouse.store;

/// How far the journal has been brought into the tables.
///
/// @param sequence number of the last record; 0 before the first
/// @param hash     its SHA-256; zeros before the first
record Position(long sequence, byte[] hash) {
    static final Position START = new Position(0, new byte[32]);
}
