package pilothouse.templates.diagnostics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import pilothouse.messages.Message;
import pilothouse.problems.ProblemException;
import pilothouse.templates.Partials;
import pilothouse.templates.PromptDocument;
import pilothouse.templates.Range;
import pilothouse.templates.Rendering;
import pilothouse.templates.Template;
import pilothouse.templates.TemplateProblem;

/// Everything that a prompt's text tells by itself: what it says, as far as it can be read, and what is wrong with it.
///
/// @param document    empty if the front matter is broken
/// @param template    empty if the body is
/// @param rendering   empty if it could not be rendered
/// @param diagnostics in the order of the text
public record Inspection(TextPlaces places, Optional<PromptDocument> document, Optional<Template> template, Optional<Rendering> rendering,
        List<Diagnostic> diagnostics) {
    public Inspection {
        diagnostics = List.copyOf(diagnostics);
    }

    /// What is looked at.
    ///
    /// @param complete     whether these are all the values: then what is missing is an error
    /// @param snippetNames names that a misspelt one could mean; asked only then
    public record Question(String text, Map<String, Object> values, boolean complete, Partials snippets, Supplier<List<String>> snippetNames) {}

    /// Never throws: what cannot be read is a diagnostic.
    public static Inspection of(Question question) {
        var places = new TextPlaces(question.text());
        var found = new ArrayList<Diagnostic>();
        Optional<PromptDocument> document = Optional.empty();
        Optional<Template> template = Optional.empty();
        try {
            document = Optional.of(PromptDocument.parse(question.text()));
        } catch (ProblemException e) {
            found.add(of(e, places, "front-matter"));
        }
        try {
            template = Optional.of(document.isPresent() ? document.get().template() : Template.ofDocument(question.text()));
        } catch (ProblemException e) {
            if (found.stream().noneMatch(it -> it.what().equals(e.problem().what()))) found.add(of(e, places, "syntax"));
        }
        Optional<Rendering> rendering = Optional.empty();
        if (template.isPresent()) {
            var snippets = new Snippets(places, template.get(), question.snippets());
            found.addAll(snippets.diagnostics(question.snippetNames()));
            if (document.isPresent()) rendering = judged(question, places, document.get(), template.get(), snippets, found);
        }
        found.sort(Comparator.comparingInt(Diagnostic::start).thenComparing(Diagnostic::severity));
        return new Inspection(places, document, template, rendering, found);
    }

    private static Optional<Rendering> judged(Question question, TextPlaces places, PromptDocument document, Template template, Snippets snippets,
            List<Diagnostic> found) {
        var variables = new VariableRules(places, document);
        found.addAll(variables.undeclared(template));
        snippets.namesRead().ifPresent(read -> found.addAll(variables.unused(read)));
        found.addAll(variables.wrongDefaults());
        var values = document.withDefaults(question.values());
        found.addAll(variables.wrongValues(question.values(), template));
        try {
            var rendering = template.render(values, Map.of(), List.<Message>of(), question.snippets());
            if (question.complete()) found.addAll(variables.missingValues(values, rendering.missing(), template));
            return Optional.of(rendering);
        } catch (ProblemException e) {
            boolean known = found.stream().anyMatch(it -> it.rule().endsWith("snippet") || it.rule().equals("snippet-cycle"));
            boolean certain = question.complete() || !rule(e).equals("rendering");
            if (certain && !known) found.add(inTemplate(e, places, template));
            return Optional.empty();
        }
    }

    private static Diagnostic inTemplate(ProblemException failure, TextPlaces places, Template template) {
        if (!(failure instanceof TemplateProblem at) || at.snippet().isEmpty()) return of(failure, places, rule(failure));
        var place = template.includes().stream().filter(it -> it.name().equals(at.snippet())).findFirst()
                .map(it -> places.at(places.offset(it.line(), it.column()))).orElse(new Range(0, 0));
        return places.error(rule(failure), place, at.problem().what() + " (" + at.problem().where() + ")", at.problem().remedy(), Optional.empty());
    }

    private static String rule(ProblemException failure) {
        return failure instanceof TemplateProblem problem && !problem.rule().isEmpty() ? problem.rule() : "rendering";
    }

    private static Diagnostic of(ProblemException failure, TextPlaces places, String rule) {
        if (!(failure instanceof TemplateProblem at) || !at.snippet().isEmpty())
            return places.error(rule, new Range(0, 0), failure.problem().what(), failure.problem().remedy(), Optional.empty());
        var named = at.rule().isEmpty() ? rule : at.rule();
        return places.error(named, places.at(places.offset(at.line(), at.column())), at.problem().what(), at.problem().remedy(), at.fix());
    }
}
