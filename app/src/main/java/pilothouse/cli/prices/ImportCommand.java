package pilothouse.cli.prices;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.cli.GivenValues;
import pilothouse.cli.InWorkspace;
import pilothouse.cli.UsageProblem;
import pilothouse.tokens.prices.LiteLlmPrices;
import pilothouse.tokens.prices.PriceFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Takes prices over from LiteLLM's public list.
@Command(name = "import", description = "Take prices over from LiteLLM's public list (model_prices_and_context_window.json). Nothing is fetched: name the file.")
public final class ImportCommand implements Callable<Integer>, InWorkspace {
    private final Console console;
    private final Supplier<PriceFile> prices;
    private final InstantSource clock;

    @Parameters(paramLabel = "FILE", description = "The list; - for standard input.")
    private Path file;

    @Option(names = "--provider", paramLabel = "NAME", description = "Only that provider's models, as the list calls it (openai, anthropic, gemini ...).")
    private String provider;

    @Option(names = "--server", paramLabel = "NAME", description = "What the provider's server is called here; its name in the list if not given.")
    private String server;

    @Option(names = "--from", paramLabel = "YYYY-MM-DD", description = "The day from which the prices count; today if not given.")
    private LocalDate from;

    public ImportCommand(Console console, Supplier<PriceFile> prices, InstantSource clock) {
        this.console = console;
        this.prices = prices;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        if (server != null && provider == null)
            throw new UsageProblem("--server goes with --provider", "prices import", "Name the provider whose server it is.");
        var day = from == null ? LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault()) : from;
        var read = LiteLlmPrices.read(GivenValues.text(console.terminal(), file), day);
        var wanted = read.entries().stream().filter(entry -> provider == null || entry.target().startsWith(provider + "/"))
                .map(entry -> server == null ? entry : entry.onServer(server)).toList();
        if (wanted.isEmpty())
            throw new UsageProblem("The list has no model of the provider \"" + provider + "\"", "prices import", "Take the name that stands as litellm_provider in the list.");
        var update = prices.get().add(wanted);
        var json = new LinkedHashMap<String, Object>();
        json.put("added", update.added());
        json.put("changed", update.changed());
        json.put("unchanged", update.same());
        json.put("withoutPrice", read.skipped());
        json.put("from", day);
        if (console.json()) console.jsonLine(json);
        else console.line("%,d added, %,d changed, %,d unchanged from %s on; %,d of the list have no price for text".formatted(update.added(), update.changed(),
                update.same(), day, read.skipped()));
        return ExitCode.OK.code();
    }
}
