package pilothouse.templates.assistance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import pilothouse.problems.ProblemException;
import pilothouse.templates.PromptDocument;
import pilothouse.templates.Range;

/// What can stand at an offset of a prompt's text, the likeliest first. What is chosen takes the place of the whole word that
/// stands there.
///
/// @param replaced  the word
/// @param proposals those that go with what is written of it before the offset
public record Completion(Range replaced, List<Proposal> proposals) {
    public Completion {
        proposals = List.copyOf(proposals);
    }

    /// Never throws for a text that is broken or not finished.
    ///
    /// @param offset UTF-16 units before the caret, 0…length
    public static Completion at(String text, int offset, Surroundings around) {
        var layout = Layout.of(text);
        var document = read(text).or(around::document);
        if (layout.isInMatter(offset)) return MatterPlace.of(text, layout, offset)
                .map(place -> new Completion(place.word(), matching(new MatterProposals(text, place, document, around).all(), text.substring(place.word().start(), offset))))
                .orElseGet(() -> nothing(offset));
        if (offset < layout.bodyStart()) return nothing(offset);
        return new BodyProposals(text, layout.bodyStart(), offset, new KnownFields(document), around).completion();
    }

    static Completion nothing(int offset) {
        return new Completion(new Range(offset, offset), List.of());
    }

    private static Optional<PromptDocument> read(String text) {
        try {
            return Optional.of(PromptDocument.parse(text));
        } catch (ProblemException _) { // what could be read last has to do
            return Optional.empty();
        }
    }

    /// Those that begin with what is typed, then those that hold it.
    static List<Proposal> matching(List<Proposal> all, String typed) {
        var wanted = typed.strip().toLowerCase(Locale.ROOT);
        var found = new ArrayList<>(all.stream().filter(it -> bare(it).contains(wanted)).toList());
        found.sort(Comparator.comparing((Proposal it) -> !bare(it).startsWith(wanted)));
        return found;
    }

    /// The name without the sign of its tag.
    private static String bare(Proposal proposal) {
        var name = proposal.name().toLowerCase(Locale.ROOT);
        return name.startsWith("#") || name.startsWith(">") || name.startsWith("/") ? name.substring(1).stripLeading() : name;
    }

    /// The text with a proposal in it.
    public String apply(String text, Proposal chosen) {
        return text.substring(0, replaced.start()) + chosen.insertion() + text.substring(replaced.end());
    }
}
