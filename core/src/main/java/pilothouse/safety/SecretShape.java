package pilothouse.safety;

import java.util.ArrayList;
import java.util.List;

/// What keys and passwords of well-known makers look like: a beginning that nothing else has, and letters after it.
/// Finds keys that nobody told us of, unlike [SecretRule]. One pass over the text; looks at each letter a few times at most.
///
/// @param maker  whose key it is
/// @param prefix how it begins
/// @param least  fewest letters after the prefix
public record SecretShape(String maker, String prefix, int least) {
    private static final List<SecretShape> SHAPES = List.of(
            new SecretShape("Anthropic", "sk-ant-", 24), new SecretShape("OpenRouter", "sk-or-", 24), new SecretShape("OpenAI", "sk-proj-", 24),
            new SecretShape("OpenAI", "sk-svcacct-", 24), new SecretShape("OpenAI", "sk-", 32), new SecretShape("Stripe", "sk_live_", 20),
            new SecretShape("Stripe", "rk_live_", 20), new SecretShape("AWS", "AKIA", 16), new SecretShape("AWS", "ASIA", 16), new SecretShape("Google", "AIza", 35),
            new SecretShape("Google", "ya29.", 30), new SecretShape("GitHub", "ghp_", 36), new SecretShape("GitHub", "gho_", 36), new SecretShape("GitHub", "ghs_", 36),
            new SecretShape("GitHub", "ghu_", 36), new SecretShape("GitHub", "github_pat_", 40), new SecretShape("GitLab", "glpat-", 20), new SecretShape("Hugging Face", "hf_", 30),
            new SecretShape("Slack", "xoxb-", 20), new SecretShape("Slack", "xoxp-", 20), new SecretShape("Slack", "xapp-", 20), new SecretShape("npm", "npm_", 36),
            new SecretShape("SendGrid", "SG.", 40), new SecretShape("Groq", "gsk_", 40), new SecretShape("xAI", "xai-", 40), new SecretShape("Perplexity", "pplx-", 40),
            new SecretShape("Replicate", "r8_", 30), new SecretShape("Databricks", "dapi", 32), new SecretShape("DigitalOcean", "dop_v1_", 60), new SecretShape("PyPI", "pypi-", 60),
            new SecretShape("Langfuse", "sk-lf-", 30), new SecretShape("a signed token (JWT)", "eyJ", 60));
    private static final String PEM = "-----BEGIN ";
    private static final String PEM_KEY = "PRIVATE KEY-----";
    private static final int PEM_LINE = 60;
    private static final int DIFFERENT = 8;   // letters; what repeats fewer is a placeholder

    /// A key in a text.
    ///
    /// @param end the unit after its last
    public record Found(String maker, int start, int end) {}

    /// The keys in `text`, in order, none overlapping.
    public static List<Found> in(String text) {
        var found = new ArrayList<Found>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '-' && text.startsWith(PEM, i)) {
                int end = pemEnd(text, i);
                if (end > i) found.add(new Found("a private key (PEM)", i, i = end));
            } else if (c == ':' && text.startsWith("://", i)) {
                int at = password(text, i + 3);
                if (at > i) found.add(new Found("a password in an address", i + 3, i = at));
            } else if ("sSrAyaghxnpeld".indexOf(c) >= 0 && (i == 0 || !isKeyLetter(text.charAt(i - 1)))) {
                int end = keyEnd(text, i, found);
                if (end > i) i = end;
            }
        }
        return List.copyOf(found);
    }

    private static int keyEnd(String text, int at, List<Found> found) {
        for (var shape : SHAPES) {
            if (!text.startsWith(shape.prefix, at)) continue;
            int from = at + shape.prefix.length();
            int end = from;
            while (end < text.length() && (isKeyLetter(text.charAt(end)) || text.charAt(end) == '.' && end + 1 < text.length() && isKeyLetter(text.charAt(end + 1)))) end++;
            if (end - from < shape.least || text.substring(from, end).chars().distinct().count() < DIFFERENT) continue;
            found.add(new Found(shape.maker, at, end));
            return end;
        }
        return at;
    }

    /// After the last line of a key; to the end of the first if it has no last one; `at` if it is no private key.
    private static int pemEnd(String text, int at) {
        int name = text.substring(at, Math.min(text.length(), at + PEM_LINE)).indexOf(PEM_KEY);
        if (name < 0) return at;
        int firstEnd = at + name + PEM_KEY.length();
        int close = text.indexOf("-----END ", firstEnd);
        int last = close < 0 ? -1 : text.indexOf(PEM_KEY, close);
        return last < 0 ? firstEnd : last + PEM_KEY.length();
    }

    /// The end of `user:password@` at `from`; 0 if there is none, or it is a hole or a placeholder.
    private static int password(String text, int from) {
        int colon = -1;
        for (int i = from; i < text.length() && i < from + 200; i++) {
            char c = text.charAt(i);
            if (c == '@') return colon > from && i - colon > 6 && text.substring(colon + 1, i).chars().distinct().count() > 4 ? i : 0;
            if (c == ':' && colon < 0) colon = i;
            else if (c <= ' ' || "/\"'<>{}$[]()*".indexOf(c) >= 0) return 0;
        }
        return 0;
    }

    private static boolean isKeyLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '+' || c == '/' || c == '=';
    }
}
