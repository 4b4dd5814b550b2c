package pilothouse.templates.assistance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import pilothouse.templates.PromptDocument;
import pilothouse.templates.Range;

/// Every place of the front matter that names a variable: the schema, what it requires, the defaults, what strangers write.
final class DeclaredNames {
    /// @param place of the name alone, without what Picoschema writes behind it
    record Declared(String name, Range place) {}

    private final PromptDocument document;
    private final List<Declared> found = new ArrayList<>();

    private DeclaredNames(PromptDocument document) {
        this.document = document;
    }

    static List<Declared> of(PromptDocument document) {
        var names = new DeclaredNames(document);
        names.schema();
        document.inputDefaults().keySet().forEach(it -> names.key(List.of("input", "default", it), it));
        names.list(List.of(PromptDocument.UNTRUSTED));
        return List.copyOf(names.found);
    }

    private void schema() {
        if (!(document.raw().get("input") instanceof Map<?, ?> input) || !(input.get("schema") instanceof Map<?, ?> written)) return;
        if (written.get("properties") instanceof Map<?, ?> properties) {
            properties.keySet().forEach(it -> key(List.of("input", "schema", "properties", String.valueOf(it)), String.valueOf(it)));
            list(List.of("input", "schema", "required"));
        } else written.keySet().forEach(it -> key(List.of("input", "schema", String.valueOf(it)), String.valueOf(it).replaceFirst("\\(.*", "").replaceFirst("\\?$", "")));
    }

    private void key(List<String> path, String name) {
        document.placeOfKey(path).ifPresent(place -> add(name, place));
    }

    private void list(List<String> path) {
        for (int i = 0; ; i++) {
            var at = new ArrayList<>(path);
            at.add(String.valueOf(i));
            var place = document.place(at);
            if (place.isEmpty()) break;
            var written = document.text().substring(place.get().start(), place.get().end()).strip();
            add(written.replaceAll("^[\"']|[\"']$", ""), place.get());
        }
    }

    /// Quotes around it stay.
    private void add(String name, Range place) {
        int at = document.text().indexOf(name, place.start());
        if (at >= 0 && at + name.length() <= place.end()) found.add(new Declared(name, new Range(at, at + name.length())));
    }
}
