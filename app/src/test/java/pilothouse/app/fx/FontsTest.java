package pilothouse.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;
import pilothouse.app.OnScreen;

@OnScreen
class FontsTest {
    @Test
    void givenABareMachine_ourFamiliesAreThereAndTheirFiguresEquallyWide() {
        Fonts.load();
        for (var family : List.of(Fonts.SANS, Fonts.MEDIUM, Fonts.SEMI_BOLD, Fonts.MONO)) {
            assertThat(new Font(family, 13).getFamily()).isEqualTo(family); // a missing one falls back silently
            assertThat(width(family, "1111111")).isEqualTo(width(family, "0000000"));
        }
    }

    private static double width(String family, String text) {
        var ruler = new Text(text);
        ruler.setFont(new Font(family, 13));
        return ruler.getLayoutBounds().getWidth();
    }
}
