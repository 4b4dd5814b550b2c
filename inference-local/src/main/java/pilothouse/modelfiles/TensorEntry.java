package pilothouse.modelfiles;

/// One tensor of a model file, as its header describes it.
///
/// @param ne     sizes, the row length (input features) FIRST: a PyTorch weight `[N, K]` has ne = [K, N]
/// @param offset of its first byte in the file
/// @param bytes  that it takes there
public record TensorEntry(String name, long[] ne, TensorType type, long offset, long bytes) {
    public TensorEntry {
        ne = ne.clone();
    }

    @Override
    public long[] ne() {
        return ne.clone();
    }

    /// Weights in a row.
    public long rowLength() {
        return ne[0];
    }

    /// Rows: the product of all sizes but the first.
    public long rows() {
        long rows = 1;
        for (int i = 1; i < ne.length; i++) rows *= ne[i];
        return rows;
    }

    public long weights() {
        return rowLength() * rows();
    }

    public long bytesPerRow() {
        return type.bytes(rowLength());
    }
}
