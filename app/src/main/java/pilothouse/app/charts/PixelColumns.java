package pilothouse.app.charts;

import java.util.Arrays;

/// What is left of a line on the screen: the lowest and highest value of each pixel column. Every extreme
/// survives, however many samples share a column. Columns lie on a fixed grid of time, so while a window
/// moves on they move along unchanged: nothing shimmers, and only the newest samples are read again.
final class PixelColumns {
    private double[] low = new double[0];
    private double[] high = new double[0];
    private double[] last = new double[0];
    private int width;
    private double perColumn;
    private long firstColumn;
    private long gap;
    private long readUntil = Long.MIN_VALUE;
    private int generation;

    /// Sorts the samples of `line` from `from` on into `width` columns.
    ///
    /// @param perColumn milliseconds of one column
    /// @param gap       the longest distance in milliseconds of two samples that are still joined
    void read(Line line, long from, double perColumn, int width, long gap) {
        var column = (long) Math.floor(from / perColumn);
        var known = this.perColumn == perColumn && this.width == width && this.gap == gap
                && generation == line.generation() && readUntil != Long.MIN_VALUE;
        var shift = column - firstColumn;
        if (known && shift >= 0 && shift < width) shift((int) shift);
        else restart(width);
        this.perColumn = perColumn;
        this.gap = gap;
        firstColumn = column;
        generation = line.generation();
        append(line);
    }

    /// Number of columns.
    int width() {
        return width;
    }

    /// Lowest value of a column; NaN where there is nothing.
    double low(int column) {
        return low[column];
    }

    /// Highest value of a column; NaN where there is nothing.
    double high(int column) {
        return high[column];
    }

    /// The column's last value, for areas; NaN where there is nothing.
    double last(int column) {
        return last[column];
    }

    private void append(Line line) {
        var start = Math.max((long) Math.floor(firstColumn * perColumn), readUntil == Long.MIN_VALUE ? Long.MIN_VALUE : readUntil);
        var begin = Math.max(0, line.indexAt(start) - 1); // one before, so that the line enters from the edge
        var previousColumn = Integer.MIN_VALUE;
        var previousTime = 0L;
        var previousValue = Double.NaN;
        for (int i = begin; i < line.size(); i++) {
            var time = line.time(i);
            var value = line.value(i);
            var column = (int) Math.clamp((long) Math.floor(time / perColumn) - firstColumn, -width - 1L, 2L * width);
            if (column >= width && previousColumn >= width) break;
            if (time - previousTime <= gap) join(previousColumn, previousValue, column, value);
            put(column, value);
            previousColumn = column;
            previousTime = time;
            previousValue = value;
        }
        if (line.size() > 0) readUntil = Math.min(line.time(line.size() - 1), (long) ((firstColumn + width) * perColumn));
    }

    private void put(int column, double value) {
        if (column < 0 || column >= width || Double.isNaN(value)) return;
        if (!(low[column] <= value)) low[column] = value;
        if (!(high[column] >= value)) high[column] = value;
        last[column] = value;
    }

    /// Draws the way between two neighbours: into the columns between them, and half a step into each of the two.
    private void join(int from, double start, int to, double end) {
        if (to <= from || Double.isNaN(start) || Double.isNaN(end)) return;
        var step = (end - start) / (to - (double) from);
        for (int column = Math.max(from + 1, 0); column < Math.min(to, width); column++) {
            var middle = start + step * (column - (double) from);
            put(column, middle - step / 2);
            put(column, middle + step / 2);
            last[column] = middle;
        }
        if (from >= 0 && from < width) {
            put(from, start + step / 2);
            last[from] = start;
        }
        put(to, end - step / 2);
    }

    private void shift(int columns) {
        if (columns == 0) return;
        for (var row : new double[][] {low, high, last}) {
            System.arraycopy(row, columns, row, 0, width - columns);
            Arrays.fill(row, width - columns, width, Double.NaN);
        }
    }

    private void restart(int columns) {
        if (low.length < columns) {
            low = new double[columns];
            high = new double[columns];
            last = new double[columns];
        }
        width = columns;
        readUntil = Long.MIN_VALUE;
        for (var row : new double[][] {low, high, last}) Arrays.fill(row, 0, columns, Double.NaN);
    }
}
