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
}
