package pilothouse.cli.prices;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.cli.InWorkspace;
import pilothouse.tokens.prices.PriceEntry;
import pilothouse.tokens.prices.PriceFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lists prices.
@Command(name = "list", description = "List prices, for a million tokens and for a second.")
public final class ListCommand implements Callable<Integer>, InWorkspace {
    private final Console console;
    private final Supplier<PriceFile> prices;
    private final InstantSource clock;

    @Parameters(arity = "0..1", paramLabel = "TEXT", description = "Only targets that contain it.")
    private String text = "";

    @Option(names = "--all", description = "Earlier and later prices too, not only those of today.")
    private boolean all;

    public ListCommand(Console console, Supplier<PriceFile> prices, InstantSource clock) {
        this.console = console;
        this.prices = prices;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        var book = prices.get().book();
        var today = LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
        var shown = book.entries().stream().filter(entry -> entry.target().contains(text))
                .filter(entry -> all || book.entry(entry.target(), today).filter(entry::equals).isPresent()).toList();
        if (console.json()) console.jsonLine(shown);
        else if (shown.isEmpty()) console.notice("There are none. `pilothouse prices import FILE` or `prices set TARGET` adds some.");
        else console.table(List.of("target", "from", "prompt", "cached", "answer", "second", "currency", "source"), shown.stream().map(ListCommand::row).toList());
        return ExitCode.OK.code();
    }

    private static List<String> row(PriceEntry entry) {
        var price = entry.price();
        return List.of(entry.target(), entry.from().toString(), amount(price.promptPerMillion()), amount(price.cachedPerMillion()), amount(price.answerPerMillion()),
                amount(price.perSecond()), price.currency(), entry.source());
    }

    private static String amount(BigDecimal amount) {
        return amount.signum() == 0 ? "–" : amount.stripTrailingZeros().toPlainString();
    }
}
