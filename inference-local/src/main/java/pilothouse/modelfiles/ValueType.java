package pilothouse.modelfiles;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/// Kinds of metadata values; the ordinal is GGUF's number.
enum ValueType {
    U8("a u8", 1), I8("an i8", 1), U16("a u16", 2), I16("an i16", 2), U32("a u32", 4), I32("an i32", 4), F32("an f32", 4),
    BOOL("a yes or no", 1), STRING("a text", 8), ARRAY("an array", 12), U64("a u64", 8), I64("an i64", 8), F64("an f64", 8);

    private final String label;
    private final int leastBytes;

    ValueType(String label, int leastBytes) {
        this.label = label;
        this.leastBytes = leastBytes;
    }

    static Optional<ValueType> of(int number) {
        return number >= 0 && number < values().length ? Optional.of(values()[number]) : Optional.empty();
    }

    /// With its article, for messages.
    String label() {
        return label;
    }

    /// Its size, or the least of what varies.
    int leastBytes() {
        return leastBytes;
    }

    boolean whole() {
        return switch (this) {
            case F32, BOOL, STRING, ARRAY, F64 -> false;
            default -> true;
        };
    }

    /// Element `index` of `values`; a u64 above the range of long comes out negative.
    long whole(MemorySegment values, long index) {
        return switch (this) {
            case U8 -> values.get(ValueLayout.JAVA_BYTE, index) & 0xFF;
            case I8 -> values.get(ValueLayout.JAVA_BYTE, index);
            case U16 -> values.get(Blocks.SHORT, 2 * index) & 0xFFFF;
            case I16 -> values.get(Blocks.SHORT, 2 * index);
            case U32 -> values.get(Blocks.INT, 4 * index) & 0xFFFFFFFFL;
            case I32 -> values.get(Blocks.INT, 4 * index);
            case U64, I64 -> values.get(ByteCursor.LONG, 8 * index);
            default -> throw new IllegalArgumentException(this + " is not a whole number");
        };
    }
}
