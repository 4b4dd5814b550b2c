package pilothouse.app.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javafx.geometry.Rectangle2D;
import org.junit.jupiter.api.Test;

class MatchTest {
    @Test
    void givenAQuery_beginningsComeBeforeWordsBeforePartsBeforeLetters() {
        var things = List.of("real order of long lines", "payroll-question", "Open the rollback rule", "Roll back to v13", "nothing");
        assertThat(Match.best("roll", things, Function.identity()))
                .containsExactly("Roll back to v13", "Open the rollback rule", "payroll-question", "real order of long lines");
        assertThat(Match.of("roll", "payroll").orElseThrow().found()).containsExactly(3, 4, 5, 6);
    }

    @Test
    void givenKeysAsText_theyAreReadAndWrittenAlike() {
        for (var keys : List.of("Ctrl K", "Ctrl Shift B", "F6", "Shift F6", "Alt Left", "J", "Ctrl 1", "Ctrl Enter", "Esc", "Ctrl +", "Ctrl -"))
            assertThat(KeyBindings.text(KeyBindings.keys(keys))).isEqualTo(keys);
        assertThatThrownBy(() -> KeyBindings.keys("Strg K")).hasMessageContaining("Strg");
    }

    @Test
    void givenTwoCommandsWithTheSameKeys_theSecondIsRefusedByName() {
        var bindings = new KeyBindings();
        bindings.add(List.of(Command.of("a.save", "Save", () -> {}).on("Ctrl S")));
        assertThatThrownBy(() -> bindings.add(List.of(Command.of("b.send", "Send", () -> {}).on("Ctrl S"))))
                .hasMessageContaining("a.save").hasMessageContaining("b.send");
    }

    @Test
    void givenPlacesVisited_backAndForwardWalkThroughThem() {
        var places = new Places();
        for (var page : List.of("a", "b", "b", "c")) places.visit(new Places.Place(page, ""));
        assertThat(places.back().orElseThrow().page()).isEqualTo("b");
        assertThat(places.back().orElseThrow().page()).isEqualTo("a");
        assertThat(places.back()).isEmpty();
        assertThat(places.forward().orElseThrow().page()).isEqualTo("b");
        places.visit(new Places.Place("d", ""));
        assertThat(places.canForward().get()).isFalse();
    }

    @Test
    void givenAWindowOnAScreenThatIsGone_itComesBackOnTheMainOne() {
        var state = new WindowState(3000, 100, 1800, 1200, false, Appearance.Theme.DARK, 100, "", Map.of());
        var main = new Rectangle2D(0, 0, 1440, 900);
        assertThat(state.within(List.of(main))).isEqualTo(new WindowState(0, 0, 1440, 900, false, Appearance.Theme.DARK, 100, "", Map.of()));
        var second = new Rectangle2D(1440, 0, 3840, 2160);
        assertThat(state.within(List.of(main, second))).isEqualTo(state);
        assertThat(WindowState.FIRST.within(List.of(main)).x()).isZero();
    }
}
