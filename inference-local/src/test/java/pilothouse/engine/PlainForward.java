package pilothouse.engine;

import java.util.ArrayList;
import java.util.List;
import pilothouse.modelfiles.GgufFile;
import pilothouse.modelfiles.RowOrder;

/// The llama family's forward pass in plain Java and double precision, as the papers write it: keys and queries in the
/// published order of rows, rotation by halves, every key head repeated by index. Slow, and without any cache trick.
record PlainForward(GgufFile file, TinyModel model) {
    private double[][] matrix(String name, RowOrder order) {
        var tensor = file.requireTensor(name);
        var rows = new double[(int) tensor.rows()][(int) tensor.rowLength()];
        var row = new float[(int) tensor.rowLength()];
        for (int r = 0; r < rows.length; r++) {
            file.decodeRow(tensor, order.fileRow(r), row, 0);
            for (int c = 0; c < row.length; c++) rows[r][c] = row[c];
        }
        return rows;
    }

    private double[][] matrix(String name) {
        return matrix(name, RowOrder.AS_STORED);
    }

    /// @return logits after each id
    double[][] logits(int[] ids) {
        var embedding = matrix("token_embd.weight");
        var x = new double[ids.length][];
        for (int t = 0; t < ids.length; t++) x[t] = embedding[ids[t]].clone();
        for (int layer = 0; layer < model.layers(); layer++) {
            attend("blk." + layer + ".", x);
            feedForward("blk." + layer + ".", x);
        }
        var head = model.tied() ? embedding : matrix("output.weight");
        var out = new double[ids.length][];
        for (int t = 0; t < ids.length; t++) out[t] = times(head, normal(x[t], matrix("output_norm.weight")[0]));
        return out;
    }

    private void attend(String block, double[][] x) {
        var order = RowOrder.halvesOfHeads(model.keyLength());
        var wq = matrix(block + "attn_q.weight", order);
        var wk = matrix(block + "attn_k.weight", order);
        var wv = matrix(block + "attn_v.weight");
        var wo = matrix(block + "attn_output.weight");
        var norm = matrix(block + "attn_norm.weight")[0];
        List<double[]> keys = new ArrayList<>();
        List<double[]> values = new ArrayList<>();
        for (int t = 0; t < x.length; t++) {
            var h = normal(x[t], norm);
            keys.add(rotate(times(wk, h), t));
            values.add(times(wv, h));
            var seen = new double[wq.length];
            var q = rotate(times(wq, h), t);
            for (int head = 0; head < model.heads(); head++) attendHead(head, q, keys, values, seen);
            add(x[t], times(wo, seen));
        }
    }

    private void attendHead(int head, double[] q, List<double[]> keys, List<double[]> values, double[] seen) {
        int size = model.keyLength();
        int from = head / (model.heads() / model.kvHeads()) * size;
        var weights = new double[keys.size()];
        double sum = 0;
        for (int t = 0; t < weights.length; t++) {
            double dot = 0;
            for (int i = 0; i < size; i++) dot += q[head * size + i] * keys.get(t)[from + i];
            weights[t] = Math.exp(dot / Math.sqrt(size));
            sum += weights[t];
        }
        for (int t = 0; t < weights.length; t++)
            for (int i = 0; i < size; i++) seen[head * size + i] += weights[t] / sum * values.get(t)[from + i];
    }

    private double[] rotate(double[] heads, int position) {
        int size = model.keyLength();
        var turned = new double[heads.length];
        for (int start = 0; start < heads.length; start += size) {
            for (int i = 0; i < size / 2; i++) {
                double angle = position / model.ropeFactor() * Math.pow(1000, -2.0 * i / size);
                double a = heads[start + i];
                double b = heads[start + size / 2 + i];
                turned[start + i] = a * Math.cos(angle) - b * Math.sin(angle);
                turned[start + size / 2 + i] = b * Math.cos(angle) + a * Math.sin(angle);
            }
        }
        return turned;
    }

    private void feedForward(String block, double[][] x) {
        var gate = matrix(block + "ffn_gate.weight");
        var up = matrix(block + "ffn_up.weight");
        var down = matrix(block + "ffn_down.weight");
        var norm = matrix(block + "ffn_norm.weight")[0];
        for (var row : x) {
            var h = normal(row, norm);
            var g = times(gate, h);
            var u = times(up, h);
            for (int i = 0; i < g.length; i++) g[i] = g[i] / (1 + Math.exp(-g[i])) * u[i];
            add(row, times(down, g));
        }
    }

    private static double[] normal(double[] x, double[] weight) {
        double squares = 0;
        for (double v : x) squares += v * v;
        double scale = 1 / Math.sqrt(squares / x.length + 1e-3f);
        var out = new double[x.length];
        for (int i = 0; i < x.length; i++) out[i] = x[i] * scale * weight[i];
        return out;
    }

    private static double[] times(double[][] matrix, double[] x) {
        var out = new double[matrix.length];
        for (int r = 0; r < matrix.length; r++) for (int c = 0; c < x.length; c++) out[r] += matrix[r][c] * x[c];
        return out;
    }

    private static void add(double[] into, double[] what) {
        for (int i = 0; i < into.length; i++) into[i] += what[i];
    }
}
