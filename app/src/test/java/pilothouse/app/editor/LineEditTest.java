package pilothouse.app.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class LineEditTest {
    private static final String TEXT = "one\ntwo\nthree";

    @Test
    void givenALine_itMovesUpAndDownAndStopsAtTheEnds() {
        assertThat(done(TEXT, LineEdit.up(TEXT, 5, 5).orElseThrow())).isEqualTo("two\none\nthree");
        assertThat(done(TEXT, LineEdit.down(TEXT, 5, 5).orElseThrow())).isEqualTo("one\nthree\ntwo");
        assertThat(LineEdit.up(TEXT, 2, 2)).isEmpty();
        assertThat(LineEdit.down(TEXT, 9, 9)).isEmpty();
        assertThat(LineEdit.up(TEXT, 5, 5).orElseThrow().caret()).isEqualTo(1);
    }

    @Test
    void givenASelectionThatEndsAtALinesBeginning_thatLineIsNotTouched() {
        assertThat(done(TEXT, LineEdit.indent(TEXT, 0, 4))).isEqualTo("  one\ntwo\nthree");
        assertThat(done(TEXT, LineEdit.indent(TEXT, 8, 0))).isEqualTo("  one\n  two\nthree");
    }

    @Test
    void givenLines_theyAreDuplicatedDeletedIndentedAndBack() {
        assertThat(done(TEXT, LineEdit.duplicate(TEXT, 9, 9))).isEqualTo("one\ntwo\nthree\nthree");
        assertThat(done(TEXT, LineEdit.delete(TEXT, 9, 9))).isEqualTo("one\ntwo");
        assertThat(done(TEXT, LineEdit.delete(TEXT, 0, 5))).isEqualTo("three");
        assertThat(done("only", LineEdit.delete("only", 2, 2))).isEmpty();
        assertThat(done("    a\n\tb\n c", LineEdit.outdent("    a\n\tb\n c", 0, 11))).isEqualTo("  a\nb\nc");
    }

    @Test
    void givenLinesOfBothParts_eachGetsItsOwnKindOfComment() {
        var text = "---\nmodel: a\n---\nHello {{name}}\n\n  Bye\n";
        int matter = text.indexOf("model");
        int body = text.indexOf("Hello");
        var inMatter = done(text, LineEdit.comment(text, matter, matter));
        assertThat(inMatter).contains("\n# model: a\n");
        assertThat(done(inMatter, LineEdit.comment(inMatter, matter, matter))).isEqualTo(text);
        var below = done(text, LineEdit.comment(text, body, text.length()));
        assertThat(below).endsWith("{{!-- Hello {{name}} --}}\n\n  {{!-- Bye --}}\n");
        assertThat(done(below, LineEdit.comment(below, body, below.length()))).isEqualTo(text);
        assertThat(pilothouse.templates.Template.parse(below.substring(body)).variables()).isEmpty();
        assertThat(done("{{! old }}", LineEdit.comment("{{! old }}", 3, 3))).isEqualTo("old");
    }

    @Test
    void givenAnyTextAndSelection_placesStayInsideAndUpUndoesDown() {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
        for (int round = 0; round < 5_000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) text.append("ab\n \tא#{".charAt(random.nextInt(8)));
            var all = text.toString();
            int anchor = random.nextInt(all.length() + 1);
            int caret = random.nextInt(all.length() + 1);
            for (var edit : List.of(LineEdit.indent(all, anchor, caret), LineEdit.outdent(all, anchor, caret), LineEdit.duplicate(all, anchor, caret),
                    LineEdit.delete(all, anchor, caret), LineEdit.comment(all, anchor, caret))) inside(all, edit, round);
            int at = round;
            LineEdit.up(all, anchor, caret).ifPresent(it -> inside(all, it, at));
            Optional<LineEdit> down = LineEdit.down(all, caret, caret);
            down.ifPresent(it -> {
                inside(all, it, at);
                var moved = done(all, it);
                assertThat(done(moved, LineEdit.up(moved, it.caret(), it.caret()).orElseThrow())).as("round %d", at).isEqualTo(all);
            });
        }
    }

    private static void inside(String text, LineEdit edit, int round) {
        var after = done(text, edit);
        assertThat(List.of(edit.anchor(), edit.caret())).as("round %d", round).allMatch(it -> it >= 0 && it <= after.length());
    }

    private static String done(String text, LineEdit edit) {
        return text.substring(0, edit.from()) + edit.replacement() + text.substring(edit.to());
    }
}
