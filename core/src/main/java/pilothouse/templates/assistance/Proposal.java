package pilothouse.templates.assistance;

/// Something that can stand at the caret.
///
/// @param name      as the list shows it
/// @param about     what it is, in a few words; may be empty
/// @param insertion what is written
/// @param caret     units of the insertion before the caret afterwards
public record Proposal(Kind kind, String name, String about, String insertion, int caret) {
    public enum Kind { VARIABLE, HELPER, BLOCK, SNIPPET, KEY, MODEL, VALUE }

    public Proposal {
        if (caret < 0 || caret > insertion.length()) throw new IllegalArgumentException(name + ": caret " + caret + " of " + insertion.length());
    }

    static Proposal of(Kind kind, String name, String about, String insertion) {
        return new Proposal(kind, name, about, insertion, insertion.length());
    }
}
