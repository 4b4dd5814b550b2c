package pilothouse.templates;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;
import tools.jackson.databind.JsonNode;

/// Checks values against a JSON Schema, all of it (2020-12 unless the schema says otherwise). Nothing is fetched: a `$ref`
/// to an address is refused. Immutable, for any thread.
public final class SchemaCheck {
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaLoader(loader -> loader.block(iri -> !iri.toString().startsWith("https://json-schema.org/")
                    && !iri.toString().startsWith("http://json-schema.org/"))).schemaCacheEnabled(false));

    private final Schema schema;

    /// Something in a value that the schema does not allow.
    ///
    /// @param pointer where in the value, as a JSON pointer such as `/items/0/name`; empty for the whole
    /// @param keyword the part of the schema that says so, such as `type` or `pattern`
    public record Violation(String pointer, String keyword, String what) {}

    /// @throws ProblemException if `jsonSchema` is no JSON Schema
    public SchemaCheck(Map<String, Object> jsonSchema) {
        try {
            schema = REGISTRY.getSchema(node(jsonSchema));
        } catch (SchemaException e) {
            throw new ProblemException("This is no JSON Schema: " + e.getMessage(), "schema", "Correct the schema in the front matter.");
        }
    }

    /// What in `value` (maps, lists, text, numbers, booleans, null) the schema does not allow, in its order.
    ///
    /// @throws ProblemException if the schema asks for something that is not there, such as a `$ref` to nowhere
    public List<Violation> of(Object value) {
        return of(node(value));
    }

    public List<Violation> of(JsonNode value) {
        try {
            return schema.validate(value).stream().map(SchemaCheck::violation).toList();
        } catch (SchemaException e) {
            throw new ProblemException("The schema cannot be followed: " + e.getMessage(), "schema", "Correct the schema in the front matter.");
        }
    }

    private static Violation violation(Error error) {
        var at = error.getInstanceLocation().toString();
        var keyword = error.getKeyword() == null ? "schema" : error.getKeyword();
        return new Violation(at.equals("$") ? "" : at, keyword, error.getMessage());
    }

    private static JsonNode node(Object value) {
        return Json.MAPPER.valueToTree(value);
    }
}
