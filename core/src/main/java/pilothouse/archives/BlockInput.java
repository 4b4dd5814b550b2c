package pilothouse.archives;

import java.io.IOException;
import java.io.InputStream;

/// A stream that says how it reads blocks; single bytes and what is skipped are read the same way.
public abstract class BlockInput extends InputStream {
    @Override
    public final int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] bytes, int offset, int length) throws IOException;
}
