package pilothouse.templates.assistance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pilothouse.templates.PromptDocument;
import pilothouse.templates.assistance.Proposal.Kind;

/// What can stand in the front matter: the keys of a map that it does not have yet, and the values of those whose values
/// are known.
final class MatterProposals {
    private static final List<String> MAPS = List.of("config", "input", "output", "schema", "default");
    private static final Map<String, String> TOP = words("model", "where the prompt goes", "config", "parameters", "input", "variables", "output", "form of the answer",
            "name", "", "variant", "", "description", "", "version", "", "tools", "names of tools", "toolDefs", "tools defined here", "metadata", "",
            PromptDocument.UNTRUSTED, "variables that strangers write");
    private static final Map<String, String> CONFIG = words("temperature", "0 to 2", "topP", "0 to 1", "topK", "0 (off) or more", "minP", "0 to 1",
            "repetitionPenalty", "1 is off", "presencePenalty", "-2 to 2", "frequencyPenalty", "-2 to 2", "maxOutputTokens", "of the answer", "seed", "whole number",
            "stopSequences", "list of texts", "topLogprobs", "0 to 20");
    private static final Map<String, String> TYPES = words("string", "text", "number", "", "integer", "whole number", "boolean", "true or false", "any", "");

    private final String text;
    private final MatterPlace place;
    private final Optional<PromptDocument> document;
    private final Surroundings around;

    MatterProposals(String text, MatterPlace place, Optional<PromptDocument> document, Surroundings around) {
        this.text = text;
        this.place = place;
        this.document = document;
        this.around = around;
    }

    private static Map<String, String> words(String... namesAndWords) {
        var words = new LinkedHashMap<String, String>();
        for (int i = 0; i < namesAndWords.length; i += 2) words.put(namesAndWords[i], namesAndWords[i + 1]);
        return words;
    }

    /// The parameters that are proposed, for who reads them.
    public static Set<String> parameters() {
        return CONFIG.keySet();
    }

    List<Proposal> all() {
        return place.isKey() ? keys() : values();
    }

    private List<Proposal> keys() {
        var written = text.substring(place.word().start(), place.word().end());
        var known = known();
        var there = siblings();
        var proposals = new ArrayList<Proposal>();
        known.forEach((name, about) -> {
            if (name.equals(written) || !there.contains(name)) proposals.add(key(name, about));
        });
        return proposals;
    }

    private Map<String, String> known() {
        return switch (String.join(".", place.path())) {
            case "" -> TOP;
            case "config" -> CONFIG;
            case "input" -> words("schema", "what the variables are", "default", "their usual values");
            case "output" -> words("format", "json or text", "schema", "of the answer");
            case "input.schema" -> used();
            case "input.default" -> declared().isEmpty() ? used() : declared();
            default -> Map.of();
        };
    }

    private Set<?> siblings() {
        Object at = document.<Object>map(PromptDocument::raw).orElse(Map.of());
        for (var key : place.path()) at = at instanceof Map<?, ?> map ? map.get(key) : null;
        return at instanceof Map<?, ?> map ? map.keySet() : Set.of();
    }

    private Proposal key(String name, String about) {
        boolean followed = text.startsWith(":", place.word().end());
        boolean map = MAPS.contains(name) && !place.inFlow() && !place.path().equals(List.of("output"));
        int column = place.word().start() - text.lastIndexOf('\n', place.word().start() - 1) - 1;
        return Proposal.of(Kind.KEY, name, about, followed ? name : name + (map ? ":\n" + " ".repeat(column + 2) : ": "));
    }

    private List<Proposal> values() {
        var path = String.join(".", place.path());
        if (path.equals("model")) return around.models().stream().map(it -> Proposal.of(Kind.MODEL, it, "", it)).toList();
        if (path.equals("output.format")) return List.of(value("json", ""), value("text", ""));
        if (path.equals(PromptDocument.UNTRUSTED)) {
            var names = new LinkedHashMap<>(declared());
            used().forEach(names::putIfAbsent);
            return names.entrySet().stream().map(it -> Proposal.of(Kind.VARIABLE, it.getKey(), it.getValue(), it.getKey())).toList();
        }
        if (path.startsWith("input.schema.") || path.startsWith("output.schema.")) return TYPES.entrySet().stream().map(it -> value(it.getKey(), it.getValue())).toList();
        return List.of();
    }

    private static Proposal value(String name, String about) {
        return Proposal.of(Kind.VALUE, name, about, name);
    }

    /// What the body reads and the schema does not name.
    private Map<String, String> used() {
        var names = new LinkedHashMap<String, String>();
        int body = Layout.of(text).bodyStart();
        UsedNames.of(text, BodyTags.of(text, body, text.length())).forEach(it -> names.put(it, "used in the text"));
        new KnownFields(document).inputs().forEach(names::remove);
        return names;
    }

    private Map<String, String> declared() {
        return KnownFields.of(new KnownFields(document).root());
    }
}
