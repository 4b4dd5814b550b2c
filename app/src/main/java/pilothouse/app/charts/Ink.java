package pilothouse.app.charts;

/// What a line says, not which colour it has: the palette of the theme decides that. The first four keep
/// their meaning on every board; the others tell things of one kind apart, in this order.
public enum Ink {
    P50, P95, P99, TOKENS, DANGER, WARNING, NEUTRAL, A, B, C, D, E, F, G, H;

    private static final Ink[] KINDS = {A, B, C, D, E, F, G, H};

    /// The ink of the `i`th thing of a kind; after eight they begin again, so use dashes from there on.
    public static Ink kind(int i) {
        return KINDS[i % KINDS.length];
    }
}
