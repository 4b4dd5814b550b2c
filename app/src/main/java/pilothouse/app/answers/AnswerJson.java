package pilothouse.app.answers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;
import pilothouse.templates.SchemaCheck;
import pilothouse.templates.SchemaCheck.Violation;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// An answer read as JSON.
///
/// @param value      empty if it is none
/// @param said       in a sentence: whether it is JSON, and whether it fits its schema
/// @param violations what the schema does not allow
public record AnswerJson(Optional<JsonNode> value, String said, List<Violation> violations) {
    private static final Pattern FENCED = Pattern.compile("```(?:json)?\\s*\\n(.*?)\\n?```", Pattern.DOTALL);

    public AnswerJson {
        violations = List.copyOf(violations);
    }

    /// Also finds it within ``` fences, in which models like to wrap it.
    ///
    /// @param schema empty if none is asked for
    public static AnswerJson of(String answer, Map<String, Object> schema) {
        if (answer.isBlank()) return new AnswerJson(Optional.empty(), "No answer yet", List.of());
        try {
            return checked(Json.parse(answer), "", schema);
        } catch (JacksonException e) {
            var fenced = FENCED.matcher(answer);
            if (!fenced.find()) return new AnswerJson(Optional.empty(), "This is no JSON: " + why(e), List.of());
            try {
                return checked(Json.parse(fenced.group(1)), ", between fences", schema);
            } catch (JacksonException inside) {
                return new AnswerJson(Optional.empty(), "What stands between the fences is no JSON: " + why(inside), List.of());
            }
        }
    }

    private static AnswerJson checked(JsonNode value, String where, Map<String, Object> schema) {
        if (schema.isEmpty()) return new AnswerJson(Optional.of(value), "JSON" + where + "; the prompt asks for no schema", List.of());
        try {
            var found = new SchemaCheck(schema).of(value);
            var words = switch (found.size()) {
                case 0 -> "fits the schema";
                case 1 -> "1 place does not fit the schema";
                default -> found.size() + " places do not fit the schema";
            };
            return new AnswerJson(Optional.of(value), "JSON" + where + "; " + words, found);
        } catch (ProblemException e) {
            return new AnswerJson(Optional.of(value), "JSON" + where + "; " + e.problem().what(), List.of());
        }
    }

    private static String why(JacksonException e) {
        var place = e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + ")";
        return e.getOriginalMessage().lines().findFirst().orElse("") + place;
    }

    /// What the schema does not allow at one place.
    ///
    /// @param pointer such as `/items/0`; empty for the whole
    public List<String> at(String pointer) {
        return violations.stream().filter(it -> it.pointer().equals(pointer)).map(Violation::what).distinct().toList();
    }
}
