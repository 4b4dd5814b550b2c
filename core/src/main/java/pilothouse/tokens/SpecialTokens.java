package pilothouse.tokens;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds the tokens that are recognised as whole texts: control and unknown tokens where they are meant, user-
/// defined ones everywhere. Longer ones first, as in llama.cpp's `tokenizer_st_partition`.
final class SpecialTokens {
    /// @param control whether it is only recognised where specials are parsed
    private record Special(String text, int id, boolean control) {}

    /// A place in the text that is one token.
    record Match(int start, int end, int id) {}

    private final Map<Character, List<Special>> byFirst = new HashMap<>();
    private int longest = 1;

    SpecialTokens(Vocabulary vocabulary) {
        var types = vocabulary.types();
        for (int id = 0; id < types.length; id++) {
            boolean control = types[id] == Vocabulary.CONTROL || types[id] == Vocabulary.UNKNOWN;
            var text = vocabulary.tokens().get(id);
            if (text.isEmpty() || !control && types[id] != Vocabulary.USER_DEFINED) continue;
            byFirst.computeIfAbsent(text.charAt(0), _ -> new ArrayList<>()).add(new Special(text, id, control));
            longest = Math.max(longest, text.length());
        }
    }

    int longest() {
        return longest;
    }

    /// Matches in ascending order, not overlapping. A control token that touches a `content` span is text.
    List<Match> in(String text, List<Span> content) {
        var found = new ArrayList<Match>();
        int nextSpan = 0;
        for (int i = 0; i < text.length(); i++) {
            var specials = byFirst.get(text.charAt(i));
            if (specials == null) continue;
            while (nextSpan < content.size() && content.get(nextSpan).end() <= i) nextSpan++;
            int contentStart = nextSpan < content.size() ? content.get(nextSpan).start() : Integer.MAX_VALUE;
            for (var special : specials) {
                int end = i + special.text.length();
                if ((!special.control || end <= contentStart) && text.startsWith(special.text, i))
                    found.add(new Match(i, end, special.id));
            }
        }
        return found.size() < 2 ? found : longestFirst(found);
    }

    private static List<Match> longestFirst(List<Match> found) {
        found.sort(Comparator.<Match>comparingInt(match -> match.start - match.end)
                .thenComparingInt(Match::id).thenComparingInt(Match::start));
        var taken = new java.util.TreeMap<Integer, Match>();
        for (var match : found) {
            var before = taken.lowerEntry(match.end);
            if (before == null || before.getValue().end <= match.start) taken.put(match.start, match);
        }
        return List.copyOf(taken.values());
    }

    /// True if some token's text stands across `index`, whether it would be taken or not.
    boolean cross(String text, int index) {
        for (int start = Math.max(0, index - longest + 1); start < index; start++) {
            var specials = byFirst.get(text.charAt(start));
            if (specials == null) continue;
            for (var special : specials)
                if (start + special.text.length() > index && text.startsWith(special.text, start)) return true;
        }
        return false;
    }
}
