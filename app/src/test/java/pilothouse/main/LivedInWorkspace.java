package pilothouse.main;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import pilothouse.access.AuditJournal;
import pilothouse.access.Member;
import pilothouse.access.MemberId;
import pilothouse.app.live.InventedRuns;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.Draft;
import pilothouse.prompts.LabelName;
import pilothouse.prompts.LabelRepository;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptRepository;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;
import pilothouse.workspace.Examples;
import pilothouse.workspace.Workspace;

/// A workspace after a week of work by two people, written by the program's own repositories.
final class LivedInWorkspace {
    static final String HERO = "support/welcome-mail";
    static final String STRANGE = "writing/many-scripts";

    private static final String FIRST = """
            ---
            model: local/smollm2-135m
            config:
              temperature: 0.2
              maxOutputTokens: 160
              seed: 42
            input:
              schema:
                shop: string, the shop's name
                customer: string, the customer's name
                plan(enum): [free, pro, enterprise]
                topic: string, what the customer wants to know
              default:
                shop: Northwind Outdoor
                customer: Ada
                plan: pro
                topic: how to choose a tent
            ---
            {{role "system"}}
            You write mails.
            {{role "user"}}
            Write a mail to {{customer}} about {{topic}}.
            """;
    private static final String SECOND = FIRST.replace("You write mails.", "You write friendly mails for the outdoor shop {{shop}}.");
    private static final String THIRD = SECOND.replace("temperature: 0.2", "temperature: 0.1")
            .replace("Write a mail to {{customer}} about {{topic}}.",
                    "Write a short mail to {{customer}}, a new customer,\nwith three tips on {{topic}}.");
    private static final String MANY_SCRIPTS = """
            ---
            model: local/smollm2-135m
            input:
              schema:
                greeting: string, in any script
              default:
                greeting: こんにちは
            ---
            {{role "user"}}
            Which language is this: {{greeting}}
            日本語の文章、简体中文的句子，한국어 문장.
            שלום עולם, مرحبا بالعالم
            """ + "A line that is far longer than the editor is wide, as logs and pasted tickets are. ".repeat(12);

    private LivedInWorkspace() {}

    static Workspace in(Workspace workspace) throws IOException {
        var now = Instant.now();
        var clock = new AtomicReference<>(now.minus(Duration.ofDays(6)));
        prompts(workspace, clock, now);
        try (var runs = new InventedRuns(workspace.folder(), InstantSource.fixed(now))) {
            day(runs, now);
        }
        Files.writeString(workspace.models().resolve("half-downloaded-Q4_K_M.gguf"), "only the beginning");
        return workspace;
    }

    private static void prompts(Workspace workspace, AtomicReference<Instant> clock, Instant now) {
        InstantSource then = clock::get;
        try (var store = Store.open(workspace.folder(), StoreFile.work(), then,
                Stream.concat(PromptRepository.OPERATIONS.stream(), LabelRepository.OPERATIONS.stream()).toList())) {
            var journal = new AuditJournal(new Member(new MemberId("ada")), then);
            var prompts = new PromptRepository(store, journal, then);
            Examples.addTo(prompts, new MemberId("ada"));
            var hero = save(prompts, HERO, 0, FIRST, "First try", "ada");
            clock.set(now.minus(Duration.ofDays(2)));
            save(prompts, HERO, 1, SECOND, "Friendlier, names the shop", "mara");
            new LabelRepository(store, journal, List.of(), then).move(hero.id(), new LabelName("production"), 2);
            save(prompts, "support/_tone", 0, "Be warm, not chatty. Never promise a date.", "", "mara");
            save(prompts, STRANGE, 0, MANY_SCRIPTS, "Every script", "ada");
            clock.set(now.minus(Duration.ofHours(1)));
            save(prompts, HERO, 2, THIRD, "Three tips, shorter", "ada");
        }
    }

    private static Prompt save(PromptRepository prompts, String name, int basedOn, String text, String why, String author) {
        var prompt = prompts.find(new PromptName(name)).orElseGet(() -> prompts.create(new PromptName(name)));
        prompts.save(new Draft(prompt.id(), BranchName.MAIN, basedOn, text, List.of(), why, new MemberId(author)));
        return prompt;
    }

    /// Runs of a day, one of them in twenty without a good end.
    private static void day(InventedRuns runs, Instant now) {
        var random = new SplittableRandom(7);
        for (int i = 0; i < 300; i++) {
            var at = now.minusSeconds(3_580 - i * 119L / 10 - random.nextInt(9));
            runs.tell(at, i % 3 == 0 ? 1 : random.nextInt(3), i > 180 && i < 230 ? random.nextInt(4) : 0, 8.1e8 + i * 1e5);
            if (i % 61 == 20) runs.addFailed(at, InventedRuns.TARGET, "The local engine was stopped");
            else if (i % 29 == 11) runs.addTruncated(at, InventedRuns.TARGET);
            else runs.add(at, InventedRuns.TARGET, Duration.ofMillis((long) (150 * Math.exp(random.nextGaussian() * 0.35) * (i > 180 && i < 230 ? 2 : 1))),
                    Duration.ofNanos((long) (14e6 + random.nextGaussian() * 1.2e6)));
        }
    }
}
