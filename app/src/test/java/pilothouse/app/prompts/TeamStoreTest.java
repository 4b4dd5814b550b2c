package pilothouse.app.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.access.AuditJournal;
import pilothouse.access.Member;
import pilothouse.access.MemberId;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.TestThread;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.Draft;
import pilothouse.prompts.LabelName;
import pilothouse.prompts.LabelRepository;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptRepository;
import pilothouse.store.Changes;
import pilothouse.store.PostgresCluster;
import pilothouse.store.Store;
import pilothouse.store.StoreFile;
import pilothouse.store.TeamDatabase;

/// The page on a store that someone else writes to from another program.
class TeamStoreTest {
    private static final Member BO = new Member(new MemberId("bo"));
    private static final LabelName PRODUCTION = new LabelName("production");
    private static final Duration MOST = Duration.ofSeconds(1);

    private final TeamDatabase database = PostgresCluster.get().freshSchema();
    private final TestThread fx = new TestThread();
    private final Background background = new Background(fx);
    @TempDir
    Path folder;
    private PromptsOnDisk here;
    private Changes.Subscription following;
    private Store there;
    private PromptRepository theirs;
    private LabelRepository theirLabels;

    @BeforeEach
    void open() {
        var store = connect();
        here = new PromptsOnDisk(store, folder, background, Map.of());
        following = here.model.follow(store.changes());
        there = connect();
        var journal = new AuditJournal(BO, InstantSource.system());
        theirs = new PromptRepository(there, journal, InstantSource.system());
        theirLabels = new LabelRepository(there, journal, List.of(), InstantSource.system());
    }

    private Store connect() {
        return Store.connect(database, Optional.of(PostgresCluster.PASSWORD), StoreFile.work(), InstantSource.system(), PromptsOnDisk.OPERATIONS);
    }

    @AfterEach
    void close() {
        following.close();
        background.close();
        here.close();
        there.close();
    }

    private Prompt opened() {
        var prompt = theirs.create(new PromptName("support/reply"));
        save(prompt, 0);
        fx.drainUntil(() -> here.model.prompts().contains(prompt));
        here.model.open(prompt);
        fx.drainUntil(() -> here.model.tabs().size() == 1 && tab().history().newest() == 1);
        return prompt;
    }

    private EditedPrompt tab() {
        return here.model.tabs().getFirst();
    }

    private void save(Prompt prompt, int basedOn) {
        theirs.save(new Draft(prompt.id(), BranchName.MAIN, basedOn, "text " + basedOn, List.of(), "", BO.id()));
    }

    @Test
    void givenSomeoneElsesChanges_theWindowShowsThemWithinASecond() {
        var prompt = opened();
        tab().text().set("mine, not saved");
        var slowest = Duration.ZERO;
        for (int i = 1; i <= 5; i++) {
            var saved = Instant.now();
            save(prompt, i);
            int number = i + 1;
            fx.drainUntil(() -> tab().history().newest() == number);
            var waited = Duration.between(saved, Instant.now());
            if (waited.compareTo(slowest) > 0) slowest = waited;
        }
        theirs.rename(prompt.id(), new PromptName("support/answer"));
        fx.drainUntil(() -> here.model.prompts().stream().anyMatch(it -> it.name().path().equals("support/answer")));
        assertThat(tab().text().get()).isEqualTo("mine, not saved");
        assertThat(slowest).isLessThan(MOST);
        System.out.println("A save elsewhere stood in the window's history within " + slowest.toMillis() + " ms, the slowest of 5");
    }

    @Test
    void givenALabelThatSomeoneElseMovedFirst_theWindowSaysWhoAndWhen() {
        var prompt = opened();
        save(prompt, 1);
        fx.drainUntil(() -> tab().history().newest() == 2);
        following.close(); // the change is on its way
        theirLabels.move(prompt.id(), PRODUCTION, 2);
        tab().label(PRODUCTION, 1);
        fx.drainUntil(() -> tab().message().get().filter(EditedPrompt.Message.Failed.class::isInstance).isPresent());
        assertThat(tab().message().get().orElseThrow().toString()).contains("bo put production on version 2 at ");
        assertThat(here.labels.labels(prompt.id())).singleElement().returns(2, move -> move.to());
        fx.drainUntil(() -> tab().history().entries().getFirst().labels().contains(PRODUCTION));
        tab().label(PRODUCTION, 1);
        fx.drainUntil(() -> tab().message().get().filter(EditedPrompt.Message.Said.class::isInstance).isPresent());
        assertThat(here.labels.labels(prompt.id())).singleElement().returns(1, move -> move.to());
    }
}
