package pilothouse.app.prompts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import pilothouse.messages.Message;
import pilothouse.problems.ProblemException;
import pilothouse.runtime.Sampling;
import pilothouse.templates.Partials;
import pilothouse.templates.PromptDocument;
import pilothouse.templates.Rendering;
import pilothouse.templates.Template;
import pilothouse.templates.diagnostics.Diagnostic;
import pilothouse.templates.diagnostics.Inspection;

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
    /// @param snippets     the texts of the snippets with these names
    /// @param snippetNames all names, asked only where one is not found
    record Source(String text, Map<String, Object> values, Function<List<String>, Partials> snippets, Supplier<List<String>> snippetNames) {}

    /// What the text tells by itself.
    static Inspection inspect(Source source) {
        var partials = source.snippets().apply(partialNames(source.text()));
        return Inspection.of(new Inspection.Question(source.text(), source.values(), true, partials, source.snippetNames()));
    }

    /// @param found what is wrong with it
    static Reading of(Inspection inspection, List<Diagnostic> found) {
        var document = inspection.document();
        var used = inspection.template().map(Template::inputNames).orElse(Set.of());
        return new Reading(inspection.places().text(), document, document.map(it -> InputField.of(it, used)).orElse(List.of()),
                document.map(Reading::sampling).orElse(Sampling.DEFAULTS), messages(inspection), found.stream().map(Trouble::new).toList());
    }

    static List<Message> messages(Inspection inspection) {
        return inspection.rendering().map(Rendering::messages).orElse(List.of());
    }

    private static List<String> partialNames(String text) {
        if (!text.contains("{{>") && !text.contains("{{~>")) return List.of();
        try {
            return List.copyOf(Template.ofDocument(text).partialNames());
        } catch (ProblemException _) { // the inspection says what is wrong
            return List.of();
        }
    }

    private static Sampling sampling(PromptDocument document) {
        try {
            return Sampling.of(document.config());
        } catch (ProblemException _) { // as above
            return Sampling.DEFAULTS;
        }
    }

    /// Whether a run could begin.
    Optional<Trouble> obstacle() {
        return troubles.stream().filter(Trouble::blocking).findFirst();
    }
}
