package pilothouse.archives;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A stream that must have exactly as many bytes as was said: it fails at the first one too many or too few.
final class ExactInput extends FilterInputStream {
    private final String name;
    private long left;

    ExactInput(InputStream in, long size, String name) {
        super(in);
        this.name = name;
        left = size;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
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
    public long skip(long count) throws IOException {
        return read(new byte[(int) Math.min(count, 8192)]);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
