package pilothouse.templates;

/// A change of the text that mends something.
///
/// @param title       what it does, as a button says it
/// @param start       where the change begins, in UTF-16 units of the document
/// @param end         the unit after the last one that goes
/// @param replacement what stands there afterwards
public record QuickFix(String title, int start, int end, String replacement) {
    public QuickFix {
        if (start < 0 || end < start) throw new IllegalArgumentException(title + ": " + start + "…" + end);
    }

    /// What turns one text into the other, as one change.
    public static QuickFix between(String title, String before, String after) {
        int most = Math.min(before.length(), after.length());
        int same = 0;
        while (same < most && before.charAt(same) == after.charAt(same)) same++;
        int end = 0;
        while (end < most - same && before.charAt(before.length() - 1 - end) == after.charAt(after.length() - 1 - end)) end++;
        return new QuickFix(title, same, before.length() - end, after.substring(same, after.length() - end));
    }

    public String apply(String text) {
        return text.substring(0, start) + replacement + text.substring(end);
    }
}
