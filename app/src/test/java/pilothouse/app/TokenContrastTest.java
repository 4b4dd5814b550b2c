package pilothouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.paint.Color;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every colour that the style sheets give to a text or a sign, against every ground that they put it on: WCAG 2.2 AA, 4.5
/// for text (https://www.w3.org/TR/WCAG22/#contrast-minimum) and 3 for graphics (#non-text-contrast). What is drawn is
/// measured by [Contrast] too, screen by screen; this also sees what no test shows.
class TokenContrastTest {
    private static final List<String> SHEETS = List.of("tokens", "controls", "shell", "prompts", "live/live", "models/models", "settings/settings");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern RULE = Pattern.compile("([^{}]+)\\{([^{}]*)}");
    private static final Pattern DECLARATION = Pattern.compile("([\\w-]+)\\s*:\\s*([^;]+);?");
    private static final Pattern COLOUR = Pattern.compile("-(?:ph|color)-[\\w-]+|#[0-9a-fA-F]{6,8}|transparent|white|black");
    private static final Set<String> TEXT = Set.of("-fx-text-fill", "-fx-prompt-text-fill");
    private static final Set<String> SIGN = Set.of("-fx-icon-color", "-fx-stroke");
    /// Where text stands that brings no ground of its own: cards, popups, the window, a chosen row, the line of the caret.
    private static final List<String> GROUNDS = List.of("-ph-surface", "-ph-raised", "-ph-ground", "-ph-current-line");
    /// Disabled: exempt in WCAG. A selection is a ground itself.
    private static final Pattern EXEMPT = Pattern.compile(":disabled|\\.stale|:off|\\.selection");
    private static final Pattern ON_ACCENT = Pattern.compile("\\.on-accent|\\.button\\.accent");

    private record Pair(String front, String back, double ratio, double wanted, String rule) {
        @Override
        public String toString() {
            return String.format("%.2f instead of %.1f: %s on %s in %s", ratio, wanted, front, back, rule);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dark", "light"})
    void givenATheme_everyTextAndSignStandsOutFromItsGround(String theme) {
        var tokens = tokens(theme);
        var pairs = new ArrayList<Pair>();
        for (var sheet : SHEETS) pairs(read(sheet), tokens, pairs);
        assertThat(pairs.size()).isGreaterThan(100);
        assertThat(pairs.stream().filter(it -> it.ratio() < it.wanted()).map(Pair::toString).distinct().sorted().toList()).isEmpty();
    }

    private static void pairs(String sheet, Map<String, Color> tokens, List<Pair> pairs) {
        for (Matcher rule = RULE.matcher(sheet); rule.find(); ) {
            var name = rule.group(1).strip().replaceAll("\\s+", " ");
            if (EXEMPT.matcher(name).find()) continue;
            var declared = new LinkedHashMap<String, String>();
            for (Matcher it = DECLARATION.matcher(rule.group(2)); it.find(); ) declared.put(it.group(1), it.group(2).strip());
            var own = Optional.ofNullable(declared.get("-fx-background-color")).flatMap(it -> colours(it, tokens).reduce((_, last) -> last));
            declared.forEach((property, value) -> {
                boolean text = TEXT.contains(property) || property.equals("-fx-fill") && name.contains("text");
                if (!text && !SIGN.contains(property)) return;
                colours(value, tokens).forEach(front -> grounds(name, own, tokens).forEach((where, back) ->
                        pairs.add(new Pair(value, where, Contrast.ratio(Contrast.over(front, back), back), text ? Contrast.TEXT : Contrast.GRAPHICS, name))));
            });
        }
    }

    private static java.util.stream.Stream<Color> colours(String value, Map<String, Color> tokens) {
        return COLOUR.matcher(value).results().map(it -> colour(it.group(), tokens)).flatMap(Optional::stream);
    }

    private static Optional<Color> colour(String written, Map<String, Color> tokens) {
        return written.startsWith("-") ? Optional.ofNullable(tokens.get(written)) : Optional.of(Color.web(written));
    }

    /// What lies behind: the rule's own ground over the usual ones, or those alone.
    private static Map<String, Color> grounds(String rule, Optional<Color> own, Map<String, Color> tokens) {
        var grounds = new LinkedHashMap<String, Color>();
        var usual = new LinkedHashMap<String, Color>();
        if (ON_ACCENT.matcher(rule).find()) usual.put("-color-accent-emphasis", tokens.get("-color-accent-emphasis"));
        else {
            for (var ground : GROUNDS) usual.put(ground, tokens.get(ground));
            if (!own.equals(Optional.of(tokens.get("-ph-selected")))) usual.put("a chosen row", Contrast.over(tokens.get("-ph-selected"), tokens.get("-ph-surface")));
        }
        usual.forEach((where, ground) -> grounds.put(own.isPresent() ? "its own ground over " + where : where, own.map(it -> Contrast.over(it, ground)).orElse(ground)));
        return grounds;
    }

    /// The theme's colours by name, aliases followed.
    private static Map<String, Color> tokens(String theme) {
        var written = new LinkedHashMap<String, String>();
        for (var sheet : List.of(theme, "tokens"))
            for (Matcher it = Pattern.compile("(-(?:ph|color)-[\\w-]+)\\s*:\\s*([^;]+);").matcher(read(sheet)); it.find(); ) written.put(it.group(1), it.group(2).strip());
        var tokens = new LinkedHashMap<String, Color>();
        written.forEach((name, value) -> {
            var at = value;
            for (int i = 0; i < 5 && written.containsKey(at); i++) at = written.get(at);
            if (at.startsWith("#") || at.equals("transparent") || at.equals("white")) tokens.put(name, Color.web(at));
        });
        return tokens;
    }

    private static String read(String sheet) {
        try (var in = TokenContrastTest.class.getResourceAsStream("/pilothouse/app/" + sheet + ".css")) {
            return COMMENT.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8)).replaceAll("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
