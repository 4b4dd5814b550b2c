package pilothouse.templates.assistance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import pilothouse.problems.ProblemException;
import pilothouse.templates.PromptDocument;
import pilothouse.templates.QuickFix;
import pilothouse.templates.Range;
import pilothouse.templates.Variable.Origin;
import pilothouse.templates.diagnostics.TextPlaces;

/// Another name for a variable, everywhere in a document: where the template reads it, in the schema, among the defaults and
/// where it is marked as untrusted. What stands in a snippet of its own stays.
public final class VariableRename {
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_-]*");

    private VariableRename() {}

    /// The change, as one.
    ///
    /// @throws ProblemException if the text is broken, the new name is none or is taken, or the old one is used nowhere
    public static QuickFix of(String text, String from, String to) {
        var document = PromptDocument.parse(text);
        var places = places(document, from);
        if (places.isEmpty()) throw new ProblemException("There is no variable \"" + from + "\"", "", "Put the caret on a variable.");
        if (!NAME.matcher(to).matches() || BodyProposals.WORDS.contains(to))
            throw new ProblemException(to.isBlank() ? "The new name is empty" : "\"" + to + "\" is no name for a variable", "", "Use letters, digits, _ and -, and no word of the language.");
        if (!to.equals(from) && !places(document, to).isEmpty())
            throw new ProblemException("There is a variable \"" + to + "\" already", "", "Choose another name: two variables would become one.");
        var renamed = new StringBuilder(text);
        for (var place : places.reversed()) renamed.replace(place.start(), place.end(), to);
        return QuickFix.between("Rename " + from + " to " + to, text, renamed.toString());
    }

    /// Where it is named, in the order of the text.
    private static List<Range> places(PromptDocument document, String name) {
        var places = new TextPlaces(document.text());
        var found = new ArrayList<Range>();
        for (var use : document.template().variables()) {
            if (use.origin() != Origin.INPUT || !use.name().equals(name)) continue;
            int at = places.offset(use.line(), use.column());
            var range = PathStart.name(use.path(), at);
            if (document.text().startsWith(name, range.start())) found.add(range);
        }
        for (var declared : DeclaredNames.of(document)) if (declared.name().equals(name)) found.add(declared.place());
        found.sort(Comparator.comparingInt(Range::start));
        return found.stream().distinct().toList();
    }
}
