package pilothouse.prompts;

import java.time.Instant;
import pilothouse.access.MemberId;

/// A label came to stand on a version. The newest move of a label says where it stands; all of them
/// are its history.
///
/// @param move 1, 2, 3 ... within the label: the order, whatever the clocks say
/// @param from number of the version it stood on; 0 if it was new
public record LabelMove(PromptId prompt, LabelName label, int move, int from, int to, MemberId by, Instant at) {}
