package pilothouse.templates.assistance;

import java.util.List;
import java.util.Optional;
import pilothouse.templates.PromptDocument;

/// What a text can speak of that does not stand in it.
///
/// @param snippets names of snippets, as a tag writes them
/// @param models   models as the front matter names them, such as `local/smollm2-135m`
/// @param document the text as it could be read last; it may be older than the text
public record Surroundings(List<String> snippets, List<String> models, Optional<PromptDocument> document) {
    public static final Surroundings NONE = new Surroundings(List.of(), List.of(), Optional.empty());

    public Surroundings {
        snippets = List.copyOf(snippets);
        models = List.copyOf(models);
    }
}
