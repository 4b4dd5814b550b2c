package pilothouse.app.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import pilothouse.problems.ProblemException;

/// What is looked for in a text. An expression that would try for ever is given up with a [ProblemException].
///
/// @param words      as typed
/// @param expression whether `words` are a regular expression, as [Pattern] reads it
/// @param exactCase  whether `A` is not `a`
/// @param wholeWords whether a word must begin and end with the match
public record TextSearch(String words, boolean expression, boolean exactCase, boolean wholeWords) {
    /// Most places that are listed.
    public static final int MOST = 10_000;
    private static final long MOST_LOOKS = 50_000_000; // some seconds: 5 MB are looked through in far less

    /// A place in the text, in UTF-16 units.
    public record Place(int from, int to) {}

    /// Where it is, in order; at most [#MOST]. Matches of nothing, as of `x*`, are left out.
    ///
    /// @throws ProblemException if the expression is none, or tries for too long
    public List<Place> in(String text) {
        if (words.isEmpty()) return List.of();
        var places = new ArrayList<Place>();
        guarded(() -> {
            for (var matcher = pattern().matcher(new Looks(text)); places.size() < MOST && matcher.find(); )
                if (matcher.end() > matcher.start()) places.add(new Place(matcher.start(), matcher.end()));
            return places;
        });
        return List.copyOf(places);
    }

    /// What takes the place of one match: in an expression `$1` or `${name}` stands for what a group found, and `\n`
    /// for a line end.
    ///
    /// @return empty if there is no match at that place
    /// @throws ProblemException if the replacement names a group that is not there
    public Optional<String> replacement(String text, Place at, String by) {
        if (!expression) return Optional.of(by);
        return guarded(() -> {
            var matcher = pattern().matcher(new Looks(text));
            if (!matcher.find(at.from) || matcher.start() != at.from || matcher.end() != at.to) return Optional.empty();
            var all = new StringBuilder();
            matcher.appendReplacement(all, withLineEnds(by));
            return Optional.of(all.substring(at.from));
        });
    }

    /// The text with every match replaced, also those beyond [#MOST].
    ///
    /// @throws ProblemException as above
    public String replaceAll(String text, String by) {
        if (words.isEmpty()) return text;
        return guarded(() -> {
            var all = new StringBuilder();
            var matcher = pattern().matcher(new Looks(text));
            while (matcher.find())
                if (matcher.end() > matcher.start()) matcher.appendReplacement(all, expression ? withLineEnds(by) : Matcher.quoteReplacement(by));
            return matcher.appendTail(all).toString();
        });
    }

    private static String withLineEnds(String by) {
        return by.replace("\\n", "\n").replace("\\t", "\t");
    }

    private Pattern pattern() {
        var written = expression ? words : Pattern.quote(words);
        var pattern = wholeWords ? "(?<![\\p{L}\\p{N}_])(?:" + written + ")(?![\\p{L}\\p{N}_])" : written;
        return Pattern.compile(pattern, Pattern.MULTILINE | (exactCase ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    }

    private interface Looking<T> {
        T look();
    }

    private <T> T guarded(Looking<T> looking) {
        try {
            return looking.look();
        } catch (PatternSyntaxException e) {
            throw new ProblemException("This is no regular expression: " + e.getDescription(), words, "Correct it, or switch regular expressions off");
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new ProblemException("The replacement cannot be made: " + e.getMessage(), words, "Write \\$ for a dollar sign");
        } catch (StackOverflowError _) {
            throw new ProblemException("This expression nests too deep for the text", words, "Write it without repeats within repeats");
        }
    }

    /// Counts how often the matcher looks at a character, since an expression such as `(a+)+b` may look for years.
    private static final class Looks implements CharSequence {
        private final String text;
        private final long[] left;

        Looks(String text) {
            this(text, new long[] {MOST_LOOKS});
        }

        private Looks(String text, long[] left) {
            this.text = text;
            this.left = left;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (left[0]-- <= 0) throw new ProblemException("This expression takes too long", "", "Write it without repeats within repeats");
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Looks(text.substring(start, end), left);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
