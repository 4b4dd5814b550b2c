package pilothouse.modelfiles;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import pilothouse.problems.ProblemException;

/// The keys of a GGUF file and their values, which stay in the mapped file until one is asked for.
///
/// A getter answers empty for an absent key, and throws a [ProblemException] naming file, key and the type found if the
/// value is of another kind than asked for. Valid until the file is closed. Any thread.
public final class Metadata {
    /// Length and one byte of key, type, one byte of value.
    static final long LEAST_ENTRY_BYTES = 8 + 1 + 4 + 1;

    private static final long MOST_KEYS = 10_000;
    private static final long MOST_KEY_BYTES = 65_535;
    private static final long MOST_STRING_BYTES = 16 << 20;
    private static final long MOST_ELEMENTS = 2_000_000;
        private static final long STRING_OVERHEAD = 64; // of a String and its place in a list, in memory
    private static final long MOST_LIST_BYTES = 48 << 20;

    /// @param values the bytes of a scalar, of a string without its length, or of all elements
    private record Value(ValueType type, ValueType element, long count, MemorySegment values) {
        @Override
        public String toString() {
            return type == ValueType.ARRAY ? "an array of " + count + " values, each " + element.label() : type.label();
        }
    }

    private final String file;
    private final Map<String, Value> values = new LinkedHashMap<>();

    private Metadata(String file) {
        this.file = file;
    }

    static Metadata read(ByteCursor from, long count) {
        if (count > MOST_KEYS)
            throw from.broken("metadata count", "it says " + count + ", the most that is read is " + MOST_KEYS);
        var metadata = new Metadata(from.file());
        for (long i = 0; i < count; i++) {
            var key = from.readString("metadata key " + i, MOST_KEY_BYTES);
            if (key.isEmpty()) throw from.broken("metadata key " + i, "the name is empty");
            if (metadata.values.put(key, readValue(from, key)) != null)
                throw from.broken(key, "the key stands there twice");
        }
        return metadata;
    }

    private static Value readValue(ByteCursor from, String key) {
        var type = readType(from, key);
        if (type == ValueType.STRING)
            return new Value(type, type, 1, from.readStringBytes(key, MOST_STRING_BYTES));
        if (type != ValueType.ARRAY) return new Value(type, type, 1, checkedScalar(from, key, type));
        var element = readType(from, key + " (element type)");
        if (element == ValueType.ARRAY) throw from.broken(key, "an array holds arrays, which no model file needs");
        long count = from.readCount(key + " (count)", element.leastBytes(), Long.MAX_VALUE);
        if (element != ValueType.STRING)
            return new Value(type, element, count, from.readBytes(key, count * element.leastBytes()));
        return new Value(type, element, count, stringElements(from, key, count));
    }

    private static ValueType readType(ByteCursor from, String field) {
        int number = from.readI32(field + " (type)");
        return ValueType.of(number).orElseThrow(() -> from.broken(field, "the value type " + number + " is unknown"));
    }

    private static MemorySegment checkedScalar(ByteCursor from, String key, ValueType type) {
        var value = from.readBytes(key, type.leastBytes());
        if (type == ValueType.BOOL && (value.get(ValueLayout.JAVA_BYTE, 0) & 0xFE) != 0)
            throw from.broken(key, "a yes-or-no value is " + (value.get(ValueLayout.JAVA_BYTE, 0) & 0xFF));
        return value;
    }

    /// Walks over the strings so that each length is checked once, here.
    private static MemorySegment stringElements(ByteCursor from, String key, long count) {
        var rest = from.here();
        long start = from.position();
        for (long i = 0; i < count; i++) from.skipString(key, MOST_STRING_BYTES);
        return rest.asSlice(0, from.position() - start);
    }

    public Set<String> keys() {
        return Collections.unmodifiableSet(values.keySet());
    }

    public Optional<String> string(String key) {
        return find(key, ValueType.STRING).map(value -> ByteCursor.decode(file, key, value.values()));
    }

    /// A whole number of any width.
    public OptionalLong integer(String key) {
        var found = values.get(key);
        if (found == null) return OptionalLong.empty();
        if (!found.type().whole()) throw wrong(key, found, "a whole number");
        return OptionalLong.of(wholeAt(key, found, 0));
    }

    /// A number of any kind.
    public OptionalDouble real(String key) {
        var found = values.get(key);
        if (found == null) return OptionalDouble.empty();
        if (found.type().whole()) return OptionalDouble.of(wholeAt(key, found, 0));
        return switch (found.type()) {
            case F32 -> OptionalDouble.of(found.values().get(Blocks.FLOAT, 0));
            case F64 -> OptionalDouble.of(Double.longBitsToDouble(ValueType.I64.whole(found.values(), 0)));
            default -> throw wrong(key, found, "a number");
        };
    }

    public Optional<Boolean> flag(String key) {
        return find(key, ValueType.BOOL).map(value -> value.values().get(ValueLayout.JAVA_BYTE, 0) != 0);
    }

    /// The elements of an array of strings; empty if the key is absent.
    public List<String> strings(String key) {
        var found = array(key, ValueType.STRING);
        if (found.isEmpty()) return List.of();
        long bytes = found.get().values().byteSize() + STRING_OVERHEAD * found.get().count();
        if (bytes > MOST_LIST_BYTES)
            throw ByteCursor.broken(file, key, "the texts take " + bytes + " bytes, the most that is read is " + MOST_LIST_BYTES);
        var from = new ByteCursor(file, found.get().values());
        var texts = new ArrayList<String>((int) found.get().count());
        for (int i = 0; i < found.get().count(); i++) texts.add(from.readString(key, MOST_STRING_BYTES));
        return Collections.unmodifiableList(texts);
    }

    /// The elements of an array of whole numbers of any width; empty if the key is absent.
    public long[] integers(String key) {
        var found = values.get(key);
        if (found == null) return new long[0];
        if (found.type() != ValueType.ARRAY || !found.element().whole()) throw wrong(key, found, "an array of whole numbers");
        var numbers = new long[elements(key, found)];
        for (int i = 0; i < numbers.length; i++) numbers[i] = wholeAt(key, found, i);
        return numbers;
    }

    /// The elements of an array of f32; empty if the key is absent.
    public float[] reals(String key) {
        var found = array(key, ValueType.F32);
        if (found.isEmpty()) return new float[0];
        var numbers = new float[elements(key, found.get())];
        for (int i = 0; i < numbers.length; i++) numbers[i] = found.get().values().get(Blocks.FLOAT, 4L * i);
        return numbers;
    }

    public String requireString(String key) {
        return string(key).orElseThrow(() -> missing(key));
    }

    /// @return the whole number at `key`, `low` to `high`
    /// @throws ProblemException if it is absent, of another type, or outside of the range
    public int requireInt(String key, int low, int high) {
        long value = integer(key).orElseThrow(() -> missing(key));
        if (value < low || value > high)
            throw ByteCursor.broken(file, key, "the value is " + value + ", it must be " + low + " to " + high);
        return (int) value;
    }

    public double requireReal(String key) {
        return real(key).orElseThrow(() -> missing(key));
    }

    private Optional<Value> find(String key, ValueType type) {
        var found = Optional.ofNullable(values.get(key));
        found.filter(value -> value.type() != type).ifPresent(value -> {
            throw wrong(key, value, type.label());
        });
        return found;
    }

    private Optional<Value> array(String key, ValueType element) {
        var found = find(key, ValueType.ARRAY);
        found.filter(value -> value.element() != element).ifPresent(value -> {
            throw wrong(key, value, "an array of " + element.label());
        });
        return found;
    }

    private int elements(String key, Value array) {
        if (array.count() > MOST_ELEMENTS)
            throw ByteCursor.broken(file, key, "there are " + array.count() + " values, the most that is read is " + MOST_ELEMENTS);
        return (int) array.count();
    }

    private long wholeAt(String key, Value value, long index) {
        long number = value.element().whole(value.values(), index);
        if (number < 0 && value.element() == ValueType.U64)
            throw ByteCursor.broken(file, key, "the value is " + Long.toUnsignedString(number) + ", which is too big");
        return number;
    }

    private ProblemException missing(String key) {
        return new ProblemException("The model file does not say " + key, file, "Choose a complete GGUF file.");
    }

    private ProblemException wrong(String key, Value found, String wanted) {
        return ByteCursor.broken(file, key, "there is " + found + " where " + wanted + " is needed");
    }
}
