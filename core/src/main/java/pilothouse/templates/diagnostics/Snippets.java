package pilothouse.templates.diagnostics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import pilothouse.problems.ProblemException;
import pilothouse.templates.Partials;
import pilothouse.templates.QuickFix;
import pilothouse.templates.SnippetUse;
import pilothouse.templates.Spelling;
import pilothouse.templates.Template;
import pilothouse.templates.Variable;

/// The snippets that a template reaches: which are missing, which include themselves, what they read.
final class Snippets {
    private final TextPlaces places;
    private final Template template;
    private final Partials partials;
    private final Map<String, Optional<Template>> read = new HashMap<>();

    Snippets(TextPlaces places, Template template, Partials partials) {
        this.places = places;
        this.template = template;
        this.partials = partials;
    }

    /// @param known names that could have been meant
    List<Diagnostic> diagnostics(Supplier<List<String>> known) {
        var found = new ArrayList<Diagnostic>();
        for (var use : template.includes()) {
            var place = places.at(places.offset(use.line(), use.column()));
            if (partials.find(use.name()).isEmpty()) {
                found.add(places.error("unknown-snippet", place, "There is no snippet named \"" + use.name() + "\"", "Create it, or correct the name.",
                        renamed(place.start(), use, known.get())));
                continue;
            }
            var cycle = cycle(use.name());
            if (!cycle.isEmpty()) found.add(places.error("snippet-cycle", place, "This snippet includes itself: " + String.join(" > ", cycle),
                    "Take one of these {{> …}} out.", Optional.empty()));
        }
        return found;
    }

    private Optional<QuickFix> renamed(int tag, SnippetUse use, List<String> known) {
        int at = places.text().indexOf(use.name(), tag);
        return at < 0 ? Optional.empty()
                : Spelling.nearest(use.name(), known).map(meant -> new QuickFix("Write " + meant, at, at + use.name().length(), meant));
    }

    /// The names from a snippet to its own inclusion in itself or in one of those it includes; empty if there is none.
    private List<String> cycle(String from) {
        return cycle(from, new ArrayList<>(), new HashSet<>());
    }

    private List<String> cycle(String name, List<String> way, Set<String> done) {
        if (way.contains(name)) {
            var cycle = new ArrayList<>(way.subList(way.indexOf(name), way.size()));
            cycle.add(name);
            return cycle;
        }
        if (!done.add(name)) return List.of();
        way.add(name);
        for (var next : template(name).map(Template::partialNames).orElse(Set.of())) {
            var cycle = cycle(next, way, done);
            if (!cycle.isEmpty()) return cycle;
        }
        way.removeLast();
        return List.of();
    }

    /// The names of the values that the template and its snippets read; empty if that cannot be said.
    Optional<Set<String>> namesRead() {
        var names = new HashSet<String>();
        var seen = new HashSet<String>();
        var open = new ArrayDeque<>(List.of(template));
        while (!open.isEmpty()) {
            var next = open.poll();
            for (var variable : next.variables()) {
                if (isEverything(variable)) return Optional.empty();
                names.add(variable.name());
            }
            for (var name : next.partialNames()) {
                if (!seen.add(name)) continue;
                var snippet = template(name);
                if (snippet.isEmpty()) return Optional.empty();
                open.add(snippet.get());
            }
        }
        return Optional.of(names);
    }

    private static boolean isEverything(Variable variable) {
        return Set.of("this", ".", "./", "..", "../", "@root").contains(variable.path());
    }

    private Optional<Template> template(String name) {
        return read.computeIfAbsent(name, _ -> {
            try {
                return partials.find(name).map(Template::parse);
            } catch (ProblemException _) { // what is wrong with it is said where it is edited, and by the rendering
                return Optional.empty();
            }
        });
    }
}
