package pilothouse.app.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import pilothouse.app.fx.Job;
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

    /// Versions that are read at once: a history of 10,000 opens as quickly as one of ten.
    private static final int PAGE = 100;

    private final Desk desk;
    private List<LabelMove> labels = List.of(); // as they are shown
    private final ObservableList<Entry> entries = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());

    private Job reading = Job.NONE;
    private boolean readingOlder;

    PromptHistory(Desk desk) {
        this.desk = desk;
    }

    /// The newest versions, newest first; more after [#older].
    public ObservableList<Entry> entries() {
        return entries;
    }

    /// Why it could not be read.
    public ReadOnlyObjectProperty<Optional<Problem>> problem() {
        return problem.getReadOnlyProperty();
    }

    /// Number of the newest version, which is also how many there are; 0 if there is none.
    public int newest() {
        return entries.isEmpty() ? 0 : entries.getFirst().version().number();
    }

    /// Reads the newest versions and the labels again; older ones that were read stay.
    void refresh(PromptId prompt) {
        reading.cancel();
        readingOlder = false;
        reading = desk.background().run(() -> read(prompt, Integer.MAX_VALUE), this::newest, failure -> problem.set(Optional.of(failure)));
    }

    /// Reads the versions before the oldest one that was read, if there are any. May be called as often as wanted.
    void older() {
        if (readingOlder || entries.isEmpty() || entries.getLast().version().number() == 1) return;
        readingOlder = true;
        var oldest = entries.getLast().version();
        reading = desk.background().run(() -> read(oldest.prompt(), oldest.number()), page -> {
            readingOlder = false;
            entries.addAll(page.entries);
        }, failure -> {
            readingOlder = false;
            problem.set(Optional.of(failure));
        });
    }

    private void newest(Page page) {
        problem.set(Optional.empty());
        labels = page.labels;
        var all = new ArrayList<>(page.entries);
        if (!all.isEmpty() && !entries.isEmpty() && entries.getFirst().version().prompt().equals(all.getFirst().version().prompt()))
            entries.stream().filter(it -> it.version().number() < page.entries.getLast().version().number())
                    .map(it -> new Entry(it.version(), on(it.version(), page.labels), it.added(), it.removed())).forEach(all::add);
        if (!entries.equals(all)) entries.setAll(all);
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

    private record Page(List<Entry> entries, List<LabelMove> labels) {}

    /// One more than is shown, because most versions grew from the one before.
    private Page read(PromptId prompt, int before) {
        var versions = desk.prompts().log(prompt, before, PAGE + 1);
        var labels = desk.labels().labels(prompt);
        return new Page(versions.stream().limit(PAGE).map(version -> entry(version, versions, labels)).toList(), labels);
    }

    private Entry entry(PromptVersion version, List<PromptVersion> near, List<LabelMove> labels) {
        var parent = version.parents().stream().findFirst().map(PromptVersion.Parent::number).flatMap(number -> near.stream()
                .filter(it -> it.number() == number).findFirst().or(() -> desk.prompts().version(version.prompt(), number)));
        var diff = PromptDiff.of(parent.map(PromptVersion::text).orElse(""), version.text());
        return new Entry(version, on(version, labels), count(diff, PromptDiff.Kind.ADDED), count(diff, PromptDiff.Kind.REMOVED));
    }

    private static List<LabelName> on(PromptVersion version, List<LabelMove> labels) {
        return labels.stream().filter(move -> move.to() == version.number()).map(LabelMove::label).toList();
    }

    static int count(PromptDiff diff, PromptDiff.Kind kind) {
        return (int) diff.lines().stream().filter(line -> line.kind() == kind).count();
    }
}
