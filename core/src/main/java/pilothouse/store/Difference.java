package pilothouse.store;

import pilothouse.problems.Problem;

/// A row that is not in the store as the journal says.
///
/// @param subject in the user's words, such as `prompt support/reply version 3`
/// @param row     table and key
record Difference(Kind kind, String subject, String row) {
    enum Kind {
        CHANGED("%s is not what was saved"),
        MISSING("%s is missing from the store"),
        EXTRA("%s is in the store and not in the journal"),
        UNREADABLE("%s cannot be read"),
        UNFINDABLE("%s is not found where it is looked up");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    Problem problem() {
        return new Problem(kind.text.formatted(subject), row, StoreFailure.REPAIR);
    }
}
