package pilothouse.cli.prompts;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.cli.InWorkspace;
import pilothouse.cli.StoredPrompt;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.LabelMove;
import pilothouse.prompts.LabelName;
import pilothouse.prompts.LabelOutcome;
import pilothouse.prompts.LabelRepository;
import pilothouse.prompts.PromptId;
import pilothouse.prompts.PromptRepository;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Puts a label on a version, or shows where it stood.
@Command(name = "label", description = "Put a label on a version; without a label list them, with the label alone show its history.")
public final class LabelCommand implements Callable<Integer>, InWorkspace {
    private final Console console;
    private final Supplier<PromptRepository> prompts;
    private final Supplier<LabelRepository> labels;

    @Parameters(index = "0", paramLabel = "NAME[@VERSION|@LABEL]", description = "The prompt, and the version to put the label on.")
    private String name;

    @Parameters(index = "1", arity = "0..1", paramLabel = "LABEL", description = "The label, such as production.")
    private String label;

    @Option(names = "--from", paramLabel = "VERSION", description = "Only if the label still stands on this version; 0: only if there is no"
            + " such label yet.")
    private Integer from;

    public LabelCommand(Console console, Supplier<PromptRepository> prompts, Supplier<LabelRepository> labels) {
        this.console = console;
        this.prompts = prompts;
        this.labels = labels;
    }

    @Override
    public Integer call() {
        var found = StoredPrompt.find(prompts.get(), name);
        if (label == null) return moves(labels.get().labels(found.prompt().id()));
        if (!name.contains("@")) return moves(labels.get().history(found.prompt().id(), new LabelName(label)));
        return switch (move(found.prompt().id(), new LabelName(label), found.version().number())) {
            case LabelOutcome.Moved(var move) -> moves(List.of(move));
            case LabelOutcome.Unmoved(var move) -> moves(List.of(move));
            case LabelOutcome.Refused(var reason) -> throw new ProblemException(reason);
            case LabelOutcome.Overtaken overtaken -> throw new ProblemException(overtaken.reason());
        };
    }

    private LabelOutcome move(PromptId prompt, LabelName name, int to) {
        if (from == null) return labels.get().move(prompt, name, to);
        var newest = labels.get().labels(prompt).stream().filter(move -> move.label().equals(name)).findFirst();
        boolean asExpected = newest.map(LabelMove::to).orElse(0).equals(from);
        return newest.isPresent() && !asExpected ? new LabelOutcome.Overtaken(newest.get())
                : labels.get().move(prompt, name, to, newest.map(LabelMove::move).orElse(0));
    }

    private int moves(List<LabelMove> moves) {
        if (console.json()) console.jsonLine(moves);
        else if (moves.isEmpty()) console.notice("No labels: `pilothouse prompts label NAME@VERSION LABEL` puts one.");
        else console.table(List.of("label", "version", "before", "by", "at"), moves.stream().map(move -> List.of(move.label().name(),
                String.valueOf(move.to()), move.from() == 0 ? "–" : String.valueOf(move.from()), move.by().name(),
                move.at().toString())).toList());
        return ExitCode.OK.code();
    }
}
