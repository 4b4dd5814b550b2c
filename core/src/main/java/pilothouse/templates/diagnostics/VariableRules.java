package pilothouse.templates.diagnostics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pilothouse.problems.ProblemException;
import pilothouse.templates.PromptDocument;
import pilothouse.templates.QuickFix;
import pilothouse.templates.Range;
import pilothouse.templates.Spelling;
import pilothouse.templates.Template;
import pilothouse.templates.Variable;
import pilothouse.templates.Variable.Origin;

/// Compares what the front matter declares with what the template reads.
final class VariableRules {
    private final TextPlaces places;
    private final PromptDocument document;
    private final Set<String> schema;

    VariableRules(TextPlaces places, PromptDocument document) {
        this.places = places;
        this.document = document;
        schema = document.inputSchema().names();
    }

    /// Variables that the template reads and a schema does not name.
    List<Diagnostic> undeclared(Template template) {
        if (schema.isEmpty()) return List.of();
        var found = new LinkedHashMap<String, Diagnostic>();
        for (var use : template.variables()) {
            if (use.origin() != Origin.INPUT || declared().contains(use.name()) || use.path().equals("this") || use.path().startsWith(".")
                    || found.containsKey(use.name())) continue;
            found.put(use.name(), places.warning("undeclared-variable", place(use), use.name() + " is used here but is not in the input schema",
                    "Add it to the schema, or correct the name.", renamed(use).or(() -> declare(use.name()))));
        }
        return List.copyOf(found.values());
    }

    private Set<String> declared() {
        var names = new LinkedHashSet<>(schema);
        names.addAll(document.inputDefaults().keySet());
        return names;
    }

    private Range place(Variable use) {
        return places.at(places.offset(use.line(), use.column()));
    }

    private Optional<QuickFix> renamed(Variable use) {
        int at = places.offset(use.line(), use.column());
        return Spelling.nearest(use.name(), declared()).filter(_ -> use.name().length() > 2 && places.text().startsWith(use.name(), at))
                .map(meant -> new QuickFix("Write " + meant, at, at + use.name().length(), meant));
    }

    private Optional<QuickFix> declare(String name) {
        boolean whole = document.raw().get("input") instanceof Map<?, ?> input && input.get("schema") instanceof Map<?, ?> written
                && written.get("properties") instanceof Map;
        return edit("Add it to the schema as text", document -> whole
                ? document.with(List.of("input", "schema", "properties", name), Map.of("type", "string"))
                : document.with(List.of("input", "schema", name), "string"));
    }

    /// Variables that are declared and never read.
    ///
    /// @param read what the template and its snippets read
    List<Diagnostic> unused(Set<String> read) {
        var found = new ArrayList<Diagnostic>();
        for (var name : declared()) {
            if (read.contains(name)) continue;
            var path = path(name);
            document.placeOfKey(path).ifPresent(place -> found.add(places.warning("unused-variable", place, name + " is declared here and used nowhere",
                    "Remove it, or use it as {{" + name + "}}.", edit("Remove it", document -> without(document, name)))));
        }
        for (var name : document.untrusted()) {
            if (name.startsWith("@") || read.contains(name)) continue;
            document.place(List.of(PromptDocument.UNTRUSTED)).ifPresent(place -> found.add(places.warning("unused-variable", place,
                    "\"" + name + "\" is marked as untrusted and used nowhere", "Correct the name: a variable that is not on this list is trusted.", Optional.empty())));
        }
        return found;
    }

    private static PromptDocument without(PromptDocument document, String name) {
        var rest = document;
        for (var path : paths(document, name)) rest = rest.without(path);
        return rest;
    }

    private List<String> path(String name) {
        return paths(document, name).stream().findFirst().orElse(List.of("input"));
    }

    /// Where a name stands in the front matter: in the schema (with what Picoschema writes behind it) and among the defaults.
    private static List<List<String>> paths(PromptDocument document, String name) {
        var found = new ArrayList<List<String>>();
        if (!(document.raw().get("input") instanceof Map<?, ?> input)) return found;
        if (input.get("schema") instanceof Map<?, ?> written) {
            var whole = written.get("properties") instanceof Map<?, ?> properties;
            var keys = written.get("properties") instanceof Map<?, ?> properties ? properties.keySet() : written.keySet();
            for (var key : keys)
                if (String.valueOf(key).replaceFirst("\\(.*", "").replaceFirst("\\?$", "").equals(name))
                    found.add(whole ? List.of("input", "schema", "properties", String.valueOf(key)) : List.of("input", "schema", String.valueOf(key)));
        }
        if (document.inputDefaults().containsKey(name)) found.add(List.of("input", "default", name));
        return found;
    }

    /// Defaults that the schema does not allow, one by one.
    List<Diagnostic> wrongDefaults() {
        var found = new ArrayList<Diagnostic>();
        document.inputDefaults().forEach((name, value) -> wrongValue(name, value).ifPresent(problem -> document.place(List.of("input", "default", name))
                .ifPresent(place -> found.add(places.error("wrong-type", place, problem.problem().what(), problem.problem().remedy(), converted(name, value))))));
        return found;
    }

    /// Given values that the schema does not allow, one by one.
    List<Diagnostic> wrongValues(Map<String, Object> given, Template template) {
        var found = new ArrayList<Diagnostic>();
        given.forEach((name, value) -> wrongValue(name, value).ifPresent(problem -> found.add(places.error("wrong-type", use(name, template),
                problem.problem().what(), problem.problem().remedy(), Optional.empty()))));
        return found;
    }

    /// Values that are wanted and not there.
    List<Diagnostic> missingValues(Map<String, Object> all, List<Variable> missing, Template template) {
        var found = new LinkedHashMap<String, Diagnostic>();
        for (var use : missing) {
            var snippet = use.snippet().isEmpty() ? "" : " (in the snippet " + use.snippet() + ")";
            var place = use.snippet().isEmpty() ? place(use) : snippetPlace(use.snippet(), template);
            found.putIfAbsent(use.path(), places.error("missing-value", place, use.path() + " has no value" + snippet,
                    "Give one at the right, or a default under input.default.", use.origin() == Origin.INPUT && !all.containsKey(use.name())
                    && (schema.isEmpty() || schema.contains(use.name())) ? giveDefault(use.name()) : Optional.empty()));
        }
        if (document.inputSchema().jsonSchema().get("required") instanceof List<?> required)
            for (var each : required) {
                var name = String.valueOf(each);
                if (all.containsKey(name) || found.values().stream().anyMatch(it -> it.what().startsWith(name + " ") || it.what().startsWith(name + "."))) continue;
                found.put("required " + name, places.error("missing-value", document.placeOfKey(path(name)).orElse(new Range(0, 0)), name + " has no value",
                        "Give one at the right, a default under input.default, or make it optional: " + name + "?", giveDefault(name)));
            }
        return List.copyOf(found.values());
    }

    private Range use(String name, Template template) {
        return template.variables().stream().filter(it -> it.name().equals(name)).findFirst().map(this::place)
                .or(() -> document.placeOfKey(path(name))).orElse(new Range(0, 0));
    }

    private Range snippetPlace(String snippet, Template template) {
        return template.includes().stream().filter(it -> it.name().equals(snippet)).findFirst()
                .map(it -> places.at(places.offset(it.line(), it.column()))).orElse(new Range(0, 0));
    }

    private Optional<ProblemException> wrongValue(String name, Object value) {
        try {
            document.inputSchema().checkOne(name, value);
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e);
        }
    }

    private Optional<QuickFix> converted(String name, Object value) {
        var other = value instanceof String text ? document.inputSchema().fromText(name, text) : value instanceof Number || value instanceof Boolean ? String.valueOf(value) : value;
        if (other.equals(value) || wrongValue(name, other).isPresent()) return Optional.empty();
        return edit(other instanceof String ? "Write it as text" : "Write it without quotes", document -> document.with(List.of("input", "default", name), other));
    }

    private Optional<QuickFix> giveDefault(String name) {
        return edit("Add an empty default", document -> document.with(List.of("input", "default", name), ""))
                .filter(_ -> wrongValue(name, "").isEmpty());
    }

    /// A change of the front matter, if it can be made.
    private Optional<QuickFix> edit(String title, java.util.function.UnaryOperator<PromptDocument> change) {
        try {
            return Optional.of(QuickFix.between(title, document.text(), change.apply(document).text()));
        } catch (ProblemException _) { // written in a way that cannot be changed from outside: the sentence has to do
            return Optional.empty();
        }
    }
}
