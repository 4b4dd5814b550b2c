package pilothouse.secrets;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// What turning a passphrase into a key costs, and so what each guess costs whoever has the file.
///
/// Source: Argon2id, RFC 9106; [#USUAL] is its second recommended choice, [#LEAST] OWASP's floor.
///
/// @param memoryKib  memory, KiB
/// @param iterations passes over it
/// @param lanes      parallel lanes
record KeyCost(int memoryKib, int iterations, int lanes) {
    static final KeyCost USUAL = new KeyCost(64 << 10, 3, 4);
    static final KeyCost LEAST = new KeyCost(19 << 10, 2, 1);

    private static final KeyCost MOST = new KeyCost(1 << 20, 16, 16);

    /// Neither so cheap that a changed file would give its passphrase away, nor so dear that it would stop the program.
    boolean isSane() {
        return memoryKib >= LEAST.memoryKib && iterations >= LEAST.iterations && lanes >= LEAST.lanes
                && memoryKib <= MOST.memoryKib && iterations <= MOST.iterations && lanes <= MOST.lanes;
    }

    /// @param passphrase as UTF-8
    byte[] derive(byte[] passphrase, byte[] salt, int length) {
        var argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id).withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib).withIterations(iterations).withParallelism(lanes).withSalt(salt).build());
        var key = new byte[length];
        argon2.generateBytes(passphrase, key);
        return key;
    }
}
