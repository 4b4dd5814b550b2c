package pilothouse.engine.sampling;

/// Which tokens may come next. One thread.
public interface TokenRule {
    boolean allows(int id);

    /// Makes the logits of all others −∞.
    void mask(float[] logits);
}
