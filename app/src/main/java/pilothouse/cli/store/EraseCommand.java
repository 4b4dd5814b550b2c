package pilothouse.cli.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import pilothouse.access.MemberId;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.cli.InWorkspace;
import pilothouse.cli.StoredPrompt;
import pilothouse.cli.UsageProblem;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.ErasureRepository;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptRepository;
import pilothouse.workspace.Erasure;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Takes a prompt's texts or a person's data out of everything that is kept.
@Command(name = "erase", description = "Take a prompt's texts or a person's data out of store, journal, runs, drafts and backups, for good; hashes and times stay.")
public final class EraseCommand implements Callable<Integer>, InWorkspace {
    private final Console console;
    private final Supplier<PromptRepository> prompts;
    private final Supplier<Erasure> erasure;
    private final BooleanSupplier windowIsOpen;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Whose whose;

    @Option(names = "--texts", description = "With --member: also the texts of the versions that this person saved.")
    private boolean texts;

    @Option(names = "--yes", description = "Do it. It cannot be undone.")
    private boolean yes;

    /// One of both.
    static final class Whose {
        @Option(names = "--prompt", paramLabel = "NAME[@VERSION]", description = "Texts and messages of all versions of a prompt, or of one; and what its runs said.")
        private String prompt;

        @Option(names = "--member", paramLabel = "NAME", description = "A person's name wherever it stands, their messages, and what their runs said.")
        private String member;
    }

    public EraseCommand(Console console, Supplier<PromptRepository> prompts, Supplier<Erasure> erasure, BooleanSupplier windowIsOpen) {
        this.console = console;
        this.prompts = prompts;
        this.erasure = erasure;
        this.windowIsOpen = windowIsOpen;
    }

    @Override
    public Integer call() {
        var request = whose.member != null ? ofMember() : ofPrompt();
        if (yes && windowIsOpen.getAsBoolean())
            throw new ProblemException("The workspace is open in a window, which keeps drafts of what would be erased", "", "Close the window first");
        Erasure.Report report;
        try (var bar = console.progress("Erasing")) {
            report = yes ? erasure.get().erase(request, bar::show) : erasure.get().look(request);
        }
        report.left().forEach(console::problem);
        if (console.json()) console.jsonLine(report);
        else console.table(List.of("where", "what", yes ? "erased" : "would be erased"), report.lines().stream()
                .map(line -> List.of(line.place(), line.what(), "%,d".formatted(line.count()))).toList());
        if (!yes) console.notice("Nothing was changed. Say --yes to erase this, also in the backups; it cannot be undone.");
        else console.notice("Copies elsewhere (exports, backups in other folders, other people's workspaces) are not reached.");
        return report.left().isEmpty() ? ExitCode.OK.code() : ExitCode.PROBLEM.code();
    }

    private ErasureRepository.Request ofMember() {
        try {
            return new ErasureRepository.Request(Optional.empty(), 0, Optional.of(new MemberId(whose.member)), texts);
        } catch (IllegalArgumentException e) {
            throw new UsageProblem(e.getMessage(), "--member", "Write it as `pilothouse prompts log NAME` shows it");
        }
    }

    private ErasureRepository.Request ofPrompt() {
        if (whose.prompt.contains("@")) {
            var found = StoredPrompt.find(prompts.get(), whose.prompt);
            return new ErasureRepository.Request(Optional.of(found.prompt().id()), found.version().number(), Optional.empty(), true);
        }
        var prompt = prompts.get().find(new PromptName(whose.prompt)).orElseThrow(() -> new ProblemException("There is no such prompt",
                whose.prompt, "`pilothouse prompts list` shows the prompts"));
        return new ErasureRepository.Request(Optional.of(prompt.id()), 0, Optional.empty(), true);
    }
}
