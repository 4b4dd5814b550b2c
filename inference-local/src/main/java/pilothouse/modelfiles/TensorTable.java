package pilothouse.modelfiles;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.HashSet;

/// Reads and validates the tensor part of a GGUF header: every tensor lies within the file, aligned, on its own.
final class TensorTable {
    private static final long MOST_TENSORS = 100_000;
    private static final long MOST_NAME_BYTES = 512;
    private static final int MOST_DIMENSIONS = 4;

    /// @param offset relative to the start of the data
    private record Raw(String name, long[] ne, TensorType type, long offset, long bytes) {
        String field() {
            return "tensor " + name;
        }
    }

    /// Least bytes of an entry: length and one byte of name, number of dimensions, one size, type, offset.
    static final long LEAST_ENTRY_BYTES = 8 + 1 + 4 + 8 + 4 + 8;

    private TensorTable() {}

    /// @param alignment of the data and of each tensor in it
    static Map<String, TensorEntry> read(ByteCursor from, long count, int alignment) {
        if (count > MOST_TENSORS)
            throw from.broken("tensor count", "it says " + count + ", the most that is read is " + MOST_TENSORS);
        var raws = new ArrayList<Raw>();
        Set<String> names = new HashSet<>();
        for (long i = 0; i < count; i++) {
            var raw = readEntry(from, i);
            if (!names.add(raw.name())) throw from.broken(raw.field(), "the name stands there twice");
            if (raw.offset() % alignment != 0)
                throw from.broken(raw.field(), "the offset " + raw.offset() + " is not a multiple of " + alignment);
            raws.add(raw);
        }
        long padding = (alignment - from.position() % alignment) % alignment;
        return place(from, raws, from.position() + padding, from.left() - padding);
    }

    private static Raw readEntry(ByteCursor from, long index) {
        var name = from.readString("name of tensor " + index, MOST_NAME_BYTES);
        if (name.isEmpty()) throw from.broken("name of tensor " + index, "the name is empty");
        var field = "tensor " + name;
        var ne = readSizes(from, field);
        int number = from.readI32(field + " (type)");
        var type = TensorType.of(number)
                .orElseThrow(() -> from.broken(field, "the weight type " + number + " is unknown"));
        if (ne[0] % type.weightsPerBlock() != 0)
            throw from.broken(field, "rows of " + ne[0] + " are not whole blocks of " + type.weightsPerBlock() + " (" + type + ")");
        long offset = from.readI64(field + " (offset)");
        return new Raw(name, ne, type, offset, size(from, field, ne, type));
    }

    private static long[] readSizes(ByteCursor from, String field) {
        int dimensions = from.readI32(field + " (dimensions)");
        if (dimensions < 1 || dimensions > MOST_DIMENSIONS)
            throw from.broken(field, "there are " + Integer.toUnsignedString(dimensions) + " dimensions, it must be 1 to " + MOST_DIMENSIONS);
        var ne = new long[dimensions];
        for (int d = 0; d < dimensions; d++) {
            ne[d] = from.readI64(field + " (size " + d + ")");
            if (ne[d] < 1) throw from.broken(field, "size " + d + " is " + Long.toUnsignedString(ne[d]));
        }
        return ne;
    }

    private static long size(ByteCursor from, String field, long[] ne, TensorType type) {
        try {
            long blocks = ne[0] / type.weightsPerBlock();
            for (int d = 1; d < ne.length; d++) blocks = Math.multiplyExact(blocks, ne[d]);
            Math.multiplyExact(blocks, type.weightsPerBlock());
            return Math.multiplyExact(blocks, (long) type.bytesPerBlock());
        } catch (ArithmeticException _) {
            throw from.broken(field, "the product of the sizes is too big");
        }
    }

    private static Map<String, TensorEntry> place(ByteCursor from, List<Raw> raws, long start, long room) {
        var tensors = new LinkedHashMap<String, TensorEntry>();
        for (var raw : raws) {
            if (raw.offset() < 0 || raw.bytes() > room || raw.offset() > room - raw.bytes())
                throw from.broken(raw.field(), "it takes " + raw.bytes() + " bytes from " + Long.toUnsignedString(raw.offset())
                        + " on, but there are only " + Math.max(0, room) + " bytes of data");
            tensors.put(raw.name(), new TensorEntry(raw.name(), raw.ne(), raw.type(), start + raw.offset(), raw.bytes()));
        }
        var inOrder = new ArrayList<>(raws);
        inOrder.sort(Comparator.comparingLong(Raw::offset));
        for (int i = 1; i < inOrder.size(); i++) {
            var before = inOrder.get(i - 1);
            if (inOrder.get(i).offset() < before.offset() + before.bytes())
                throw from.broken(inOrder.get(i).field(), "it overlaps " + before.field());
        }
        return Collections.unmodifiableMap(tensors);
    }
}
