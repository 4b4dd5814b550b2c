package pilothouse.tokens;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Counts a text again and again while it is edited. Remembers the counts of stretches between places that no
/// token crosses, and counts only those that the edit touched. The number always is that of the whole text. One
/// text, one thread; a long text is counted by all cores the first time.
public final class TokenCounter {
    private static final int STRETCH = 512;          // least length of a stretch, in UTF-16 units
    private static final int WORTH_SHARING = 64;     // stretches; fewer are counted before others have woken

    /// @param end of the stretch in the text it was counted in; it starts where the one before it ends
    private record Stretch(int end, int tokens) {}

    private final Tokenizer tokenizer;
    private String text = "";
    private List<Span> content = List.of();
    private List<Stretch> stretches = List.of();

    public TokenCounter(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /// `tokenizer.count(edited, specials)`; quick if `edited` is mostly the text of the last call.
    public int count(String edited, Specials specials) {
        return count(edited, specials == Specials.PARSED || edited.isEmpty() ? List.of() : List.of(new Span(0, edited.length())));
    }

    /// `tokenizer.count(edited, content)`: the number of a conversation as a chat template writes it.
    public int count(String edited, List<Span> nowContent) {
        int same = samePrefix(edited, nowContent);
        int sameEnd = sameSuffix(edited, nowContent, same);
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
        countBetween(edited, nowContent, from, firstOfTail, now);
        if (!tail.isEmpty()) now.addAll(tail.subList(1, tail.size()));
        text = edited;
        content = List.copyOf(nowContent);
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

    private void countBetween(String edited, List<Span> spans, int from, int to, List<Stretch> into) {
        if (from >= to) return;
        var ends = new ArrayList<Integer>();
        int start = from;
        for (int i = from + STRETCH; i < to - STRETCH; i++) {
            if (!tokenizer.isBoundary(edited, i)) continue;
            ends.add(i);
            start = i;
            i += STRETCH;
        }
        if (start < to) ends.add(to);
        var order = IntStream.range(0, ends.size());
        var counts = (ends.size() < WORTH_SHARING ? order : order.parallel())
                .map(i -> stretch(edited, spans, i == 0 ? from : ends.get(i - 1), ends.get(i))).toArray();
        for (int i = 0; i < counts.length; i++) into.add(new Stretch(ends.get(i), counts[i]));
    }

    private int stretch(String edited, List<Span> spans, int from, int to) {
        var inside = new ArrayList<Span>();
        for (int i = firstAfter(spans, from); i < spans.size() && spans.get(i).start() < to; i++)
            inside.add(new Span(Math.max(0, spans.get(i).start() - from), Math.min(to, spans.get(i).end()) - from));
        return tokenizer.count(edited.substring(from, to), inside);
    }

    /// The first span that ends after `index`.
    private static int firstAfter(List<Span> spans, int index) {
        int low = 0;
        int high = spans.size();
        while (low < high) {
            int middle = low + high >>> 1;
            if (spans.get(middle).end() > index) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    /// Up to where both texts are the same and mean the same.
    private int samePrefix(String edited, List<Span> spans) {
        int end = Math.min(text.length(), edited.length());
        for (int s = 0; s < Math.max(content.size(), spans.size()); s++) {
            if (s == content.size() || s == spans.size()) {
                end = Math.min(end, (s == content.size() ? spans : content).get(s).start());
                break;
            }
            var was = content.get(s);
            var is = spans.get(s);
            if (was.equals(is)) continue;
            end = Math.min(end, was.start() == is.start() ? Math.min(was.end(), is.end()) : Math.min(was.start(), is.start()));
            break;
        }
        int i = 0;
        while (i < end && text.charAt(i) == edited.charAt(i)) i++;
        return i;
    }

    /// How many units at the end of both texts are the same and mean the same, seen from the end.
    private int sameSuffix(String edited, List<Span> spans, int prefix) {
        int most = Math.min(text.length(), edited.length()) - prefix;
        for (int s = 1; s <= Math.max(content.size(), spans.size()); s++) {
            if (s > content.size() || s > spans.size()) {
                most = Math.min(most, s > content.size() ? edited.length() - spans.get(spans.size() - s).end() : text.length() - content.get(content.size() - s).end());
                break;
            }
            var was = content.get(content.size() - s);
            var is = spans.get(spans.size() - s);
            int wasEnd = text.length() - was.end();
            int isEnd = edited.length() - is.end();
            int wasStart = text.length() - was.start();
            int isStart = edited.length() - is.start();
            if (wasEnd == isEnd && wasStart == isStart) continue;
            most = Math.min(most, wasEnd == isEnd ? Math.min(wasStart, isStart) : Math.min(wasEnd, isEnd));
            break;
        }
        int n = 0;
        while (n < most && text.charAt(text.length() - 1 - n) == edited.charAt(edited.length() - 1 - n)) n++;
        return n;
    }
}
