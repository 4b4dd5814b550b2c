package pilothouse.app.answers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import pilothouse.json.Json;
import pilothouse.runtime.TokenLogprob;

/// How likely each token of an answer was.
public final class Surprise {
    private static final double[] LIMITS = {0.8, 0.5, 0.2, 0.05};

    private Surprise() {}

    /// A token and where it stands in the answer.
    ///
    /// @param end after its last UTF-16 unit
    public record Piece(int start, int end, TokenLogprob token) {
        double probability() {
            return Math.exp(token.logprob());
        }

        /// 0 (likely) to 4 (hardly).
        int level() {
            int level = 0;
            while (level < LIMITS.length && probability() < LIMITS[level]) level++;
            return level;
        }

        /// In words, with what could have stood there instead.
        String told() {
            var told = shown(token) + "   instead: ";
            var others = token.top().stream().filter(it -> !it.token().equals(token.token())).map(Piece::shown).collect(Collectors.joining("   "));
            return others.isEmpty() ? shown(token) : told + others;
        }

        private static String shown(TokenLogprob token) {
            double percent = Math.exp(token.logprob()) * 100;
            return Json.quoted(token.token()) + " " + String.format(Locale.ROOT, percent >= 10 ? "%.0f %%" : percent >= 0.1 ? "%.1f %%" : "%.2g %%", percent);
        }
    }

    /// The tokens that are found again in the answer, in its order. One that is not, because it holds part of a letter or was
    /// masked, is left out.
    public static List<Piece> of(String answer, List<TokenLogprob> tokens) {
        var pieces = new ArrayList<Piece>();
        int at = 0;
        for (int i = 0; i < tokens.size(); i++) {
            var text = tokens.get(i).token();
            if (text.isEmpty()) continue;
            int found = answer.startsWith(text, at) ? at : near(answer, text, at);
            if (found < 0) continue;
            pieces.add(new Piece(found, found + text.length(), tokens.get(i)));
            at = found + text.length();
        }
        return List.copyOf(pieces);
    }

    /// A few units further, past what was left out.
    private static int near(String answer, String text, int at) {
        int found = answer.indexOf(text, at);
        return found >= 0 && found - at <= 64 ? found : -1;
    }
}
