package pilothouse.prompts.search;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/// What the index must know of a prompt beside its texts; when it changes, some versions are indexed anew.
///
/// @param newest  number of its newest version; 0 if it has none
/// @param hash    of the newest version, which stands for its whole history; empty if there is none
/// @param current number of the version that is searched: the newest of the main branch, or of all if that is empty
/// @param labels  the versions that labels stand on, by the labels' names
record PromptState(UUID id, String name, boolean archived, int newest, String hash, int current, SortedMap<String, Integer> labels) {
    PromptState {
        labels = new TreeMap<>(labels);
    }

    /// Versions that `before` did not have, or had with another name, rank or label.
    SortedSet<Integer> changedSince(PromptState before) {
        var changed = new TreeSet<Integer>();
        for (int number = before.newest + 1; number <= newest; number++) changed.add(number);
        if (current != before.current || !name.equals(before.name)) {
            changed.add(before.current);
            changed.add(current);
        }
        var names = new TreeSet<>(labels.keySet());
        names.addAll(before.labels.keySet());
        for (var label : names) {
            int now = labels.getOrDefault(label, 0);
            int was = before.labels.getOrDefault(label, 0);
            if (now == was) continue;
            changed.add(now);
            changed.add(was);
        }
        changed.remove(0);
        return changed;
    }
}
