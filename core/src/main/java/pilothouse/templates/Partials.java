package pilothouse.templates;

import java.util.Map;
import java.util.Optional;

/// Finds the text of a snippet that a template includes with `{{> name}}`.
@FunctionalInterface
public interface Partials {
    /// There are no snippets.
    Partials NONE = _ -> Optional.empty();

    /// The template text of the snippet of that name, without front matter.
    Optional<String> find(String name);

    static Partials of(Map<String, String> texts) {
        return name -> Optional.ofNullable(texts.get(name));
    }

    /// Snippets that are given as whole prompt documents: their bodies count.
    ///
    /// @throws TemplateProblem if one's front matter is broken
    static Partials ofDocuments(Map<String, String> documents) {
        return name -> Optional.ofNullable(documents.get(name)).map(text -> PromptDocument.parse(text).body());
    }
}
