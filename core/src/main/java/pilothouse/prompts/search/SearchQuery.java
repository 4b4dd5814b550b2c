package pilothouse.prompts.search;

import java.util.Map;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/// [SearchWords] as Lucene takes them. A word in the name counts more than one in the text.
final class SearchQuery {
    private static final Map<String, Float> FIELDS = Map.of("name", 4f, "variables", 2f, "text", 1f, "message", 1f);
    private static final float BEGINNING = 0.3f;

    private SearchQuery() {}

    /// @param everyVersion false: only the current version of each prompt, or those with the label that is asked for
    static Query of(SearchWords words, boolean everyVersion) {
        var all = new BooleanQuery.Builder();
        for (var word : words.words()) all.add(anywhere(word), Occur.MUST);
        for (var phrase : words.phrases()) all.add(anywhere(phrase.toArray(String[]::new)), Occur.MUST);
        for (var only : words.filters()) all.add(only(only), Occur.FILTER);
        boolean labelled = words.filters().stream().anyMatch(only -> only.field().equals("label"));
        if (!everyVersion && !labelled) all.add(new TermQuery(new Term("kind", "current")), Occur.FILTER);
        return all.build();
    }

    private static Query only(SearchWords.Only only) {
        var term = new Term(only.field(), only.value());
        return only.begins() ? new PrefixQuery(term) : new TermQuery(term);
    }

    private static Query anywhere(SearchWords.Word word) {
        var any = new BooleanQuery.Builder();
        FIELDS.forEach((field, weight) -> {
            var term = new Term(field, word.text());
            any.add(new BoostQuery(new TermQuery(term), weight), Occur.SHOULD);
            if (word.begins()) any.add(new BoostQuery(new PrefixQuery(term), weight * BEGINNING), Occur.SHOULD);
        });
        return any.build();
    }

    private static Query anywhere(String... phrase) {
        var any = new BooleanQuery.Builder();
        FIELDS.forEach((field, weight) -> any.add(new BoostQuery(new PhraseQuery(field, phrase), weight), Occur.SHOULD));
        return any.build();
    }
}
