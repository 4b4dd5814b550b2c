package pilothouse.app.prompts;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import pilothouse.problems.Problem;
import pilothouse.prompts.LabelMove;
import pilothouse.prompts.LabelName;
import pilothouse.prompts.LabelOutcome;
import pilothouse.prompts.PromptDiff;
import pilothouse.prompts.PromptId;
import pilothouse.prompts.PromptVersion;

/// The versions of one prompt and the labels on them. FX thread only.
public final class PromptHistory {
    /// A version as a row.
    ///
    /// @param added   lines it has and its parent has not
    /// @param removed lines its parent had and it has not
    public record Entry(PromptVersion version, List<LabelName> labels, int added, int removed) {
        public Entry {
            labels = List.copyOf(labels);
        }
    }

    private final Desk desk;
    private List<LabelMove> labels = List.of(); // as they are shown
    private final ObservableList<Entry> entries = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());

    PromptHistory(Desk desk) {
        this.desk = desk;
    }

    /// Newest first.
    public ObservableList<Entry> entries() {
        return entries;
    }

    /// Why it could not be read.
    public ReadOnlyObjectProperty<Optional<Problem>> problem() {
        return problem.getReadOnlyProperty();
    }

    /// Number of the newest version; 0 if there is none.
    public int newest() {
        return entries.isEmpty() ? 0 : entries.getFirst().version().number();
    }

    /// Reads it again.
    void refresh(PromptId prompt) {
        desk.background().run(() -> read(prompt), found -> {
            problem.set(Optional.empty());
            labels = found.labels();
            if (!entries.equals(found.entries())) entries.setAll(found.entries());
        }, failure -> problem.set(Optional.of(failure)));
    }

    /// Puts a label on a version, unless someone moved it since it was shown here.
    ///
    /// @param outcome told what became of it
    void label(PromptId prompt, LabelName label, int version, Consumer<LabelOutcome> outcome, Consumer<Problem> failed) {
        int seen = labels.stream().filter(move -> move.label().equals(label)).mapToInt(LabelMove::move).findFirst().orElse(0);
        desk.background().run(() -> desk.labels().move(prompt, label, version, seen), moved -> {
            refresh(prompt);
            outcome.accept(moved);
        }, failed);
    }

    private record Found(List<LabelMove> labels, List<Entry> entries) {}

    private Found read(PromptId prompt) {
        var versions = desk.prompts().log(prompt);
        var labels = desk.labels().labels(prompt);
        return new Found(labels, versions.stream().map(version -> entry(version, versions, labels)).toList());
    }

    private static Entry entry(PromptVersion version, List<PromptVersion> all, List<LabelMove> labels) {
        var here = labels.stream().filter(move -> move.to() == version.number()).map(LabelMove::label).toList();
        var parent = version.parents().stream().findFirst()
                .flatMap(first -> all.stream().filter(it -> it.number() == first.number()).findFirst());
        var diff = PromptDiff.of(parent.map(PromptVersion::text).orElse(""), version.text());
        return new Entry(version, here, count(diff, PromptDiff.Kind.ADDED), count(diff, PromptDiff.Kind.REMOVED));
    }

    static int count(PromptDiff diff, PromptDiff.Kind kind) {
        return (int) diff.lines().stream().filter(line -> line.kind() == kind).count();
    }
}
