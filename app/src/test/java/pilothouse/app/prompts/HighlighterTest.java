package pilothouse.app.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.fxmisc.richtext.model.StyleSpans;
import org.junit.jupiter.api.Test;

class HighlighterTest {
    private final Highlighter highlighter = new Highlighter();

    @Test
    void givenAPrompt_everyKindOfTextHasItsColour() {
        var text = """
                ---
                model: x # why
                config: { temperature: 0.2 }
                ---
                {{role "user"}}
                # Task
                - {{name}} "quoted" {{#if a}} {{> part}} {{open""";
        assertThat(coloured(text, Highlighter.change(highlighter, text))).contains("tk-fence:---", "tk-key:model", "tk-comment:# why",
                "tk-key:temperature", "tk-number:0.2", "tk-role:{{role \"user\"}}", "tk-head:# Task", "tk-bullet:- ", "tk-variable:{{name}}",
                "tk-string:\"quoted\"", "tk-block:{{#if a}}", "tk-block:{{> part}}", "tk-broken:{{open");
    }

    @Test
    void givenOneEditedLine_onlyThatLineIsColouredAnew() {
        var text = "one {{a}}\ntwo {{b}}\nthree {{c}}";
        highlighter.applied(Highlighter.change(highlighter, text));
        var edited = text.replace("{{b}}", "{{bb}}");
        var change = Highlighter.change(highlighter, edited);
        assertThat(change.from()).isEqualTo(10);
        assertThat(coloured(edited, change)).containsExactly("tk-variable:{{bb}}");
        highlighter.applied(change);
        assertThat(Highlighter.change(highlighter, edited).spans().length()).isZero();
    }

    @Test
    void givenAFenceThatGoes_theLinesBelowChangeTheirColours() {
        highlighter.applied(Highlighter.change(highlighter, "---\na: 1\n---\nb: 2"));
        var change = Highlighter.change(highlighter, "a: 1\n---\nb: 2");
        assertThat(coloured("a: 1\n---\nb: 2", change)).isEmpty();
        assertThat(change.from() + change.spans().length()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void givenAnyEdits_theColoursAreThoseOfTheWholeText() {
        long seed = 42;
        var random = new java.util.Random(seed);
        var alphabet = List.of("---\n", "{{a}}", "\n", "# x", "\"q\"", "{{", "k: 1", " ", "{{#if b}}");
        var text = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            int from = random.nextInt(text.length() + 1);
            if (random.nextInt(3) == 0) text.delete(from, Math.min(text.length(), from + random.nextInt(6)));
            else text.insert(from, alphabet.get(random.nextInt(alphabet.size())));
            var change = Highlighter.change(highlighter, text.toString());
            var whole = Highlighter.change(new Highlighter(), text.toString());
            var part = whole.spans().subView(change.from(), change.from() + change.spans().length());
            assertThat(coloured(text.toString(), change)).as("seed %d, edit %d", seed, i)
                    .isEqualTo(coloured(text.toString(), new Highlighter.Change(change.from(), part, List.of())));
            highlighter.applied(change);
        }
    }

    private static List<String> coloured(String text, Highlighter.Change change) {
        var found = new ArrayList<String>();
        int at = change.from();
        StyleSpans<Collection<String>> spans = change.spans();
        for (var span : spans) {
            if (!span.getStyle().isEmpty() && span.getLength() > 0) found.add(span.getStyle().iterator().next() + ":" + text.substring(at, at + span.getLength()));
            at += span.getLength();
        }
        return found;
    }
}
