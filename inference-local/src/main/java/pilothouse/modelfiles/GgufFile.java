package pilothouse.modelfiles;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import pilothouse.problems.ProblemException;
import pilothouse.tokens.Vocabulary;

/// A model file in the GGUF format, mapped into memory; its header is validated as a whole before anything is
/// allocated for it. Versions 2 and 3, little-endian. Any thread; [#close] ends the mapping, and every segment with it.
public final class GgufFile implements AutoCloseable {
    private static final int MAGIC = 0x46554747; // "GGUF"
    private static final int MOST_ALIGNMENT = 1 << 20;

    private final Path path;
    private final Arena arena;
    private final MemorySegment bytes;
    private final Metadata metadata;
    private final Map<String, TensorEntry> tensors;

    private GgufFile(Path path, Arena arena, MemorySegment bytes) {
        this.path = path;
        this.arena = arena;
        this.bytes = bytes;
        var from = new ByteCursor(path.toString(), bytes);
        readVersion(from);
        long tensorCount = from.readCount("tensor count", TensorTable.LEAST_ENTRY_BYTES, Long.MAX_VALUE);
        long keyCount = from.readCount("metadata count", Metadata.LEAST_ENTRY_BYTES, Long.MAX_VALUE);
        this.metadata = Metadata.read(from, keyCount);
        this.tensors = TensorTable.read(from, tensorCount, alignment(from));
    }

    /// Maps and validates `path`.
    ///
    /// @throws ProblemException if it is not there, cannot be read, or is not a whole GGUF file: names file, field and value
    public static GgufFile open(Path path) {
        var arena = Arena.ofShared();
        try {
            return new GgufFile(path, arena, map(path, arena));
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    private static MemorySegment map(Path path, Arena arena) {
        if (Files.isDirectory(path))
            throw new ProblemException("A folder is not a model file", path.toString(), "Choose a .gguf file.");
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        } catch (NoSuchFileException _) {
            throw new ProblemException("The model file is not there", path.toString(), "Check the path, or add the model again.");
        } catch (IOException e) {
            throw new ProblemException("The model file cannot be read: " + e.getMessage(), path.toString(),
                    "Check that the file can be read by you.");
        }
    }

    private static void readVersion(ByteCursor from) {
        int magic = from.readI32("magic");
        if (magic != MAGIC) throw from.broken("magic", "the file does not begin with GGUF");
        int version = from.readI32("version");
        if ((version & 0xFFFF) == 0 && version != 0)
            throw new ProblemException("The model file is big-endian", from.file(), "Choose the little-endian file of this model.");
        if (version != 2 && version != 3)
            throw new ProblemException("The model file has GGUF version " + Integer.toUnsignedString(version)
                    + " in field version; 2 and 3 are read", from.file(), "Convert the model again with a current llama.cpp.");
    }

    private int alignment(ByteCursor from) {
        long alignment = metadata.integer("general.alignment").orElse(32);
        if (alignment < 1 || alignment > MOST_ALIGNMENT || Long.bitCount(alignment) != 1)
            throw from.broken("general.alignment", "the value " + alignment + " is not a power of two up to " + MOST_ALIGNMENT);
        return (int) alignment;
    }

    public Path path() {
        return path;
    }

    /// Bytes of the whole file.
    public long size() {
        return bytes.byteSize();
    }

    public Metadata metadata() {
        return metadata;
    }

    /// `general.architecture`, such as `llama`: the prefix of the keys that describe the network.
    public String architecture() {
        return metadata.requireString("general.architecture");
    }

    /// By name, in the order of the file.
    public Map<String, TensorEntry> tensors() {
        return tensors;
    }

    public Optional<TensorEntry> tensor(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    /// @throws ProblemException if there is no such tensor, or its type is one that is not read
    public TensorEntry requireTensor(String name) {
        var entry = tensor(name).orElseThrow(() -> new ProblemException("The model file has no tensor " + name,
                path.toString(), "Choose a complete file of a supported model."));
        if (!entry.type().readable())
            throw new ProblemException("Tensor " + name + " is stored as " + entry.type() + ", which is not supported",
                    path.toString(), "Choose a file in Q4_0, Q4_1, Q4_K, Q5_0, Q5_1, Q5_K, Q6_K, Q8_0, F16, BF16 or F32.");
        return entry;
    }

    /// The stored bytes of a tensor, in the mapped file.
    public MemorySegment data(TensorEntry tensor) {
        return bytes.asSlice(tensor.offset(), tensor.bytes());
    }

    /// Decodes one row.
    ///
    /// @param row 0 … [TensorEntry#rows] − 1, as stored
    /// @param into takes [TensorEntry#rowLength] floats from `at` on
    public void decodeRow(TensorEntry tensor, long row, float[] into, int at) {
        var stored = data(tensor).asSlice(row * tensor.bytesPerRow(), tensor.bytesPerRow());
        Blocks.decode(tensor.type(), stored, Math.toIntExact(tensor.rowLength()), into, at);
    }

    /// The tokens of `tokenizer.ggml.*`.
    ///
    /// @throws ProblemException if there are none, or their parts contradict each other
    public Vocabulary vocabulary() {
        return new VocabularyReader(path.toString(), metadata).read();
    }

    /// `tokenizer.chat_template`: Jinja source.
    public Optional<String> chatTemplate() {
        return metadata.string("tokenizer.chat_template");
    }

    @Override
    public void close() {
        arena.close();
    }
}
