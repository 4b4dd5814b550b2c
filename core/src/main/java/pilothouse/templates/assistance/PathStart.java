package pilothouse.templates.assistance;

import pilothouse.templates.Range;

/// What stands before the first name of a path: `../`, `./`, `this.` and `@root.`.
final class PathStart {
    private PathStart() {}

    /// How many units of the path that is.
    static int of(String path) {
        int at = 0;
        for (boolean more = true; more; ) {
            more = false;
            for (var prefix : new String[] {"../", "./", "this.", "this/", "@root.", "@root/"})
                if (path.startsWith(prefix, at)) {
                    at += prefix.length();
                    more = true;
                }
        }
        return at;
    }

    /// How many times `../` stands there.
    static int ups(String path) {
        int ups = 0;
        for (int at = 0; path.startsWith("../", at); at += 3) ups++;
        return ups;
    }

    /// Where the first name of a path stands that begins at `offset`, without its brackets.
    static Range name(String path, int offset) {
        int from = of(path);
        if (path.startsWith("[", from)) {
            int close = path.indexOf(']', from);
            return new Range(offset + from + 1, offset + (close < 0 ? path.length() : close));
        }
        int to = from;
        while (to < path.length() && "./".indexOf(path.charAt(to)) < 0) to++;
        return new Range(offset + from, offset + to);
    }
}
