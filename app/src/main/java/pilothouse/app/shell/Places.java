package pilothouse.app.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/// Where the user was, for back and forward.
final class Places {
    private static final int MOST = 100;

    private final List<Place> places = new ArrayList<>();
    private final ReadOnlyBooleanWrapper canBack = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canForward = new ReadOnlyBooleanWrapper();
    private int here = -1;

    /// A new place; what lay forward is forgotten. The same place again is no new one.
    void visit(Place place) {
        if (here >= 0 && places.get(here).equals(place)) return;
        places.subList(here + 1, places.size()).clear();
        places.add(place);
        if (places.size() > MOST) places.removeFirst();
        here = places.size() - 1;
        update();
    }

    Optional<Place> back() {
        return move(-1);
    }

    Optional<Place> forward() {
        return move(1);
    }

    ReadOnlyBooleanProperty canBack() {
        return canBack.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty canForward() {
        return canForward.getReadOnlyProperty();
    }

    private Optional<Place> move(int step) {
        if (here + step < 0 || here + step >= places.size()) return Optional.empty();
        here += step;
        update();
        return Optional.of(places.get(here));
    }

    private void update() {
        canBack.set(here > 0);
        canForward.set(here < places.size() - 1);
    }

    /// A page and where in it.
    record Place(String page, String place) {}
}
