package pilothouse.app.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import pilothouse.app.editor.TextSearch.Place;
import pilothouse.problems.ProblemException;

class TextSearchTest {
    @Test
    void givenWords_caseAndWordsMatterWhereAsked() {
        var text = "Tent tents TENT ÄÖ äö";
        assertThat(new TextSearch("tent", false, false, false).in(text)).hasSize(3);
        assertThat(new TextSearch("tent", false, true, false).in(text)).containsExactly(new Place(5, 9));
        assertThat(new TextSearch("tent", false, false, true).in(text)).containsExactly(new Place(0, 4), new Place(11, 15));
        assertThat(new TextSearch("äö", false, false, true).in(text)).hasSize(2);
        assertThat(new TextSearch("", false, false, false).in(text)).isEmpty();
    }

    @Test
    void givenWordsThatLookLikeAnExpression_theyAreTakenAsTheyAre() {
        var plain = new TextSearch("{{a.b}}", false, true, false);
        assertThat(plain.replaceAll("x {{a.b}} {{aXb}}", "$1\\")).isEqualTo("x $1\\ {{aXb}}");
        assertThat(plain.replacement("{{a.b}}", new Place(0, 7), "$1")).contains("$1");
    }

    @Test
    void givenAnExpression_groupsAndLineEndsAreReplaced() {
        var search = new TextSearch("^(\\w+): (\\w+)$", true, true, false);
        assertThat(search.replaceAll("a: b\nc: d", "$2=$1\\n")).isEqualTo("b=a\n\nd=c\n");
        assertThat(search.replacement("a: b\nc: d", new Place(5, 9), "$2")).contains("d");
        assertThat(search.replacement("a: b\nc: d", new Place(4, 9), "$2")).isEmpty();
        assertThat(new TextSearch("x*", true, true, false).in("abc")).isEmpty();
    }

    @Test
    void givenABrokenOrEndlessExpression_itIsSaid() {
        assertThatThrownBy(() -> new TextSearch("(", true, true, false).in("a")).isInstanceOf(ProblemException.class).hasMessageContaining("no regular expression");
        assertThatThrownBy(() -> new TextSearch("(a)", true, true, false).replaceAll("a", "$2")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> new TextSearch("((x+x+)+)y\\1", true, true, false).in("x".repeat(60))).isInstanceOf(ProblemException.class).hasMessageContaining("too long");
    }
}
