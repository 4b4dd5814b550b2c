package pilothouse.templates.assistance;

import java.util.List;
import java.util.Optional;
import pilothouse.problems.ProblemException;
import pilothouse.templates.PromptDocument;
import pilothouse.templates.Range;
import pilothouse.templates.assistance.BodyTag.Word;

/// What stands at an offset of a prompt's text and means something: a variable, or a snippet.
public sealed interface Pointed {
    /// Where it stands.
    Range place();

    /// A variable of the prompt, in a tag or as a key of its schema or its defaults.
    ///
    /// @param name  of the value that is given
    /// @param place of the name alone
    record OfVariable(String name, Range place) implements Pointed {}

    /// A snippet that a tag includes.
    ///
    /// @param name  as written, such as `signature@production`
    record OfSnippet(String name, Range place) implements Pointed {}

    /// Also in a text that is broken or not finished; never throws.
    static Optional<Pointed> at(String text, int offset) {
        var layout = Layout.of(text);
        if (layout.isInMatter(offset)) return inMatter(text, offset);
        if (offset < layout.bodyStart()) return Optional.empty();
        var tags = BodyTags.of(text, layout.bodyStart(), text.length());
        var tag = tags.stream().filter(it -> it.mark() != '!' && it.mark() != '/' && offset >= it.open() && offset < Math.max(it.end(), it.to() + 1)).findFirst();
        return tag.flatMap(it -> inTag(text, tags, it, offset));
    }

    private static Optional<Pointed> inTag(String text, List<BodyTag> tags, BodyTag tag, int offset) {
        var words = tag.words(text);
        if (words.isEmpty()) return Optional.empty();
        boolean alone = words.size() == 1; // then the braces point at it too
        var at = words.stream().filter(it -> alone || it.holds(offset)).findFirst();
        if (tag.mark() == '>' && at.filter(words.getFirst()::equals).isPresent()) return Optional.of(snippet(words.getFirst()));
        return at.filter(it -> alone || PathStart.name(it.text(), it.start()).end() >= offset)
                .filter(it -> UsedNames.isGivenAt(text, tags, tag, it)).map(Pointed::variable);
    }

    private static Pointed snippet(Word word) {
        boolean quoted = word.kind() == Word.Kind.QUOTED && word.text().length() > 1;
        int from = word.start() + (quoted ? 1 : 0);
        int to = word.end() - (quoted ? 1 : 0);
        return new OfSnippet(quoted ? word.text().substring(1, word.text().length() - 1) : word.text(), new Range(from, to));
    }

    private static Pointed variable(Word word) {
        return new OfVariable(KnownFields.steps(word.text()).getFirst(), PathStart.name(word.text(), word.start()));
    }

    private static Optional<Pointed> inMatter(String text, int offset) {
        try {
            return DeclaredNames.of(PromptDocument.parse(text)).stream().filter(it -> it.place().start() <= offset && it.place().end() >= offset)
                    .<Pointed>map(it -> new OfVariable(it.name(), it.place())).findFirst();
        } catch (ProblemException _) { // broken: nothing is known of it
            return Optional.empty();
        }
    }
}
