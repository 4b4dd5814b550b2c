package pilothouse.kills;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/// Something that a process does while it is killed, and how to see afterwards that nothing of it was lost.
interface Phase {
    /// What the child does: again and again until `rounds` are done; prints a line for each thing that was
    /// acknowledged.
    void work(Path folder, Random random, int rounds) throws Exception;

    /// Opens what the killed child left, by the program's own way, and compares it with what it acknowledged.
    ///
    /// @param when  for messages
    /// @param whole whether the full check is due too
    /// @return nanoseconds until it was open
    long check(Path folder, List<String> acknowledged, String when, boolean whole) throws Exception;
}
