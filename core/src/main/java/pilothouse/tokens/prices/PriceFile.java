package pilothouse.tokens.prices;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import pilothouse.json.Json;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.store.Folders;
import pilothouse.tokens.Price;
import tools.jackson.core.JacksonException;

/// `prices.json`: the price book, to be edited by commands or by hand. Safe for use from any thread.
public final class PriceFile {
    private final Path file;
    private Seen seen = new Seen(FileTime.fromMillis(0), -1, PriceBook.EMPTY);

    private record Seen(FileTime changed, long bytes, PriceBook book) {}

    /// An entry as it stands in the file; numbers that are left out are 0, a cached price that is left out is that of the prompt.
    private record Line(String target, LocalDate from, String currency, BigDecimal promptPerMillion, BigDecimal cachedPerMillion,
            BigDecimal answerPerMillion, BigDecimal perSecond, String source) {
        static Line of(PriceEntry entry) {
            var price = entry.price();
            return new Line(entry.target(), entry.from(), price.currency(), price.promptPerMillion(), price.cachedPerMillion(),
                    price.answerPerMillion(), price.perSecond(), entry.source());
        }

        PriceEntry entry() {
            var prompt = or(promptPerMillion, BigDecimal.ZERO);
            return new PriceEntry(target, or(from, LocalDate.EPOCH), new Price(or(currency, "USD"), prompt, or(cachedPerMillion, prompt),
                    or(answerPerMillion, BigDecimal.ZERO), or(perSecond, BigDecimal.ZERO)), or(source, "written by hand"));
        }

        private static <T> T or(T given, T otherwise) {
            return Objects.requireNonNullElse(given, otherwise);
        }
    }

    private record Content(List<Line> prices) {}

    public PriceFile(Path file) {
        this.file = file;
    }

    public Path path() {
        return file;
    }

    /// The book as the file holds it now; it is read again only if the file has changed.
    ///
    /// @throws ProblemException if the file is no price book
    public synchronized PriceBook book() {
        try {
            var now = Files.readAttributes(file, BasicFileAttributes.class);
            if (!now.lastModifiedTime().equals(seen.changed()) || now.size() != seen.bytes())
                seen = new Seen(now.lastModifiedTime(), now.size(), parsed(Files.readAllBytes(file)));
            return seen.book();
        } catch (NoSuchFileException _) {
            return PriceBook.EMPTY;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// Takes prices into the book and the file.
    public synchronized PriceBook.Update add(Collection<PriceEntry> entries) {
        var update = book().with(entries);
        if (update.added() + update.changed() > 0) save(update.book());
        return update;
    }

    private void save(PriceBook book) {
        try {
            var content = new Content(book.entries().stream().map(Line::of).toList());
            Folders.replace(file, (Json.pretty(content) + "\n").getBytes(StandardCharsets.UTF_8));
            seen = new Seen(FileTime.fromMillis(0), -1, PriceBook.EMPTY);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private PriceBook parsed(byte[] text) {
        try {
            var content = Json.MAPPER.readValue(text, Content.class);
            return new PriceBook(content.prices().stream().map(Line::entry).toList());
        } catch (JacksonException | NullPointerException | IllegalArgumentException e) {
            throw new ProblemException(new Problem("The price book cannot be read: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""), file.toString(),
                    "Mend it by hand, or delete it and import the prices again."), e);
        }
    }

    private ProblemException failed(IOException e) {
        return new ProblemException(new Problem("The price book cannot be read or written: " + e.getMessage(), file.toString(),
                "Check the file's permissions and the room on the disk."), e);
    }
}
