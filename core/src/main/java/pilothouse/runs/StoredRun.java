package pilothouse.runs;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;
import pilothouse.json.Json;
import pilothouse.messages.Part;
import pilothouse.problems.Problem;
import pilothouse.safety.SecretRule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// A run's form as JSON: its fields by their names, times as ISO-8601, durations in seconds to the
/// nanosecond.
final class StoredRun {
    private static final JsonMapper MAPPER = Json.MAPPER.rebuild().enable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .addMixIn(Part.class, KindOfPart.class).addMixIn(Run.class, WithoutStoring.class).build();

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
    private interface KindOfPart {}

    private interface WithoutStoring {
        @JsonIgnore
        Optional<Problem> notStored();
    }

    private StoredRun() {}

    static String write(Run run) {
        return MAPPER.writeValueAsString(run);
    }

    static Run read(String json) {
        return MAPPER.readValue(json, Run.class);
    }

    /// `run` with every secret in any of its texts replaced by its mask, whatever field it is in.
    static Run masked(Run run, SecretRule secrets) {
        return MAPPER.treeToValue(masked(MAPPER.valueToTree(run), secrets), Run.class);
    }

    private static JsonNode masked(JsonNode node, SecretRule secrets) {
        var nodes = JsonNodeFactory.instance;
        return switch (node.getNodeType()) {
            case STRING -> nodes.stringNode(secrets.mask(node.asString()));
            case ARRAY -> {
                var list = nodes.arrayNode();
                for (var element : node) list.add(masked(element, secrets));
                yield list;
            }
            case OBJECT -> {
                var fields = nodes.objectNode();
                node.properties().forEach(e -> fields.set(secrets.mask(e.getKey()), masked(e.getValue(), secrets)));
                yield fields;
            }
            default -> node;
        };
    }
}
