package pilothouse.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePathWrapper;

/// H2's files on a [FaultyDisk]. Public because H2 makes new ones by reflection.
public final class FaultyDatabase extends FilePathWrapper {
    @Override
    public String getScheme() {
        return FaultyDisk.SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return mode.equals("r") ? super.open(mode) : FaultyDisk.channel(super.open(mode), unwrap().toString());
    }
}
