package pilothouse.templates.assistance;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import pilothouse.templates.assistance.BodyTag.Word;

/// The values that the tags of a text read from what is given, as far as can be said of a text that is not finished.
final class UsedNames {
    private UsedNames() {}

    static Set<String> of(String text, List<BodyTag> tags) {
        var names = new LinkedHashSet<String>();
        int depth = 0;
        for (var tag : tags) {
            if (tag.mark() == '!') continue;
            var words = tag.words(text);
            var first = words.isEmpty() ? "" : words.getFirst().text();
            boolean enters = first.equals("each") || first.equals("with");
            if (tag.mark() == '/' && enters && depth > 0) depth--;
            for (int i = tag.mark() == '>' ? 1 : 0; tag.mark() != '/' && i < words.size(); i++)
                if (!isKey(words, i) && isGiven(words.get(i), depth)) names.add(KnownFields.steps(words.get(i).text()).getFirst());
            if (tag.mark() == '#' && enters && tag.isClosed()) depth++;
        }
        return names;
    }

    /// Whether that word of that tag reads something that is given.
    static boolean isGivenAt(String text, List<BodyTag> tags, BodyTag tag, Word word) {
        var words = tag.words(text);
        int depth = new OpenBlocks(text, tags, tag.open()).depth();
        return !isKey(words, words.indexOf(word)) && isGiven(word, depth);
    }

    private static boolean isKey(List<Word> words, int i) {
        return i + 1 < words.size() && words.get(i + 1).text().equals("=");
    }

    private static boolean isGiven(Word word, int depth) {
        var path = word.text();
        if (word.kind() != Word.Kind.PATH || path.startsWith("@") && !path.startsWith("@root.") || BodyProposals.WORDS.contains(path)) return false;
        if (path.matches("-?\\d.*") || KnownFields.steps(path).isEmpty() || KnownFields.steps(path).getFirst().startsWith(".")) return false;
        return path.startsWith("@root.") || PathStart.ups(path) >= depth;
    }
}
