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
import pilothouse.cli.UsageProblem;
import pilothouse.tokens.Price;
import pilothouse.tokens.prices.PriceEntry;
import pilothouse.tokens.prices.PriceFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Sets a price.
@Command(name = "set", description = "Set what a target costs from a day on. Earlier days keep their price.")
public final class SetCommand implements Callable<Integer>, InWorkspace {
    private final Console console;
    private final Supplier<PriceFile> prices;
    private final InstantSource clock;

    @Parameters(paramLabel = "SERVER/MODEL", description = "SERVER/* for all of a server.")
    private String target;

    @Option(names = "--prompt", paramLabel = "AMOUNT", defaultValue = "0", description = "For a million tokens of the prompt.")
    private BigDecimal prompt;

    @Option(names = "--cached", paramLabel = "AMOUNT", description = "For a million of those that came from a cache; as --prompt if not given.")
    private BigDecimal cached;

    @Option(names = "--answer", paramLabel = "AMOUNT", defaultValue = "0", description = "For a million tokens of the answer.")
    private BigDecimal answer;

    @Option(names = "--per-second", paramLabel = "AMOUNT", defaultValue = "0", description = "For each second of a request, such as on GPUs of your own.")
    private BigDecimal perSecond;

    @Option(names = "--currency", paramLabel = "CODE", defaultValue = "USD", description = "USD if not given.")
    private String currency;

    @Option(names = "--from", paramLabel = "YYYY-MM-DD", description = "The first day; today if not given.")
    private LocalDate from;

    public SetCommand(Console console, Supplier<PriceFile> prices, InstantSource clock) {
        this.console = console;
        this.prices = prices;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        for (var amount : List.of(prompt, cached == null ? prompt : cached, answer, perSecond))
            if (amount.signum() < 0 || !Price.isSane(amount)) throw new UsageProblem("A price is below zero or has too many figures", "prices set", "Give 0 or more, such as 2.50.");
        if (currency.isBlank()) throw new UsageProblem("There is no currency", "prices set", "Give its code, such as USD.");
        var day = from == null ? LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault()) : from;
        var entry = new PriceEntry(target, day, new Price(currency, prompt, cached == null ? prompt : cached, answer, perSecond), "set by hand");
        prices.get().add(List.of(entry));
        if (console.json()) console.jsonLine(entry);
        else console.line(target + " costs this from " + day + " on");
        return ExitCode.OK.code();
    }
}
