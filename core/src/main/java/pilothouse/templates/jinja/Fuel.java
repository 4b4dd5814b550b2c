package pilothouse.templates.jinja;

/// What one rendering may still do, so that a hostile template ends soon: 100,000 steps, a text of 1,000,000
/// characters, a depth of 50. A step is a statement or a turn of a loop; small work counts in parts of a step.
final class Fuel {
    static final int MOST_CHARACTERS = 1_000_000;
    static final int MOST_ITEMS = 100_000;
    static final int DEPTH = 50;
    private static final int STEPS = 100_000;
    private static final long PARTS = 1024;   // of a step
    private static final int EXPRESSION_DEPTH = 400;

    private long left = STEPS * PARTS;
    private int expressions;

    void step() {
        use(PARTS);
    }

    /// Goes one expression deeper; [#leave] must follow.
    void enter() {
        use(PARTS / 16);
        if (++expressions > EXPRESSION_DEPTH)
            throw new JinjaFault("Expressions are nested more than " + EXPRESSION_DEPTH + " deep", "Simplify the template.");
    }

    void leave() {
        expressions--;
    }

    /// Work over that many items of a list.
    void items(long count) {
        use(count * 32);
    }

    /// Work over the whole of a value.
    void value(Object value) {
        switch (value) {
            case MarkedText text -> use(text.length());
            case Value.Listing list -> items(list.items().size());
            case Value.Dict dict -> items(dict.entries().size());
            default -> { /* no size */ }
        }
    }

    /// Work over all that is inside a value, however deep: comparing, ordering.
    void deep(Object value) {
        value(value);
        switch (value) {
            case Value.Listing list -> list.items().forEach(this::deep);
            case Value.Dict dict -> dict.entries().forEach((key, entry) -> {
                deep(key);
                deep(entry);
            });
            default -> use(1);
        }
    }

    /// A search for a text within another; at worst it looks at every pair of characters.
    void search(long within, long sought) {
        use(within + within * sought / 64);
    }

    private void use(long parts) {
        left -= parts;
        if (left < 0)
            throw new JinjaFault("The template does more than " + STEPS + " steps", "Use a shorter conversation or another template.");
    }

    static JinjaFault tooLong() {
        return new JinjaFault("The template makes a text of more than " + MOST_CHARACTERS + " characters",
                "Use a shorter conversation or another template.");
    }

    static JinjaFault tooDeep() {
        return new JinjaFault("The template nests more than " + DEPTH + " deep", "Simplify the template or its values.");
    }
}
