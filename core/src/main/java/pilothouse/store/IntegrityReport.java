package pilothouse.store;

import java.util.List;
import pilothouse.problems.Problem;

/// What an [IntegrityCheck] found.
///
/// @param problems everything that is wrong, each with what it touches; empty if nothing is
/// @param cure     what [StoreRepair] can do about it
/// @param records  of the journal that could be read
/// @param rows     of the store that were compared; 0 if it could not be opened
public record IntegrityReport(List<Problem> problems, Cure cure, long records, long rows) {
    /// Which part must be made anew, and from what.
    public enum Cure {
        NOTHING("Nothing has to be repaired"),
        DATABASE("The database is built anew from the journal, which is whole"),
        JOURNAL("The journal is begun anew from the database, which holds everything"),
        BACKUP("Both are damaged: a backup is needed, and what the journal has after it is added");

        private final String text;

        Cure(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    public IntegrityReport {
        problems = List.copyOf(problems);
    }

    public boolean isIntact() {
        return problems.isEmpty();
    }
}
