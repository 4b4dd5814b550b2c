package pilothouse.app.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import pilothouse.messages.Message;
import pilothouse.problems.ProblemException;
import pilothouse.runtime.Sampling;
import pilothouse.templates.Partials;
import pilothouse.templates.PromptDocument;
import pilothouse.templates.Rendering;
import pilothouse.templates.Template;
import pilothouse.templates.Variable;

/// What a prompt's text says: everything that the panels around the editor show. Made away from the FX thread.
///
/// @param text     what was read
/// @param document empty if its front matter is broken
/// @param messages as they would be sent now; empty if it cannot be rendered
/// @param troubles in the order of the text
record Reading(String text, Optional<PromptDocument> document, List<InputField> fields, Sampling sampling, List<Message> messages,
        List<Trouble> troubles) {
    static final Reading NOTHING = new Reading("", Optional.empty(), List.of(), Sampling.DEFAULTS, List.of(), List.of());

    Reading {
        fields = List.copyOf(fields);
        messages = List.copyOf(messages);
        troubles = List.copyOf(troubles);
    }

    /// What is read: the text, what its variables are filled with, and where its snippets are found.
    ///
    /// @param snippets the texts of the snippets with these names
    record Source(String text, Map<String, Object> values, Function<List<String>, Partials> snippets) {}

    static Reading of(Source source) {
        PromptDocument document;
        try {
            document = PromptDocument.parse(source.text());
        } catch (ProblemException e) {
            return new Reading(source.text(), Optional.empty(), List.of(), Sampling.DEFAULTS, List.of(), List.of(Trouble.of(e)));
        }
        var troubles = new ArrayList<Trouble>();
        var sampling = sampling(document, troubles);
        var template = template(document, troubles);
        var used = template.map(Template::inputNames).orElse(Set.of());
        var messages = template.map(it -> messages(document, it, source, troubles)).orElse(List.of());
        return new Reading(source.text(), Optional.of(document), InputField.of(document, used), sampling, messages, troubles);
    }

    /// Whether a run could begin.
    Optional<Trouble> obstacle() {
        return troubles.stream().filter(Trouble::blocking).findFirst();
    }

    private static Sampling sampling(PromptDocument document, List<Trouble> troubles) {
        try {
            return Sampling.of(document.config());
        } catch (ProblemException e) {
            troubles.add(Trouble.of(e));
            return Sampling.DEFAULTS;
        }
    }

    private static Optional<Template> template(PromptDocument document, List<Trouble> troubles) {
        try {
            var template = document.template();
            var declared = document.inputSchema().names();
            if (!declared.isEmpty()) template.variables().stream().filter(it -> it.origin() == Variable.Origin.INPUT)
                    .filter(it -> !declared.contains(it.name())).map(Trouble::undeclared).forEach(trouble -> addOnce(trouble, troubles));
            return Optional.of(template);
        } catch (ProblemException e) {
            troubles.add(Trouble.of(e));
            return Optional.empty();
        }
    }

    private static void addOnce(Trouble trouble, List<Trouble> troubles) {
        if (troubles.stream().noneMatch(it -> it.undeclared().equals(trouble.undeclared()))) troubles.add(trouble);
    }

    private static List<Message> messages(PromptDocument document, Template template, Source source, List<Trouble> troubles) {
        try {
            var values = document.withDefaults(source.values());
            Rendering rendering = template.render(values, Map.of(), List.of(), source.snippets().apply(List.copyOf(template.partialNames())));
            rendering.missing().stream().map(Trouble::noValue).filter(it -> troubles.stream().noneMatch(other -> other.problem().equals(it.problem())))
                    .forEach(troubles::add);
            if (rendering.missing().isEmpty()) check(document, values, troubles);
            return rendering.messages();
        } catch (ProblemException e) {
            troubles.add(Trouble.of(e));
            return List.of();
        }
    }

    private static void check(PromptDocument document, Map<String, Object> values, List<Trouble> troubles) {
        try {
            document.inputSchema().check(values);
        } catch (ProblemException e) {
            troubles.add(Trouble.of(e));
        }
    }
}
