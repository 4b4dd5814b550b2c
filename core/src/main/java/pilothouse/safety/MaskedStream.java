package pilothouse.safety;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/// A text that grows at its end and is taken from its beginning, with secrets masked. Nothing can be
/// taken that a secret may still cover. For one thread.
final class MaskedStream {
    /// A run of overlapping secrets.
    ///
    /// @param begin first position covered, counted from the beginning of the stream
    /// @param end   first position after it
    /// @param names of the secrets in it, each with where it begins
    private record Region(long begin, long end, Map<String, Long> names) {}

    /// Some taken text.
    ///
    /// @param touched true if a secret covered a part of it
    record Piece(String text, boolean touched) {}

    private final SecretRule rule;
    private final StringBuilder kept = new StringBuilder(); // from position `taken` on
    private final Deque<Region> regions = new ArrayDeque<>();
    private int state = SecretRule.START;
    private int regionsSeen;
    private long taken;
    private long end;
    private boolean finished;

    MaskedStream(SecretRule rule) {
        this.rule = rule;
    }

    /// Appends `text`; returns the position after it.
    long accept(String text) {
        kept.append(text);
        for (int i = 0; i < text.length(); i++) {
            state = rule.step(state, text.charAt(i));
            end++;
            if (!rule.found(state).isEmpty()) cover(end - rule.length(state), rule.found(state));
        }
        return end;
    }

    /// Says that no more text comes: what only may have begun a secret did not.
    void finish() {
        finished = true;
    }

    /// Everything before this position can be taken.
    long settled() {
        if (finished) return end;
        long open = end - rule.open(state);
        var last = regions.peekLast();
        return last != null && last.end > open ? Math.min(last.begin, open) : open;
    }

    /// How many masks it has or will have.
    int regions() {
        return regionsSeen;
    }

    /// Takes the text up to `to`, which must be settled. A region's mask stands where it begins;
    /// what it covers after that yields nothing.
    Piece take(long to) {
        var text = new StringBuilder();
        boolean touched = false;
        while (taken < to) {
            var region = regions.peekFirst();
            if (region == null || region.begin >= to) {
                move(to, text);
            } else if (taken < region.begin) {
                move(region.begin, text);
            } else {
                touched = true;
                if (taken == region.begin) text.append(SecretRule.maskOf(region.names.keySet()));
                move(Math.min(to, region.end), new StringBuilder());
                if (taken == region.end) regions.pollFirst();
            }
        }
        return new Piece(text.toString(), touched);
    }

    private void move(long to, StringBuilder into) {
        int count = (int) (to - taken);
        into.append(kept, 0, count);
        kept.delete(0, count);
        taken = to;
    }

    /// Adds a secret that ends at `end` and grows the regions which it overlaps into one. A name
    /// whose secret lies wholly within the new one is told by the longer one alone.
    private void cover(long begin, String name) {
        var names = new LinkedHashMap<String, Long>();
        long first = begin;
        var last = regions.peekLast();
        boolean joined = false;
        while (last != null && last.end > begin) {
            regions.pollLast();
            if (joined) regionsSeen--;
            joined = true;
            var earlier = new LinkedHashMap<>(last.names);
            earlier.values().removeIf(start -> start >= begin);
            earlier.putAll(names);
            names = earlier;
            first = Math.min(first, last.begin);
            last = regions.peekLast();
        }
        if (!joined) regionsSeen++;
        names.putIfAbsent(name, begin);
        regions.addLast(new Region(first, end, names));
    }
}
