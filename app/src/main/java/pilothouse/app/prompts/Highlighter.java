package pilothouse.app.prompts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.fxmisc.richtext.model.StyleSpans;
import org.fxmisc.richtext.model.StyleSpansBuilder;

/// Colours a prompt's text line by line. What is the same as last time keeps its colours: only the lines that an edit
/// touched are looked at again. [#change] may run on any thread, [#applied] where the change was shown.
final class Highlighter {
    private static final Pattern BODY = Pattern.compile("""
            (?<comment>\\{\\{!--.*?--\\}\\}|\\{\\{!.*?\\}\\})|(?<role>\\{\\{\\s*(?:role|history|section|media)\\b[^{}]*\\}\\})|(?<block>\\{\\{~?\\s*[#/>][^{}]*\\}\\}|\\{\\{~?\\s*else[^{}]*\\}\\})\
            |(?<variable>\\{\\{\\{?[^{}]*\\}\\}\\}?)|(?<broken>\\{\\{[^{}]*$)|(?<head>^#{1,4} .*$)|(?<bullet>^\\s*(?:[-*]|\\d+\\.)\\s)|(?<string>"[^"]*")""");
    private static final List<String> BODY_GROUPS = List.of("comment", "role", "block", "variable", "broken", "head", "bullet", "string");
    private static final Pattern MATTER = Pattern.compile("(?<comment>#.*$)|(?<key>^\\s*[\\w.?-]+(?=\\s*(?:\\([^)]*\\))?:(?:\\s|$))|(?<=[{,]\\s?)[\\w.?-]+(?=:\\s))|(?<string>\"[^\"]*\"|'[^']*')"
            + "|(?<number>(?<=[\\s:\\[,])-?\\d+(?:\\.\\d+)?(?=[\\s,\\]}]|$))");
    private static final List<String> MATTER_GROUPS = List.of("comment", "key", "string", "number");
    private static final int LONGEST = 20_000; // a longer line stays plain: its colours would cost more than they tell

    /// @param inMatter whether it stands in the front matter; its fences do too
    private record Line(String text, boolean inMatter) {}

    /// New colours for some lines.
    ///
    /// @param from first UTF-16 unit of them in the text
    record Change(int from, StyleSpans<Collection<String>> spans, List<?> lines) {}

    private List<Line> shown = List.of();

    /// What is to be coloured anew in `text`.
    static Change change(Highlighter since, String text) {
        return since.change(text);
    }

    private Change change(String text) {
        var now = lines(text);
        int same = 0;
        while (same < Math.min(shown.size(), now.size()) && shown.get(same).equals(now.get(same))) same++;
        int end = 0;
        while (end < Math.min(shown.size(), now.size()) - same && shown.get(shown.size() - 1 - end).equals(now.get(now.size() - 1 - end))) end++;
        int from = 0;
        for (int i = 0; i < same; i++) from += now.get(i).text().length() + 1;
        var spans = new StyleSpansBuilder<Collection<String>>();
        spans.add(List.of(), 0);
        for (int i = same; i < now.size() - end; i++) {
            style(now.get(i), spans);
            if (i < now.size() - 1) spans.add(List.of(), 1);
        }
        return new Change(Math.min(from, text.length()), spans.create(), now);
    }

    /// Says that a change is on the screen.
    @SuppressWarnings("unchecked") // only this class makes changes
    void applied(Change change) {
        shown = (List<Line>) change.lines();
    }

    private static List<Line> lines(String text) {
        var lines = new ArrayList<Line>();
        var all = text.split("\n", -1);
        boolean matter = all[0].stripTrailing().equals("---");
        for (int i = 0; i < all.length; i++) {
            lines.add(new Line(all[i], matter));
            if (matter && i > 0 && all[i].stripTrailing().equals("---")) matter = false;
        }
        return List.copyOf(lines);
    }

    private static void style(Line line, StyleSpansBuilder<Collection<String>> spans) {
        var text = line.text();
        if (text.length() > LONGEST) {
            spans.add(List.of(), text.length());
            return;
        }
        if (line.inMatter() && text.stripTrailing().equals("---")) {
            spans.add(List.of("tk-fence"), text.length());
            return;
        }
        var groups = line.inMatter() ? MATTER_GROUPS : BODY_GROUPS;
        var matcher = (line.inMatter() ? MATTER : BODY).matcher(text);
        int last = 0;
        while (matcher.find()) {
            if (matcher.end() == matcher.start()) continue;
            spans.add(List.of(), matcher.start() - last);
            var kind = groups.stream().filter(group -> matcher.start(group) >= 0).findFirst().orElseThrow();
            spans.add(List.of("tk-" + kind), matcher.end() - matcher.start());
            last = matcher.end();
        }
        spans.add(List.of(), text.length() - last);
    }
}
