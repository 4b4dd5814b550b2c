package pilothouse.app.prompts;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.Job;
import pilothouse.problems.Problem;
import pilothouse.prompts.search.PromptSearch;
import pilothouse.prompts.search.SearchHit;

/// What the texts of the prompts have of the words in the find field. FX thread only.
public final class PromptFinder {
    private static final int MOST = 50;

    private final Background background;
    private final Supplier<PromptSearch> search;
    private final ObservableList<SearchHit> hits = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private Job searching = Job.NONE;
    private boolean updating;
    private String words = "";

    private record Found(List<SearchHit> hits, boolean behind) {}

    /// @param search opened when it is first asked for, away from the FX thread
    PromptFinder(Background background, Supplier<PromptSearch> search) {
        this.background = background;
        this.search = search;
    }

    /// The best hits for the newest words, the best first.
    public ObservableList<SearchHit> hits() {
        return hits;
    }

    /// Why the texts could not be searched.
    public ReadOnlyObjectProperty<Optional<Problem>> problem() {
        return problem.getReadOnlyProperty();
    }

    /// Looks for `typed`; only the newest words count. What is found is shown at once, and again when the index
    /// has taken in what was saved since.
    void look(String typed) {
        words = typed;
        searching.cancel();
        if (typed.isBlank()) {
            hits.clear();
            return;
        }
        searching = background.run(() -> {
            var index = search.get();
            return new Found(index.find(typed, MOST, false), index.isBehind());
        }, this::found, this::failed);
    }

    private void found(Found now) {
        problem.set(Optional.empty());
        if (!hits.equals(now.hits)) hits.setAll(now.hits);
        if (now.behind && !updating) update();
    }

    private void update() {
        updating = true;
        background.run("Reading the texts of the prompts", progress -> {
            search.get().update(building -> progress.report((double) building.done() / building.all(),
                    "%,d of %,d prompts".formatted(building.done(), building.all())));
            return true;
        }, _ -> {
            updating = false;
            look(words);
        }, failure -> {
            updating = false;
            failed(failure);
        });
    }

    private void failed(Problem why) {
        problem.set(Optional.of(why));
    }
}
