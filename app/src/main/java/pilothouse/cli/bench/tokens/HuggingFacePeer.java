package pilothouse.cli.bench.tokens;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.tokens.Vocabulary;

/// HuggingFace's `tokenizers` (Rust) through DJL, from a jar that is no part of the program: so by reflection. It gets the same
/// vocabulary as we, as a `tokenizer.json` made of it.
final class HuggingFacePeer implements AutoCloseable {
    private final URLClassLoader loader;
    private final Object tokenizer;
    private final Method encode;
    private final Method ids;

    /// @param jar    `ai.djl.huggingface:tokenizers`
    /// @param folder where its library and the vocabulary may be put
    /// @throws ProblemException if it cannot be used
    HuggingFacePeer(Path jar, Path folder, Vocabulary vocabulary) {
        if (!Files.isRegularFile(jar)) throw new ProblemException("There is no such file", jar.toString(),
                "Fetch it: mvn dependency:get -Dartifact=ai.djl.huggingface:tokenizers:0.36.0, then give its place.");
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("DJL_CACHE_DIR", folder.toString());
        var before = Thread.currentThread().getContextClassLoader();
        try {
            var json = Files.writeString(folder.resolve("tokenizer.json"), json(vocabulary));
            loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, HuggingFacePeer.class.getClassLoader());
            Thread.currentThread().setContextClassLoader(loader); // where DJL looks for its native library
            var type = loader.loadClass("ai.djl.huggingface.tokenizers.HuggingFaceTokenizer");
            tokenizer = type.getMethod("newInstance", Path.class, Map.class).invoke(null, json,
                    Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false", "modelMaxLength", "100000000"));
            encode = type.getMethod("encode", String.class, boolean.class, boolean.class);
            ids = loader.loadClass("ai.djl.huggingface.tokenizers.Encoding").getMethod("getIds");
        } catch (IOException | ReflectiveOperationException e) {
            throw unusable(jar, e);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    int[] encode(String text) {
        try {
            var found = (long[]) ids.invoke(encode.invoke(tokenizer, text, false, false));
            return Arrays.stream(found).mapToInt(Math::toIntExact).toArray();
        } catch (ReflectiveOperationException e) {
            throw unusable(Path.of("peer"), e);
        }
    }

    private static ProblemException unusable(Path jar, Exception e) {
        var cause = e instanceof InvocationTargetException ? e.getCause() : e;
        return new ProblemException(new Problem("HuggingFace's tokenizers cannot be used: " + cause, jar.toString(), "Give the jar of version 0.36.0, or leave the peer out."), e);
    }

    private static String json(Vocabulary vocabulary) {
        var added = new ArrayList<Object>();
        var ids = new LinkedHashMap<String, Object>();
        for (int id = 0; id < vocabulary.tokens().size(); id++) {
            ids.put(vocabulary.tokens().get(id), id);
            if (vocabulary.types()[id] == Vocabulary.CONTROL) added.add(Map.of("id", id, "content", vocabulary.tokens().get(id), "single_word", false, "lstrip", false,
                    "rstrip", false, "normalized", false, "special", true));
        }
        var digits = Map.of("type", "Digits", "individual_digits", true);
        var bytes = Map.of("type", "ByteLevel", "add_prefix_space", false, "trim_offsets", true, "use_regex", true);
        return Json.write(Map.of("version", "1.0", "added_tokens", added, "pre_tokenizer", Map.of("type", "Sequence", "pretokenizers", List.of(digits, bytes)),
                "decoder", bytes, "model", Map.of("type", "BPE", "fuse_unk", false, "byte_fallback", false, "vocab", ids, "merges", vocabulary.merges())));
    }

    @Override
    public void close() {
        try {
            ((AutoCloseable) tokenizer).close();
            loader.close();
        } catch (Exception e) {
            throw unusable(Path.of("peer"), e);
        }
    }
}
