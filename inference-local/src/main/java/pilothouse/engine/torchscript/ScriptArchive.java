package pilothouse.engine.torchscript;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A TorchScript archive: the source text of one class, its attributes empty. Some kilobytes, made in memory; the
/// weights are put in later by calling its methods. Source of the format: libtorch's own loader
/// (`torch/csrc/jit/serialization`), file format version 10.
public final class ScriptArchive {
    /// A declared attribute.
    public sealed interface Attribute {
        String name();

        String type();

        /// At first one fp32 zero.
        record Tensor(String name) implements Attribute {
            @Override
            public String type() {
                return "Tensor";
            }
        }

        /// At first empty.
        ///
        /// @param element type of its elements as TorchScript writes it
        record Sequence(String name, String element) implements Attribute {
            @Override
            public String type() {
                return "List[" + element + "]";
            }
        }
    }

    private static final String ROOT = "m/";
    private static final String CLASS = "Network";
    private static final String MODULE = "__torch__.llm";
    private static final byte[] EMPTY_TUPLE = {(byte) 0x80, 2, ')', '.'};

    private final List<Attribute> attributes;
    private final String methods;

    /// @param methods TorchScript source of the methods, each indented by two spaces and with a plain `self`
    public ScriptArchive(List<Attribute> attributes, String methods) {
        this.attributes = List.copyOf(attributes);
        this.methods = methods.replaceAll("(def \\w+\\(self)", "$1: " + MODULE + "." + CLASS);
    }

    /// The class as libtorch reads it. `training` is there because DJL switches every module to evaluation.
    public String source() {
        var text = new StringBuilder("class ").append(CLASS)
                .append("(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n");
        for (var attribute : attributes)
            text.append("  ").append(attribute.name()).append(" : ").append(attribute.type()).append('\n');
        return text.append(methods).toString();
    }

    /// The archive's bytes, a zip.
    public byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            entry(zip, "data.pkl", pickle());
            entry(zip, "code/" + MODULE.replace('.', '/') + ".py", source().getBytes(StandardCharsets.UTF_8));
            entry(zip, "data/0", new byte[Float.BYTES]);
            entry(zip, "constants.pkl", EMPTY_TUPLE);
            entry(zip, "version", "10\n".getBytes(StandardCharsets.US_ASCII));
            entry(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var crc = new CRC32();
        crc.update(content);
        var entry = new ZipEntry(ROOT + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /// The module object: an instance of the class, and one pair for each attribute.
    private byte[] pickle() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.write(new byte[] {(byte) 0x80, 2}); // protocol 2
            global(out, MODULE, CLASS);
            out.writeBytes(")\u0081}("); // empty tuple, new object, empty dict, mark
            text(out, "training");
            out.write(0x89); // false
            for (var attribute : attributes) {
                text(out, attribute.name());
                switch (attribute) {
                    case Attribute.Tensor _ -> zero(out);
                    case Attribute.Sequence list -> emptyList(out, list);
                }
            }
            out.writeBytes("ub."); // set items, build, stop
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void emptyList(DataOutputStream out, Attribute.Sequence list) throws IOException {
        global(out, "torch.jit._pickle", "restore_type_tag");
        out.writeBytes("(]");
        text(out, list.type());
        out.writeBytes("tR");
    }

    private static void zero(DataOutputStream out) throws IOException {
        global(out, "torch._utils", "_rebuild_tensor_v2");
        out.writeBytes("((");
        text(out, "storage");
        global(out, "torch", "FloatStorage");
        text(out, "0");
        text(out, "cpu");
        out.writeBytes("K\u0001tQ"); // one element; the storage by its key
        out.writeBytes("K\u0000(K\u0001t(K\u0001t\u0089"); // offset 0, shape (1), stride (1), no gradient
        global(out, "collections", "OrderedDict");
        out.writeBytes(")RtR");
    }

    private static void global(DataOutputStream out, String module, String name) throws IOException {
        out.writeBytes("c" + module + "\n" + name + "\n");
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        out.writeInt(Integer.reverseBytes(utf8.length));
        out.write(utf8);
    }
}
