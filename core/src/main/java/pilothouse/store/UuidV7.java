package pilothouse.store;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Makes ids that sort about by their time. Source: RFC 9562, 5.7 (48 bits of milliseconds, version,
/// 74 random bits). Safe for use from any thread.
public final class UuidV7 {
    private final InstantSource clock;
    private final RandomGenerator random;

    /// @param random unguessable in the program ([java.security.SecureRandom]), seeded in tests
    public UuidV7(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public UUID next() {
        long millis = clock.millis() & 0xFFFF_FFFF_FFFFL;
        return new UUID(millis << 16 | 0x7000 | random.nextInt(1 << 12), 1L << 63 | random.nextLong() >>> 2);
    }
}
