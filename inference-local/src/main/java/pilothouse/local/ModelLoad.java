package pilothouse.local;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// A model to be loaded by the engine.
///
/// @param model     its name in requests
/// @param precision `int4`, `bf16` or `fp32`; absent = the one that suits the file
/// @param context   tokens of its key/value cache; absent = the engine's choice
public record ModelLoad(String model, Path path, Optional<String> precision, OptionalInt context) {
    Map<String, Object> body() {
        var body = new TreeMap<String, Object>(Map.of("model", model, "path", path.toAbsolutePath().toString()));
        precision.ifPresent(p -> body.put("precision", p));
        context.ifPresent(c -> body.put("context", c));
        return body;
    }
}
