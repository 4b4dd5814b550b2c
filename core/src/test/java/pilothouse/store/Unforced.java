package pilothouse.store;

import java.util.BitSet;

/// The bytes of one file that may not be on the disk.
final class Unforced {
    private final BitSet written = new BitSet();
    private final BitSet dropped = new BitSet();

    /// @param same whether the same bytes stood there: what was certain stays so
    synchronized void wrote(long from, long to, boolean same) {
        for (int at = (int) from; at < to; at++)
            if (!same || dropped.get(at)) written.set(at);
        dropped.clear((int) from, (int) to);
    }

    synchronized void truncated(long end) {
        dropped.clear((int) end, Integer.MAX_VALUE);
        written.clear((int) end, Integer.MAX_VALUE);
    }

    synchronized void forced() {
        written.clear();
    }

    synchronized void forceFailed() {
        dropped.or(written);
        written.clear();
    }

    synchronized boolean isEmpty() {
        return written.isEmpty() && dropped.isEmpty();
    }
}
