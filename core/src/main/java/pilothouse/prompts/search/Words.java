package pilothouse.prompts.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/// How a text falls into words, for the index, for queries and for marks alike: by Unicode's word
/// boundaries (UAX #29), in lower case, Latin letters without their accents.
final class Words extends Analyzer {
    static final Words ANALYZER = new Words();

    /// Told a word and where it stands.
    interface Seen {
        void word(String word, int from, int to);
    }

    private Words() {}

    static void each(String text, Seen seen) {
        try (var stream = ANALYZER.tokenStream("", text)) {
            var word = stream.addAttribute(CharTermAttribute.class);
            var place = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken()) seen.word(word.toString(), place.startOffset(), place.endOffset());
            stream.end();
        } catch (IOException e) { // a text in memory is always readable
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        var tokenizer = new StandardTokenizer();
        return new TokenStreamComponents(tokenizer, new Plain(new LowerCaseFilter(tokenizer)));
    }

    /// Takes accents away: `crème` is found by `creme`.
    private static final class Plain extends TokenFilter {
        private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036f]+");
        private final CharTermAttribute word = addAttribute(CharTermAttribute.class);

        Plain(TokenStream words) {
            super(words);
        }

        @Override
        public boolean incrementToken() throws IOException {
            if (!input.incrementToken()) return false;
            if (word.chars().anyMatch(c -> c > 0x7f)) {
                var plain = ACCENTS.matcher(Normalizer.normalize(word, Normalizer.Form.NFKD)).replaceAll("");
                if (!plain.isEmpty()) word.setEmpty().append(plain);
            }
            return true;
        }
    }
}
