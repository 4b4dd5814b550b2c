package pilothouse.archives;

import java.io.IOException;
import java.io.InputStream;

/// A stream that must have exactly as many bytes as was said: it fails at the first one too many or too few.
final class ExactInput extends BlockInput {
    private final InputStream in;
    private final String name;
    private long left;

    ExactInput(InputStream in, long size, String name) {
        this.in = in;
        this.name = name;
        left = size;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (left == 0) {
            if (in.read() >= 0) throw new IOException("The entry " + name + " has more bytes than it says");
            return -1;
        }
        int read = in.read(bytes, offset, (int) Math.min(left, length));
        if (read < 0) throw new IOException("The entry " + name + " has fewer bytes than it says");
        left -= read;
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
