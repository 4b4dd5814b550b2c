package pilothouse.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/// The program's JSON: records in and out, unknown keys ignored, times as ISO-8601 text.
public final class Json {
    private static final int DEPTH = 200;

    /// The one mapper. Immutable and safe for use from any thread.
    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH).build()).build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private Json() {}

    /// @throws JacksonException if `text` is not JSON
    public static JsonNode parse(String text) {
        return MAPPER.readTree(text);
    }

    /// `value` (record, map, list, node) as compact JSON text.
    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /// `value` as indented JSON text, for people.
    public static String pretty(Object value) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    }
}
