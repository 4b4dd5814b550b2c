package pilothouse.cli.prompts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.cli.InWorkspace;
import pilothouse.cli.UsageProblem;
import pilothouse.prompts.search.MarkedLine;
import pilothouse.prompts.search.PromptSearch;
import pilothouse.prompts.search.SearchHit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Finds prompts by what is in them.
@Command(name = "search", description = {"Find prompts by words in their names, texts, messages and variables.",
        "All words must be there, the last may be half a word. Also: '\"words in a row\"', label:NAME, author:NAME, variable:NAME."})
public final class SearchCommand implements Callable<Integer>, InWorkspace {
    private static final int MOST = 10_000;

    private final Console console;
    private final Supplier<PromptSearch> search;

    @Parameters(arity = "1..*", paramLabel = "WORDS", description = "What to find.")
    private List<String> words;

    @Option(names = "--every-version", description = "Look in all versions, not only in the newest.")
    private boolean everyVersion;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "Most hits (${DEFAULT-VALUE}).")
    private int limit;

    public SearchCommand(Console console, Supplier<PromptSearch> search) {
        this.console = console;
        this.search = search;
    }

    @Override
    public Integer call() {
        var typed = String.join(" ", words);
        if (typed.isBlank()) throw new UsageProblem("There is nothing to look for", "WORDS", "Name at least one word");
        if (limit < 1 || limit > MOST) throw new UsageProblem("The limit is " + limit, "--limit", "It must be a number from 1 to " + MOST);
        try (var bar = console.progress("Reading the texts")) {
            search.get().update(building -> bar.show((double) building.done() / building.all(), building.done() + " of " + building.all() + " prompts"));
        }
        var hits = search.get().find(typed, limit, everyVersion);
        if (console.json()) console.jsonLine(hits.stream().map(SearchCommand::json).toList());
        else if (hits.isEmpty()) console.notice("Nothing was found. --every-version looks in older versions too.");
        else hits.forEach(this::print);
        return ExitCode.OK.code();
    }

    private void print(SearchHit hit) {
        console.line(console.bold(hit.prompt().name().path()) + "@" + hit.version()
                + hit.labels().stream().map(label -> "  " + label).reduce("", String::concat));
        hit.line().ifPresent(line -> console.line("  " + console.dim(line.number() == 0 ? "message: " : line.number() + ": ") + marked(line)));
    }

    private String marked(MarkedLine line) {
        var text = new StringBuilder();
        int at = 0;
        for (var mark : line.marks()) {
            text.append(line.text(), at, mark.from()).append(console.bold(line.text().substring(mark.from(), mark.to())));
            at = mark.to();
        }
        return text.append(line.text().substring(at)).toString();
    }

    private static Map<String, Object> json(SearchHit hit) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", hit.prompt().name().path());
        json.put("id", hit.prompt().id().toString());
        json.put("version", hit.version());
        json.put("labels", hit.labels());
        hit.line().ifPresent(line -> json.put("line", line));
        return json;
    }
}
