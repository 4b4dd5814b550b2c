package pilothouse.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pilothouse.templates.PromptDocument;
import pilothouse.templates.QuickFix;
import pilothouse.templates.Range;
import pilothouse.templates.Spelling;
import pilothouse.templates.diagnostics.Diagnostic;
import pilothouse.templates.diagnostics.TextPlaces;

/// The `model` of the front matter: `server/model`, a server that is there, a model that it has.
final class ModelRule {
    private ModelRule() {}

    static List<Diagnostic> check(PromptDocument document, TextPlaces places, KnownModels known) {
        var written = document.model().orElse("");
        var place = document.place(List.of("model")).orElse(new Range(0, 0));
        if (written.isBlank() || known.byServer().isEmpty()) return List.of();
        int slash = written.indexOf('/');
        var all = new ArrayList<String>();
        known.byServer().forEach((server, models) -> models.forEach(model -> all.add(server + "/" + model)));
        if (slash < 0) {
            var meant = all.stream().filter(it -> it.endsWith("/" + written)).findFirst().or(() -> Spelling.nearest("local/" + written, all));
            return List.of(places.warning("unknown-model", place, "\"" + written + "\" names no server: the usual target is taken",
                    "Write server/model, such as local/" + written + ".", meant.flatMap(it -> write(document, it))));
        }
        var models = known.byServer().get(written.substring(0, slash));
        if (models == null) return List.of(places.error("unknown-model", place, "There is no server named \"" + written.substring(0, slash) + "\"",
                "Known servers: " + String.join(", ", known.byServer().keySet()) + ".", Spelling.nearest(written, all).flatMap(it -> write(document, it))));
        if (models.isEmpty() || models.contains(written.substring(slash + 1))) return List.of();
        return List.of(places.error("unknown-model", place, "There is no model \"" + written.substring(slash + 1) + "\" on " + written.substring(0, slash),
                "Known: " + String.join(", ", models) + ".", Spelling.nearest(written, all).flatMap(it -> write(document, it))));
    }

    private static Optional<QuickFix> write(PromptDocument document, String model) {
        return Optional.of(QuickFix.between("Write " + model, document.text(), document.with(List.of("model"), model).text()));
    }
}
