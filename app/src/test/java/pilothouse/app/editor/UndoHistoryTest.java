package pilothouse.app.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import pilothouse.app.editor.UndoHistory.Change;

class UndoHistoryTest {
    private static final UndoHistory TYPED = new UndoHistory(List.of(List.of(new Change(0, "", "Hello")), List.of(new Change(5, "", " you"), new Change(0, "H", "h")),
            List.of(new Change(5, " you", ""))), 2);

    @Test
    void givenTheTextItBelongsTo_itLeadsThereAndToNoOther() {
        assertThat(TYPED.leadsTo("hello you")).isTrue();
        assertThat(TYPED.leadsTo("hello You")).isFalse();
        assertThat(TYPED.leadsTo("Hello you")).isFalse();
        assertThat(TYPED.leadsTo("")).isFalse();
        assertThat(new UndoHistory(TYPED.steps(), 3).leadsTo("hello")).isTrue();
        assertThat(UndoHistory.NONE.leadsTo("anything")).isTrue();
    }

    @Test
    void givenVeryMuch_theNewestIsKept() {
        var steps = IntStream.range(0, 5).mapToObj(_ -> List.of(new Change(0, "", "x".repeat(400_000)))).toList();
        assertThat(new UndoHistory(steps, 5).bounded()).isEqualTo(new UndoHistory(steps.subList(3, 5), 2));
        assertThat(new UndoHistory(steps, 0).bounded()).isEqualTo(new UndoHistory(steps.subList(0, 2), 0));
        assertThat(TYPED.bounded()).isEqualTo(TYPED);
    }
}
