package pilothouse.engine.weights;

import java.util.Arrays;
import java.util.List;
import pilothouse.modelfiles.RowOrder;

/// Tensors of the file that are joined, row under row, to one tensor of the script.
///
/// @param target name in the script; a target that is placed several times is a list with one element a layer
/// @param parts  from top to bottom, all with the same number of columns
public record Placement(String target, Kind kind, List<Part> parts) {
    /// What the script does with it.
    public enum Kind {
        /// multiplied, in the form that the plan says
        MATRIX,
        /// rows are looked up
        TABLE,
        /// one row, fp32
        VECTOR
    }

    /// A tensor of the file.
    ///
    /// @param rows    that it must have
    /// @param columns that it must have
    /// @param order   which of its rows comes where
    public record Part(String tensor, int rows, int columns, RowOrder order) {}

    public Placement {
        parts = List.copyOf(parts);
    }

    public static Placement vector(String target, String tensor, int length) {
        return new Placement(target, Kind.VECTOR, List.of(new Part(tensor, 1, length, RowOrder.AS_STORED)));
    }

    public static Placement table(String target, String tensor, int rows, int columns) {
        return new Placement(target, Kind.TABLE, List.of(new Part(tensor, rows, columns, RowOrder.AS_STORED)));
    }

    public static Placement matrix(String target, Part... parts) {
        return new Placement(target, Kind.MATRIX, Arrays.asList(parts));
    }

    public int rows() {
        return parts.stream().mapToInt(Part::rows).sum();
    }

    public int columns() {
        return parts.getFirst().columns();
    }

    public long weights() {
        return (long) rows() * columns();
    }
}
