package pilothouse.prompts.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What is looked for, as people type it: `words`, `"words in a row"`, `label:production`, `author:ada`,
/// `variable:topic`. All of it must be there. The last word may be the beginning of one, because it may be
/// half typed, and so may any that ends with `*`. Every text is a query: what is no word is passed over.
record SearchWords(List<Word> words, List<List<String>> phrases, List<Only> filters) {
    private static final Pattern PIECE = Pattern.compile("(?:(label|author|variable):)?(?:\"([^\"]*)\"?|(\\S+))", Pattern.CASE_INSENSITIVE);

    /// @param begins whether longer words that begin with it are meant too
    record Word(String text, boolean begins) {
        boolean means(String word) {
            return begins ? word.startsWith(text) : word.equals(text);
        }
    }

    /// @param field  `label`, `author` or `variable`
    /// @param begins whether longer values that begin with it are meant too
    record Only(String field, String value, boolean begins) {}

    SearchWords {
        words = List.copyOf(words);
        phrases = List.copyOf(phrases);
        filters = List.copyOf(filters);
    }

    static SearchWords parse(String typed) {
        var words = new ArrayList<Word>();
        var phrases = new ArrayList<List<String>>();
        var filters = new ArrayList<Only>();
        var pieces = PIECE.matcher(typed);
        while (pieces.find()) {
            boolean quoted = pieces.group(2) != null;
            var text = quoted ? pieces.group(2) : pieces.group(3);
            boolean begins = !quoted && (pieces.end() == typed.length() || text.endsWith("*"));
            if (pieces.group(1) != null) filters.add(new Only(pieces.group(1).toLowerCase(Locale.ROOT),
                    text.strip().toLowerCase(Locale.ROOT).replaceAll("\\*$", ""), begins));
            else if (quoted) phrases.add(split(text));
            else {
                var parts = split(text);
                for (int i = 0; i < parts.size(); i++) words.add(new Word(parts.get(i), begins && i == parts.size() - 1));
            }
        }
        phrases.removeIf(List::isEmpty);
        return new SearchWords(words, phrases, filters);
    }

    /// Whether anything is looked for at all.
    boolean isEmpty() {
        return words.isEmpty() && phrases.isEmpty() && filters.isEmpty();
    }

    /// Which of the words `word` is: a number below 64, words before phrases; negative if none.
    int marked(String word) {
        int which = 0;
        for (var wanted : words) {
            if (wanted.means(word)) return Math.min(which, 63);
            which++;
        }
        for (var phrase : phrases)
            for (var wanted : phrase) {
                if (wanted.equals(word)) return Math.min(which, 63);
                which++;
            }
        return -1;
    }

    private static List<String> split(String text) {
        var parts = new ArrayList<String>();
        Words.each(text, (word, _, _) -> parts.add(word));
        return parts;
    }
}
