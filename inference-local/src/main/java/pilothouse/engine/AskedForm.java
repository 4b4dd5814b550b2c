package pilothouse.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pilothouse.engine.grammar.Form;
import pilothouse.engine.grammar.Grammars;
import pilothouse.engine.http.ApiError;
import pilothouse.engine.http.RequestFields;
import pilothouse.json.Json;
import pilothouse.problems.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The form that a request wants its answer to have: OpenAI's `response_format`, vLLM's `structured_outputs`, and its older
/// `guided_json`, `guided_regex`, `guided_choice`.
///
/// @param field that asks for it
record AskedForm(String field, Form form) {
    /// @throws ApiError naming the field, or the keyword in it, that is not understood
    static Optional<Grammars.Compiled> read(RequestFields fields, Grammars grammars) {
        var asked = new ArrayList<AskedForm>();
        fields.node("response_format").ifPresent(node -> responseFormat(new RequestFields(node)).ifPresent(asked::add));
        fields.node("structured_outputs").ifPresent(node -> structuredOutputs(node, asked));
        fields.node("guided_json").ifPresent(node -> asked.add(schema("guided_json", node)));
        fields.text("guided_regex").ifPresent(regex -> asked.add(new AskedForm("guided_regex", new Form.Expression(regex))));
        if (fields.node("guided_choice").isPresent()) asked.add(choice("guided_choice", fields.texts("guided_choice")));
        if (fields.node("guided_grammar").isPresent()) throw ApiError.badField("guided_grammar", "guided_grammar is not supported by the local engine.");
        if (asked.size() > 1)
            throw ApiError.badField(asked.get(1).field, asked.get(0).field + " and " + asked.get(1).field + " both give the answer a form; give one.");
        return asked.stream().findFirst().map(one -> one.compiled(grammars));
    }

    private Grammars.Compiled compiled(Grammars grammars) {
        try {
            return grammars.compile(form);
        } catch (ProblemException e) {
            var where = e.problem().where();
            throw ApiError.badField(form instanceof Form.Schema && !where.isEmpty() ? field + "." + where : field, e.problem().toString());
        }
    }

    private static Optional<AskedForm> responseFormat(RequestFields format) {
        var type = format.requireText("type");
        return switch (type) {
            case "text" -> Optional.empty();
            case "json_object" -> Optional.of(new AskedForm("response_format", new Form.AnyObject()));
            case "json_schema" -> Optional.of(schema("response_format.json_schema.schema", format.node("json_schema").map(node -> node.path("schema"))
                    .filter(node -> !node.isMissingNode()).orElseThrow(() -> ApiError.badField("response_format.json_schema.schema", "The schema is missing."))));
            default -> throw ApiError.badField("response_format", "response_format.type is \"" + type + "\"; it must be text, json_object or json_schema.");
        };
    }

    private static void structuredOutputs(JsonNode node, List<AskedForm> asked) {
        var outputs = new RequestFields(node);
        outputs.node("json").ifPresent(schema -> asked.add(schema("structured_outputs.json", schema)));
        outputs.text("regex").ifPresent(regex -> asked.add(new AskedForm("structured_outputs.regex", new Form.Expression(regex))));
        if (outputs.node("choice").isPresent()) asked.add(choice("structured_outputs.choice", outputs.texts("choice")));
        if (outputs.flag("json_object", false)) asked.add(new AskedForm("structured_outputs.json_object", new Form.AnyObject()));
        for (var name : node.propertyNames())
            if (!List.of("json", "regex", "choice", "json_object").contains(name) && outputs.node(name).isPresent())
                throw ApiError.badField("structured_outputs." + name, "structured_outputs." + name + " is not supported by the local engine.");
    }

    private static AskedForm choice(String field, List<String> texts) {
        if (texts.isEmpty()) throw ApiError.badField(field, field + " must name one text or more.");
        return new AskedForm(field, new Form.OneOf(texts));
    }

    /// @param node a schema, or its text
    private static AskedForm schema(String field, JsonNode node) {
        if (!node.isString()) return new AskedForm(field, new Form.Schema(node));
        try {
            return new AskedForm(field, new Form.Schema(Json.parse(node.asString())));
        } catch (JacksonException e) {
            throw ApiError.badField(field, field + " is a text that is not JSON: " + e.getOriginalMessage());
        }
    }
}
