package pilothouse.engine.grammar;

import java.util.LinkedHashMap;
import java.util.Map;
import pilothouse.engine.grammar.Form.AnyObject;
import pilothouse.engine.grammar.Form.Expression;
import pilothouse.engine.grammar.Form.OneOf;
import pilothouse.engine.grammar.Form.Schema;
import pilothouse.json.Json;
import pilothouse.tokens.Tokenizer;

/// The forms that were asked of one model, compiled for its tokens; the least recently used are forgotten. Any thread.
public final class Grammars {
    private static final int MOST = 16;

    private final Tokenizer tokenizer;
    private final Map<String, Compiled> compiled = new LinkedHashMap<>(16, 0.75f, true);
    private TokenTrie trie;

    /// A form, ready to guide answers: [#guide] and its guides belong to one thread.
    public static final class Compiled {
        private final GrammarStates states;
        private final TokenTrie trie;

        private Compiled(GrammarStates states, TokenTrie trie) {
            this.states = states;
            this.trie = trie;
        }

        /// For one answer, from its beginning.
        public Guide guide() {
            return new Guide(states, trie);
        }
    }

    public Grammars(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /// @throws pilothouse.problems.ProblemException if the form is not understood, naming the keyword or the place
    public synchronized Compiled compile(Form form) {
        if (trie == null) trie = new TokenTrie(tokenizer);
        var key = form.getClass().getSimpleName() + Json.write(form); // the order of properties counts
        var known = compiled.get(key);
        if (known != null) return known;
        var made = new Compiled(new GrammarStates(grammar(form), trie), trie);
        compiled.put(key, made);
        if (compiled.size() > MOST) compiled.remove(compiled.keySet().iterator().next());
        return made;
    }

    private Grammar grammar(Form form) {
        return switch (form) {
            case AnyObject _ -> JsonSchema.anyObject(trie.writable());
            case Schema(var schema) -> JsonSchema.compile(schema, trie.writable());
            case Expression(var regex) -> text(RegexParser.whole(regex));
            case OneOf(var texts) -> text(new Regex.Choice(texts.stream().map(Regex::literal).toList()));
        };
    }

    private Grammar text(Regex regex) {
        var builder = new GrammarBuilder();
        int rule = builder.rule();
        builder.regex(builder.of(rule).start(), regex, builder.of(rule).end(), builder::utf8);
        return builder.build(rule, trie.writable());
    }
}
