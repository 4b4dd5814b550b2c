package pilothouse.engine.cache;

/// What the key/value cache of a model may take.
///
/// @param slots  most sequences at once
/// @param tokens most slots times tokens a slot; at least one slot of the whole context fits
/// @param blocks of beginnings that are kept for other requests, besides; 0 for none
public record CacheBudget(int slots, long tokens, int blocks) {
    /// Tokens that a slot has at first.
    public static final int FIRST_TOKENS = 512;
    /// A slot's tokens are a multiple of it, or the whole context.
    private static final int STEP = 64;

    /// What is allocated: a rectangle.
    public record Size(int slots, int tokens) {
        public static final Size NONE = new Size(0, 0);

        public boolean holds(Size other) {
            return slots >= other.slots && tokens >= other.tokens;
        }
    }

    public CacheBudget {
        if (slots < 1 || tokens < 1 || blocks < 0) throw new IllegalArgumentException(slots + " slots, " + tokens + " tokens, " + blocks + " blocks");
    }

    /// Whether a size that holds `needed` is within the budget.
    ///
    /// @param context most tokens of a slot
    public boolean allows(Size needed, int context) {
        return needed.slots() <= slots && (needed.slots() == 1 || (long) needed.slots() * up(needed.tokens(), context) <= tokens);
    }

    /// The size to change to, so that `needed` has room: twice as large in what is too small, because a change copies
    /// everything, unless the budget is not that large.
    ///
    /// @param needed that the budget allows
    public Size grown(Size now, Size needed, int context) {
        if (now.holds(needed)) return now;
        int more = needed.slots() <= now.slots() ? now.slots() : Math.min(slots, Math.max(needed.slots(), 2 * now.slots()));
        int longer = needed.tokens() <= now.tokens() ? now.tokens()
                : Math.min(context, Math.max(up(needed.tokens(), context), Math.max(FIRST_TOKENS, 2 * now.tokens())));
        if ((long) more * longer <= tokens) return new Size(more, longer);
        int longest = (int) Math.min(longer, tokens / needed.slots() / STEP * STEP);
        return new Size(needed.slots(), Math.max(up(needed.tokens(), context), longest));
    }

    private static int up(int tokens, int context) {
        return Math.min(context, (tokens + STEP - 1) / STEP * STEP);
    }
}
