package pilothouse.tokens;

import java.util.ArrayList;
import java.util.List;

/// Counts a text again and again while it is edited. Remembers the counts of stretches between places that no
/// token crosses, and counts only those that the edit touched. The number always is that of the whole text. One
/// text, one thread.
public final class TokenCounter {
    private static final int STRETCH = 512;   // least length of a stretch, in UTF-16 units

    /// @param end of the stretch in the text it was counted in; it starts where the one before it ends
    private record Stretch(int end, int tokens) {}

    private final Tokenizer tokenizer;
    private final Specials specials;
    private String text = "";
    private List<Stretch> stretches = List.of();

    public TokenCounter(Tokenizer tokenizer, Specials specials) {
        this.tokenizer = tokenizer;
        this.specials = specials;
    }

    /// `tokenizer.count(edited, specials)`; quick if `edited` is mostly the text of the last call.
    public int count(String edited) {
        int same = samePrefix(edited);
        int sameEnd = sameSuffix(edited, same);
        var now = new ArrayList<Stretch>();
        for (var stretch : stretches) {
            if (stretch.end + tokenizer.boundaryMargin() > same) break;
            now.add(stretch);
        }
        var tail = tail(edited.length() - text.length(), text.length() - sameEnd);
        int from = now.isEmpty() ? 0 : now.getLast().end;
        int firstOfTail = tail.isEmpty() ? edited.length() : tail.getFirst().end;
        while (!tail.isEmpty() && firstOfTail < from) {
            tail = tail.subList(1, tail.size());
            firstOfTail = tail.isEmpty() ? edited.length() : tail.getFirst().end;
        }
        countBetween(edited, from, firstOfTail, now);
        if (!tail.isEmpty()) now.addAll(tail.subList(1, tail.size()));
        text = edited;
        stretches = List.copyOf(now);
        return now.stream().mapToInt(Stretch::tokens).sum();
    }

    /// Stretches whose whole surroundings lie in the unchanged end of the old text, moved by `shift`. Of the first
    /// only the end is of use: the edit may have been in it.
    private List<Stretch> tail(int shift, int unchangedFrom) {
        var moved = new ArrayList<Stretch>();
        for (var stretch : stretches)
            if (stretch.end - tokenizer.boundaryMargin() >= unchangedFrom)
                moved.add(new Stretch(stretch.end + shift, stretch.tokens));
        return moved;
    }

    private void countBetween(String edited, int from, int to, List<Stretch> into) {
        int start = from;
        for (int i = from + STRETCH; i < to - STRETCH; i++) {
            if (!tokenizer.isBoundary(edited, i)) continue;
            into.add(new Stretch(i, tokenizer.count(edited.substring(start, i), specials)));
            start = i;
            i += STRETCH;
        }
        if (start < to) into.add(new Stretch(to, tokenizer.count(edited.substring(start, to), specials)));
    }

    private int samePrefix(String edited) {
        int end = Math.min(text.length(), edited.length());
        int i = 0;
        while (i < end && text.charAt(i) == edited.charAt(i)) i++;
        return i;
    }

    private int sameSuffix(String edited, int prefix) {
        int most = Math.min(text.length(), edited.length()) - prefix;
        int n = 0;
        while (n < most && text.charAt(text.length() - 1 - n) == edited.charAt(edited.length() - 1 - n)) n++;
        return n;
    }
}
