package pilothouse.formats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import pilothouse.archives.RawZip;

/// Archives as an attacker makes them, each a good export with one thing in it that must be refused.
final class HostileArchives {
    private static final int LINK = 0120777;
    private static final int DEVICE = 0020666;

    private static final List<String> NAMES = List.of("../evil.prompt", "prompts/../../evil.prompt", "..", "../", "./a.prompt", "a/./b.prompt", "/etc/passwd",
            "//server/share/a", "C:\\evil.prompt", "C:evil.prompt", "\\\\server\\a", "a\\..\\..\\evil.prompt", "prompts\\a.prompt", "a//b.prompt",
            "a\u0000.prompt", "a.prompt\u0000.zip", "a\nb.prompt", "a\u0007b", "a\u001bc", "a\u007fb", "a\u2028b", "con", "CON", "con.prompt", "prompts/nul",
            "aux.txt", "prn.a.b", "com1", "LPT9.prompt", "com¹", "conin$", "clock/com0.x", "a.", "a ", " a", "prompts/a./b", "prompts/a /b", "...", "a/...",
            "a:b", "a*b", "a?b", "a\"b", "a<b", "a>b", "a|b", "file:stream", "x".repeat(300), "p/" + "y".repeat(241), "z/".repeat(600) + "a", "ü".repeat(130),
            "", "a//", "prompts/a/../../..", "~/../x", "a/..", "..\\evil", "..%2fx\u0001", "\u0000", "//", "/", "a/\u0000/b", "a\r\nb", "tab\tname");

    private static final List<List<String>> TWINS = List.of(List.of("A.txt", "a.txt"), List.of("\u00e9", "e\u0301"), List.of("x/Y", "X/y"),
            List.of("same", "same"), List.of("ß", "ss"), List.of("ﬁle", "file"), List.of("Σ", "ς"), List.of("K", "\u212a"), List.of("dir", "dir/file"),
            List.of("DIR", "dir/file"), List.of("manifest.json", "MANIFEST.JSON"));

    private static final List<String> MANIFESTS = List.of("", "null", "[]", "{}", "\"x\"", "0", "{\"format\":\"other\",\"version\":1,\"prompts\":[]}",
            "{\"format\":\"pilothouse-export\",\"version\":2,\"prompts\":[]}", "{\"format\":\"pilothouse-export\",\"version\":1,\"prompts\":null}",
            "{\"format\":\"pilothouse-export\",\"version\":1,\"prompts\":[null]}", "{\"format\":\"pilothouse-export\",\"version\":1,\"prompts\":[{}]}",
            "{\"format\":\"pilothouse-export\",\"version\":1e99,\"prompts\":[]}", "[".repeat(100_000), "{\"a\":".repeat(100_000), "{\"format\":\"" + "x".repeat(1 << 20),
            "{\"format\":\"pilothouse-export\",\"version\":1,\"prompts\":[{\"name\":\"a\",\"id\":\"x\",\"file\":\"../../etc/passwd\",\"sha256\":\"0\"}]}",
            "{\"format\":\"pilothouse-export\",\"version\":1,\"prompts\":[{\"name\":\"a\",\"id\":\"x\",\"file\":\"manifest.json\",\"sha256\":\"0\"}]}",
            "9".repeat(1 << 20), "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>", "\ufeff{}", "{\"format\":\"\\ud800\"}");

    private final Path folder;
    private final byte[] good;
    private final List<Entry> entries;
    private int count;

    /// @param content of a good export
    record Entry(String name, byte[] content) {}

    /// @param good    a good export as a zip file
    /// @param entries the same
    HostileArchives(Path folder, byte[] good, List<Entry> entries) {
        this.folder = folder;
        this.good = good;
        this.entries = entries;
    }

    /// Writes all into the folder; returns how many.
    int write() throws IOException {
        for (var name : NAMES) with("name", zip -> zip.add(name).content("evil".getBytes(StandardCharsets.UTF_8)));
        for (var twins : TWINS) with("twins", zip -> twins.forEach(name -> zip.add(name).content(new byte[1])));
        for (var manifest : MANIFESTS) manifest(manifest);
        links();
        bombs();
        lies();
        damages();
        return count;
    }

    private void links() throws IOException {
        with("link", zip -> zip.add("prompts/link").content("/etc/passwd".getBytes(StandardCharsets.UTF_8)).unixMode(LINK));
        with("link", zip -> zip.add("ids").content("..".getBytes(StandardCharsets.UTF_8)).unixMode(LINK));
        with("device", zip -> zip.add("zero").unixMode(DEVICE));
        with("pipe", zip -> zip.add("pipe").unixMode(0010666));
        for (var target : List.of("/etc/passwd", "..", "nowhere")) {
            var place = next("folder-with-link", "");
            unpack(place);
            Files.createSymbolicLink(place.resolve("prompts/link.prompt"), Path.of(target));
        }
        var place = next("folder-that-is-linked-into", "");
        unpack(place);
        Files.move(place.resolve("prompts"), place.resolveSibling(place.getFileName() + "-moved.dir"));
        Files.createSymbolicLink(place.resolve("prompts"), place.resolveSibling(place.getFileName() + "-moved.dir"));
    }

    private void bombs() throws IOException {
        var zeros = RawZip.packedZeros(64);
        for (var name : List.of("manifest.json", "other.prompt", "prompts/a@1.prompt")) {
            with("bomb-that-says-10-GB", zip -> zip.add("b/" + name).packed(zeros).size(10L << 30));
            with("bomb-that-says-2-GB", zip -> zip.add("b/" + name).packed(zeros).size((1L << 31) - 1));
        }
        only("bomb-as-manifest-that-says-a-little", zip -> zip.add("manifest.json").packed(zeros).size(1000));
        only("bomb-as-manifest-that-says-nothing", zip -> zip.add("manifest.json").packed(zeros).size(0));
        only("bomb-as-manifest-that-says-much", zip -> zip.add("manifest.json").packed(zeros).size(32 << 20));
        with("overlapping", zip -> {
            zip.add("o/0").packed(zeros).size(64 << 20);
            for (int i = 1; i < 2000; i++) zip.add("o/" + i).packed(zeros).size(64 << 20).overlapping();
        });
        with("many-that-share-bytes", zip -> {
            zip.add("o/0").content(new byte[1 << 20]);
            for (int i = 1; i < 100; i++) zip.add("o/" + i).content(new byte[1 << 20]).overlapping();
        });
        with("too-many", zip -> {
            for (int i = 0; i < 65_000; i++) zip.add("n/" + "x".repeat(600) + i); // a directory of 42 MB
        });
    }

    private void lies() throws IOException {
        with("encrypted", zip -> zip.add("e").content(new byte[12]).flags(1 << 11 | 1));
        for (int method : new int[] {1, 9, 12, 14, 93, 99}) with("method-" + method, zip -> zip.add("m").content(new byte[12]).method(method));
        with("two-sizes", zip -> zip.add("s").content(new byte[12]).size(13));
        only("manifest-behind-the-end", zip -> zip.add("manifest.json").content("{}".getBytes(StandardCharsets.UTF_8)).offset(1 << 30));
        only("manifest-in-the-directory", zip -> zip.add("manifest.json").content("{}".getBytes(StandardCharsets.UTF_8)).offset(40));
        only("manifest-longer-than-the-file", zip -> zip.add("manifest.json").content("{}".getBytes(StandardCharsets.UTF_8)).deflated().packedSize(1 << 30));
        only("manifest-of-fewer-bytes", zip -> zip.add("manifest.json").content("{}".getBytes(StandardCharsets.UTF_8)).deflated().size(100));
        only("manifest-that-is-no-deflate-stream", zip -> zip.add("manifest.json").packed(new byte[] {-1, -1, -1, -1, -1}).size(100));
        with("no-utf-8", zip -> zip.add(new byte[] {'a', (byte) 0xff, (byte) 0xfe}));
        with("overlong-utf-8", zip -> zip.add(new byte[] {(byte) 0xc0, (byte) 0xae, (byte) 0xc0, (byte) 0xae, '/', 'x'}));
        with("no-flag-but-not-ascii", zip -> zip.add("ü").flags(0));
        with("a-text-too-many", zip -> zip.add("prompts/other@1.prompt").content(new byte[3]));
        for (long claimed : new long[] {0xffff, 0}) write("claimed-entries", good().bytes(claimed, claimed == 0 ? 7 : -1, -1));
        for (long claimed : new long[] {0x7fff_ffffL, 0xffff_fff0L, 1}) write("claimed-bytes", good().bytes(-1, claimed, -1));
        for (long claimed : new long[] {0x7fff_ffffL, 0xffff_fff0L, 0, 3}) write("claimed-offset", good().bytes(-1, -1, claimed));
        for (var text : List.of("", "PK", "PK\u0005\u0006", "not a zip", "PK\u0003\u0004".repeat(1000))) write("no-zip", text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Cut, and with changed bytes in what is read: the directory and the texts.
    private void damages() throws IOException {
        for (int i = 1; i <= 19; i++) write("cut", Arrays.copyOf(good, good.length * i / 20));
        var random = new Random(5);
        for (int i = 0; i < 30; i++) {
            var altered = new ArrayList<>(entries);
            int which = random.nextInt(altered.size());
            var content = altered.get(which).content().clone();
            content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
            altered.set(which, new Entry(altered.get(which).name(), content));
            write("altered-" + altered.get(which).name().replaceAll("[^a-z0-9]", "-"), zip(altered).bytes());
        }
        for (int i = 0; i < entries.size(); i++) {
            var fewer = new ArrayList<>(entries);
            var gone = fewer.remove(i);
            write("without-" + gone.name().replaceAll("[^a-z0-9]", "-"), zip(fewer).bytes());
        }
    }

    private void manifest(String text) throws IOException {
        var altered = new ArrayList<>(entries);
        altered.replaceAll(entry -> entry.name().equals("manifest.json") ? new Entry(entry.name(), text.getBytes(StandardCharsets.UTF_8)) : entry);
        write("manifest", zip(altered).bytes());
    }

    private void with(String kind, Consumer<RawZip> more) throws IOException {
        var zip = good();
        more.accept(zip);
        write(kind, zip.bytes());
    }

    private void only(String kind, Consumer<RawZip> all) throws IOException {
        var zip = new RawZip();
        all.accept(zip);
        write(kind, zip.bytes());
    }

    private RawZip good() {
        return zip(entries);
    }

    private static RawZip zip(List<Entry> entries) {
        var zip = new RawZip();
        for (var entry : entries) zip.add(entry.name()).content(entry.content()).deflated();
        return zip;
    }

    private void unpack(Path place) throws IOException {
        for (var entry : entries) {
            Files.createDirectories(place.resolve(entry.name()).getParent());
            Files.write(place.resolve(entry.name()), entry.content());
        }
    }

    private void write(String kind, byte[] bytes) throws IOException {
        Files.write(next(kind, ".zip"), bytes);
    }

    private Path next(String kind, String ending) {
        return folder.resolve("%03d-%s%s".formatted(++count, kind, ending));
    }
}
