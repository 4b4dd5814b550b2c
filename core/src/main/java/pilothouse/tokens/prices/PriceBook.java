package pilothouse.tokens.prices;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pilothouse.tokens.Price;

/// Prices by target and day. Immutable.
public final class PriceBook {
    public static final PriceBook EMPTY = new PriceBook(List.of());

    private static final Comparator<PriceEntry> ORDER = Comparator.comparing(PriceEntry::target).thenComparing(PriceEntry::from);

    private final Map<String, List<PriceEntry>> byTarget = new HashMap<>(); // each list in the order of its days

    /// @param entries of two with the same target and day the later one counts
    public PriceBook(Collection<PriceEntry> entries) {
        for (var entry : entries) {
            var ofTarget = byTarget.computeIfAbsent(entry.target(), _ -> new ArrayList<>());
            ofTarget.removeIf(other -> other.from().equals(entry.from()));
            ofTarget.add(entry);
        }
        byTarget.values().forEach(list -> list.sort(ORDER));
    }

    /// All entries, by target and day.
    public List<PriceEntry> entries() {
        return byTarget.values().stream().flatMap(List::stream).sorted(ORDER).toList();
    }

    /// What a model costs on a day: by its own entries, else by those of its whole server.
    public Optional<Price> find(String server, String model, LocalDate day) {
        return entry(server + "/" + model, day).or(() -> entry(server + "/" + PriceEntry.ANY, day)).map(PriceEntry::price);
    }

    /// The entry of exactly this target that holds on a day.
    public Optional<PriceEntry> entry(String target, LocalDate day) {
        return byTarget.getOrDefault(target, List.of()).reversed().stream().filter(entry -> !entry.from().isAfter(day)).findFirst();
    }

    /// @param book    with what was new in it
    /// @param added   targets that had no price
    /// @param changed targets whose price differs
    /// @param same    targets whose price is as it was
    public record Update(PriceBook book, int added, int changed, int same) {}

    /// Takes prices over; a target whose price is the same on that day keeps its entry, so that the book tells when prices
    /// changed and not when they were read.
    public Update with(Collection<PriceEntry> fresh) {
        var all = new ArrayList<>(entries());
        int added = 0;
        int changed = 0;
        for (var entry : fresh) {
            var now = entry(entry.target(), entry.from());
            if (now.filter(old -> equal(old.price(), entry.price())).isPresent()) continue;
            if (now.isPresent()) changed++;
            else added++;
            all.add(entry);
        }
        return new Update(new PriceBook(all), added, changed, fresh.size() - added - changed);
    }

    private static boolean equal(Price one, Price other) {
        return one.currency().equals(other.currency()) && one.promptPerMillion().compareTo(other.promptPerMillion()) == 0
                && one.cachedPerMillion().compareTo(other.cachedPerMillion()) == 0 && one.answerPerMillion().compareTo(other.answerPerMillion()) == 0
                && one.perSecond().compareTo(other.perSecond()) == 0;
    }
}
