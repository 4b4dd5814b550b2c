package pilothouse.templates.jinja;

import java.util.ArrayList;
import java.util.List;

/// A text that remembers which of its characters came from message content, through joining, cutting and
/// trimming. Where the way of a character cannot be followed, the whole result counts as content: the safe side,
/// since content never becomes a control token. Equal to another of the same characters, wherever they came from.
public final class MarkedText {
    /// Characters from content, in UTF-16 units: `start` … `end` − 1.
    public record Range(int start, int end) {}

    static final MarkedText EMPTY = new MarkedText("", List.of());

    private final String text;
    private final List<Range> content;

    private MarkedText(String text, List<Range> content) {
        this.text = text;
        this.content = content;
    }

    /// A text that the template, or whoever calls it, answers for.
    public static MarkedText plain(String text) {
        return new MarkedText(text, List.of());
    }

    /// A text that came from a person, a document or a model.
    public static MarkedText content(String text) {
        return new MarkedText(text, text.isEmpty() ? List.of() : List.of(new Range(0, text.length())));
    }

    /// `text`, made from `sources` in a way that is not followed: all content if some of them was.
    static MarkedText derived(String text, MarkedText... sources) {
        for (var source : sources) if (!source.content.isEmpty()) return content(text);
        return plain(text);
    }

    public String text() {
        return text;
    }

    /// Ascending, neither touching nor overlapping.
    public List<Range> content() {
        return content;
    }

    int length() {
        return text.length();
    }

    MarkedText substring(int from, int to) {
        if (from == 0 && to == text.length()) return this;
        if (content.isEmpty() || from >= to) return plain(text.substring(from, to));
        var kept = new ArrayList<Range>();
        for (int i = firstEndingAfter(from); i < content.size() && content.get(i).start < to; i++)
            kept.add(new Range(Math.max(content.get(i).start, from) - from, Math.min(content.get(i).end, to) - from));
        return new MarkedText(text.substring(from, to), List.copyOf(kept));
    }

    private int firstEndingAfter(int index) {
        int low = 0;
        int high = content.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (content.get(middle).end > index) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    MarkedText plus(MarkedText other) {
        return new Builder().append(this).append(other).build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MarkedText that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    /// Joins texts up to the length that a template may make.
    static final class Builder {
        private final StringBuilder text = new StringBuilder();
        private final List<Range> content = new ArrayList<>();

        Builder append(String plain) {
            text.append(plain);
            return checked();
        }

        Builder append(MarkedText more) {
            int at = text.length();
            text.append(more.text);
            for (var range : more.content) {
                var moved = new Range(at + range.start, at + range.end);
                if (!content.isEmpty() && content.getLast().end == moved.start)
                    content.set(content.size() - 1, new Range(content.getLast().start, moved.end));
                else content.add(moved);
            }
            return checked();
        }

        private Builder checked() {
            if (text.length() > Fuel.MOST_CHARACTERS) throw Fuel.tooLong();
            return this;
        }

        MarkedText build() {
            return new MarkedText(text.toString(), List.copyOf(content));
        }
    }
}
