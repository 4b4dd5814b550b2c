package pilothouse.tokens;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// Turns text into a model's tokens and back. Adds no token by itself: a chat template brings its own, and
/// plain text is led by [#beginning]. Safe for use from any thread.
public interface Tokenizer {
    /// Ids of `text`. A lone surrogate counts as U+FFFD; what the vocabulary cannot represent is left out
    /// (see [#unrepresentable]).
    int[] encode(String text, Specials specials);

    /// As [#encode(String, Specials)] with control tokens recognised everywhere except where they touch one of
    /// the `content` spans (in ascending order, not overlapping). Between the recognised ones the text is split
    /// into pieces as one text, whether it is content or not.
    int[] encode(String text, List<Span> content);

    /// `encode(text, specials).length`, without making the ids.
    int count(String text, Specials specials);

    /// `encode(text, content).length`, without making the ids.
    int count(String text, List<Span> content);

    /// The bytes that token `id` stands for; empty for a control token.
    byte[] bytes(int id);

    /// Text of `ids`; bytes that are no UTF-8 become U+FFFD.
    ///
    /// @param shown [Specials#AS_TEXT] shows control tokens, [Specials#PARSED] leaves them out
    String decode(int[] ids, Specials shown);

    /// How many ids there are: 0 … size − 1.
    int size();

    boolean isControl(int id);

    /// The ids that end an answer.
    Set<Integer> stopIds();

    /// The id that belongs before plain text, if this model wants one.
    OptionalInt beginning();

    /// How many code points of `text` have bytes for which there is no token: they reach the model mutilated or
    /// not at all.
    int unrepresentable(String text);

    /// True only if no token can reach across `index`, so that the counts of both sides add up. Says so from the
    /// [#boundaryMargin] units before and after `index`, whatever stands beyond them.
    boolean isBoundary(String text, int index);

    /// How many units on each side [#isBoundary] looks at.
    int boundaryMargin();
}
