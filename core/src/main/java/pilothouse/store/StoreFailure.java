package pilothouse.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.h2.api.ErrorCode;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;

/// What the user is told when the file system or the database refuses.
final class StoreFailure {
    static final String REPAIR = "Repair the store with `pilothouse store repair`: nothing is deleted by it";

    private StoreFailure() {}

    static ProblemException of(SQLException e, Path file) {
        var place = file.toString();
        return new ProblemException(switch (e.getErrorCode()) {
            case ErrorCode.DATABASE_ALREADY_OPEN_1 -> new Problem("The store is open in another program", place,
                    "Close the other Pilothouse, or choose another folder with --workspace DIR");
            case ErrorCode.FILE_CORRUPTED_1 -> new Problem("The store's file is damaged", place, rebuild(file));
            case ErrorCode.FILE_VERSION_ERROR_1 ->
                    new Problem("The store's file has a format that this program cannot read", place,
                            "Open it with the version of Pilothouse that wrote it and make a backup there");
            case ErrorCode.IO_EXCEPTION_1, ErrorCode.IO_EXCEPTION_2, ErrorCode.DATABASE_IS_CLOSED,
                    ErrorCode.FILE_CREATION_FAILED_1,
                    ErrorCode.DATABASE_IS_READ_ONLY -> unwritable(e, file);
            default -> refused(e).isPresent() ? unwritable(e, file) : new Problem("The store failed: " + e.getMessage().strip(), place,
                    "If it goes on, check it with `pilothouse store verify`");
        }, e);
    }

    static ProblemException of(IOException e, Path file) {
        return new ProblemException(unwritable(e, file), e);
    }

    private static Problem unwritable(Exception e, Path file) {
        var reason = refused(e).map(Throwable::getMessage).orElse(e.getMessage());
        return new Problem("Reading or writing the store failed: " + reason, file + ", " + free(file) + " free on this disk",
                "Make room on the disk or check that the folder can be written, then try again");
    }

    /// What the file system said: H2 hands it on deep inside, and as a general error.
    private static Optional<Throwable> refused(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause).filter(IOException.class::isInstance)
                .reduce((_, inner) -> inner);
    }

    private static String rebuild(Path file) {
        return Files.isDirectory(file.resolveSibling("journal")) ? "It can be built anew from the journal beside it. " + REPAIR
                : "Move this file to another folder and start again with an empty one, or restore a backup";
    }

    private static String free(Path file) {
        try {
            return Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace() / (1 << 20) + " MiB";
        } catch (IOException e) {
            return "unknown space";
        }
    }
}
