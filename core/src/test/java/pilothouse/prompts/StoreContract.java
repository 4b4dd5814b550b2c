package pilothouse.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pilothouse.access.MemberId;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.prompts.values.SetOutcome;
import pilothouse.prompts.values.ValueSet;
import pilothouse.prompts.values.ValueSetName;
import pilothouse.prompts.values.ValueSetRepository;
import pilothouse.store.Change;
import pilothouse.store.Store;

/// What every store promises, whatever database it lies in.
abstract class StoreContract {
    private static final LabelName PRODUCTION = new LabelName("production");
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final int THREADS = 8;
    private static final int EACH = 3;

    private InstantSource clock = InstantSource.system();
    private PromptStore store;

    /// The same store each time in one test.
    abstract Store connect(InstantSource clock);

    /// All that is wrong with it, by its journal.
    abstract List<Problem> check(Store store);

    @BeforeEach
    void open() {
        store = PromptStore.on(connect(() -> clock.instant()), PromptStore.ADA, () -> clock.instant(), List.of());
    }

    @AfterEach
    void close() {
        if (store == null) return; // skipped
        assertThat(check(store.store())).isEmpty();
        store.close();
    }

    private void openAgain() {
        store.close();
        open();
    }

    private Prompt prompt() {
        return store.prompts().create(new PromptName("support/reply"));
    }

    private SaveOutcome save(Prompt prompt, int basedOn, String text, String... partials) {
        return store.prompts().save(new Draft(prompt.id(), BranchName.MAIN, basedOn, text, List.of(partials), "why " + basedOn, PromptStore.ADA));
    }

    private PromptVersion saved(Prompt prompt, int basedOn, String text, String... partials) {
        return ((SaveOutcome.Saved) save(prompt, basedOn, text, partials)).version();
    }

    @Test
    void givenSaves_everyVersionIsReadBackAsItWas() {
        var prompt = prompt();
        var saved = IntStream.range(0, 5).mapToObj(i -> saved(prompt, i, "text " + i)).toList();
        openAgain();
        assertThat(store.prompts().log(prompt.id())).containsExactlyElementsOf(saved.reversed()).allMatch(PromptVersion::isIntact);
        assertThat(store.prompts().find(prompt.name())).contains(prompt);
        assertThat(store.prompts().find("support/reply@3")).map(Found::version).contains(saved.get(2));
        assertThat(store.store().problems()).isEmpty();
    }

    @Test
    void givenTheSameText_nothingIsSaved() {
        var prompt = prompt();
        var first = saved(prompt, 0, "Hello");
        assertThat(save(prompt, 1, "Hello")).isEqualTo(new SaveOutcome.Unchanged(first));
    }

    @Test
    void givenTwoEditorsOfOneVersion_theSecondSaveIsOvertaken() {
        var prompt = prompt();
        saved(prompt, 0, "Hello");
        var theirs = saved(prompt, 1, "Hello you");
        assertThat(save(prompt, 1, "Hi")).isEqualTo(new SaveOutcome.Overtaken(theirs));
        assertThat(store.prompts().log(prompt.id())).hasSize(2);
    }

    @Test
    void givenEightThreads_numbersHaveNoGapsAndNothingIsLost() throws Exception {
        var prompt = prompt();
        var saved = inThreads(thread -> {
            var mine = new ArrayList<Integer>();
            while (mine.size() < EACH) {
                int head = store.prompts().head(prompt.id(), BranchName.MAIN).map(PromptVersion::number).orElse(0);
                if (save(prompt, head, "by " + thread + ", " + mine.size()) instanceof SaveOutcome.Saved(var version)) mine.add(version.number());
            }
            return mine;
        });
        assertThat(saved.stream().flatMap(List::stream).sorted()).containsExactlyElementsOf(IntStream.rangeClosed(1, EACH * THREADS).boxed().toList());
        assertThat(store.prompts().log(prompt.id())).hasSize(EACH * THREADS);
    }

    @Test
    void givenEightThreadsCreatingOneName_oneOfThemDoes() throws Exception {
        var made = inThreads(_ -> {
            try {
                prompt();
                return 1;
            } catch (ProblemException e) {
                assertThat(e.problem().what()).contains("of this name already");
                return 0;
            }
        });
        assertThat(made.stream().mapToInt(Integer::intValue).sum()).isOne();
    }

    @Test
    void givenALabel_itStandsWhereItWasMovedLast() {
        var prompt = prompt();
        saved(prompt, 0, "one");
        var two = saved(prompt, 1, "two");
        store.labels().move(prompt.id(), PRODUCTION, 2);
        store.labels().move(prompt.id(), PRODUCTION, 1);
        store.labels().move(prompt.id(), PRODUCTION, 2);
        openAgain();
        assertThat(store.labels().labels(prompt.id())).singleElement().returns(2, LabelMove::to).returns(3, LabelMove::move);
        assertThat(store.labels().history(prompt.id(), PRODUCTION)).extracting(LabelMove::to).containsExactly(2, 1, 2);
        assertThat(store.prompts().find("support/reply@production")).map(Found::version).contains(two);
    }

    @Test
    void givenTwoPeopleWhoMoveOneLabel_theSecondIsToldWhoMovedItAndWhen() {
        clock = InstantSource.fixed(NOON);
        var prompt = prompt();
        for (int i = 0; i < 3; i++) saved(prompt, i, "text " + i);
        store.labels().move(prompt.id(), PRODUCTION, 1);
        int seen = store.labels().labels(prompt.id()).getFirst().move();
        var bo = PromptStore.on(store.store(), new MemberId("bo"), clock, List.of()).labels();
        assertThat(bo.move(prompt.id(), PRODUCTION, 2, seen)).isInstanceOf(LabelOutcome.Moved.class);
        var late = store.labels().move(prompt.id(), PRODUCTION, 3, seen);
        assertThat(late).isInstanceOfSatisfying(LabelOutcome.Overtaken.class, overtaken -> {
            assertThat(overtaken.theirs()).returns(2, LabelMove::to).returns(NOON, LabelMove::at);
            assertThat(overtaken.reason().what()).startsWith("bo moved production from version 1 to version 2 at 2026-11-24 ");
        });
        assertThat(store.labels().labels(prompt.id())).extracting(LabelMove::to).containsExactly(2);
        assertThat(store.labels().move(prompt.id(), PRODUCTION, 2, seen)).as("where it stands already").isInstanceOf(LabelOutcome.Unmoved.class);
        assertThat(store.labels().move(prompt.id(), PRODUCTION, 3, 2)).isInstanceOf(LabelOutcome.Moved.class);
    }

    @Test
    void givenEightPeopleWhoMoveOneLabelAtOnce_oneDoesAndTheOthersAreTold() throws Exception {
        var prompt = prompt();
        for (int i = 0; i < THREADS; i++) saved(prompt, i, "text " + i);
        var outcomes = inThreads(thread -> store.labels().move(prompt.id(), PRODUCTION, thread + 1, 0));
        assertThat(outcomes).filteredOn(LabelOutcome.Moved.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(LabelOutcome.Overtaken.class::isInstance).hasSize(THREADS - 1);
    }

    @Test
    void givenASnippet_itsUsersAreKnown() {
        var tone = store.prompts().create(new PromptName("_tone"));
        saved(tone, 0, "Be kind.");
        var prompt = prompt();
        var version = saved(prompt, 0, "{{> tone}}", "tone");
        assertThat(store.prompts().snippets(version)).containsEntry("tone", "Be kind.");
        assertThat(store.prompts().references(tone.id()))
                .containsExactly(new Reference("version", prompt.id() + "@1", tone.id(), 1));
    }

    @Test
    void givenRenamingAndArchiving_theyAreKept() {
        var prompt = prompt();
        store.prompts().rename(prompt.id(), new PromptName("other"));
        store.prompts().archive(prompt.id(), true);
        openAgain();
        assertThat(store.prompts().list()).isEmpty();
        assertThat(store.prompts().archived()).singleElement().returns("other", it -> it.name().path());
    }

    private ValueSet added(Prompt prompt, String name, Map<String, Object> values) {
        return ((SetOutcome.Saved) store.values().add(prompt.id(), new ValueSetName(name), values)).set();
    }

    @Test
    void givenValueSets_theyAreKeptByNameAndBelongToTheirPrompt() {
        var prompt = prompt();
        var other = store.prompts().create(new PromptName("other"));
        var every = new LinkedHashMap<String, Object>();
        every.put("text", "one\n\"two\" ü😀 \0");
        every.put("none", null);
        every.put("numbers", List.of(1, 2.5, 10_000_000_000L, true));
        every.put("map", Map.of("in", Map.of("deep", "er")));
        var late = added(prompt, "z late", every);
        var early = added(prompt, "a early", Map.of());
        added(other, "z late", Map.of("text", "another"));
        openAgain();
        assertThat(store.values().of(prompt.id())).containsExactly(early, late);
        assertThat(store.values().find(prompt.id(), new ValueSetName("z late"))).contains(late);
        assertThat(late.values()).isEqualTo(every);
    }

    @Test
    void givenAChangedRenamedAndRemovedSet_itIsWhatItWasMadeLast() {
        var prompt = prompt();
        var one = added(prompt, "one", Map.of("a", 1));
        var two = added(prompt, "two", Map.of());
        assertThat(store.values().change(one, one.name(), Map.of("a", 1L))).isEqualTo(new SetOutcome.Unchanged(one));
        assertThat(store.values().change(one, two.name(), one.values())).isEqualTo(new SetOutcome.NameTaken(two));
        assertThat(store.values().add(prompt.id(), two.name(), Map.of())).isEqualTo(new SetOutcome.NameTaken(two));
        var renamed = ((SetOutcome.Saved) store.values().change(one, new ValueSetName("three"), Map.of("a", 2))).set();
        assertThat(renamed).returns(one.id(), ValueSet::id).returns(2, ValueSet::change);
        store.values().remove(two);
        store.values().remove(two);
        openAgain();
        assertThat(store.values().of(prompt.id())).containsExactly(renamed);
        assertThat(store.values().restore(two)).isInstanceOf(SetOutcome.Saved.class);
        assertThat(store.values().of(prompt.id())).extracting(set -> set.name().text()).containsExactly("three", "two");
    }

    @Test
    void givenTwoPeopleWhoChangeOneSet_theSecondIsTold() {
        var seen = added(prompt(), "one", Map.of("a", 1));
        var bo = PromptStore.on(store.store(), new MemberId("bo"), clock, List.of()).values();
        var theirs = ((SetOutcome.Saved) bo.change(seen, seen.name(), Map.of("a", 2))).set();
        assertThat(theirs.savedBy()).isEqualTo(new MemberId("bo"));
        assertThat(store.values().change(seen, seen.name(), Map.of("a", 3))).isEqualTo(new SetOutcome.Overtaken(Optional.of(theirs)));
        bo.remove(theirs);
        assertThat(store.values().change(theirs, seen.name(), Map.of("a", 3))).isEqualTo(new SetOutcome.Overtaken(Optional.empty()));
        assertThat(store.values().of(seen.prompt())).isEmpty();
    }

    @Test
    void givenEightPeopleWhoAddOneName_oneDoes() throws Exception {
        var prompt = prompt();
        var outcomes = inThreads(thread -> store.values().add(prompt.id(), new ValueSetName("one"), Map.of("by", thread)));
        assertThat(outcomes).filteredOn(SetOutcome.Saved.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(SetOutcome.NameTaken.class::isInstance).hasSize(THREADS - 1);
    }

    @Test
    void givenManySetsAtOnce_allAreKeptOrNone() {
        var prompt = prompt();
        added(prompt, "2", Map.of("a", 0));
        added(prompt, "3", Map.of("a", 3));
        var rows = IntStream.rangeClosed(1, 5).mapToObj(i -> new ValueSetRepository.Named(new ValueSetName("" + i), Map.of("a", i))).toList();
        assertThat(store.values().put(prompt.id(), rows)).isEqualTo(new ValueSetRepository.Put(3, 1, 1));
        assertThat(store.values().of(prompt.id())).extracting(ValueSet::values).containsExactlyElementsOf(rows.stream().map(ValueSetRepository.Named::values).toList());
        var tooMany = IntStream.rangeClosed(0, ValueSetRepository.MOST).mapToObj(i -> new ValueSetRepository.Named(new ValueSetName("x" + i), Map.of())).toList();
        assertThatThrownBy(() -> store.values().put(prompt.id(), tooMany)).isInstanceOf(ProblemException.class).hasMessageContaining("at most");
        assertThat(store.values().of(prompt.id())).hasSize(5);
    }

    @Test
    void givenARenamedVariable_theSetsThatFillItFollowInTheirOrder() {
        var prompt = prompt();
        var values = new LinkedHashMap<String, Object>();
        for (var name : List.of("z", "old", "a")) values.put(name, name);
        added(prompt, "both", Map.of("old", 1, "new", 2));
        added(prompt, "one", values);
        added(prompt, "without", Map.of("a", 1));
        assertThat(store.values().rename(prompt.id(), "old", "new")).isOne();
        assertThat(store.values().of(prompt.id())).extracting(set -> List.copyOf(set.values().keySet()).toString()).contains("[z, new, a]", "[a]");
        assertThat(store.values().of(prompt.id()).getFirst().values()).isEqualTo(Map.of("old", 1, "new", 2));
    }

    @Test
    void givenAListener_itHearsOfCommitsInTheirOrderAndOfNothingElse() throws Exception {
        var heard = new LinkedBlockingQueue<Change>();
        try (var _ = store.store().changes().listen(heard::add)) {
            var prompt = prompt();
            assertThatThrownBy(this::prompt).isInstanceOf(ProblemException.class);
            for (int i = 0; i < 20; i++) saved(prompt, i, "text " + i);
            store.labels().move(prompt.id(), PRODUCTION, 1);
            assertThat(next(heard)).isEqualTo(new Change("prompt", prompt.id().toString(), 0));
            for (int i = 1; i <= 20; i++) assertThat(next(heard)).isEqualTo(new Change("version", prompt.id().toString(), i));
            assertThat(next(heard)).isEqualTo(new Change("label", prompt.id() + "@production", 1));
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void givenWorkThatThrows_nothingOfItIsKept() {
        var prompt = prompt();
        var reason = new IllegalStateException("changed my mind");
        assertThatThrownBy(() -> store.store().write(tx -> {
            tx.update("update prompt set archived = true");
            throw reason;
        })).isSameAs(reason);
        assertThatThrownBy(() -> store.store().write(tx -> tx.update("no sql at all"))).isInstanceOf(ProblemException.class);
        assertThat(store.prompts().list()).containsExactly(prompt);
    }

    @Test
    void givenAReaderWhileOthersWrite_itSeesOneState() throws Exception {
        var prompt = prompt();
        saved(prompt, 0, "one");
        int[] counts = store.store().read(tx -> {
            int before = tx.one("select count(*) from prompt_version", row -> row.getInt(1)).orElseThrow();
            CompletableFuture.runAsync(() -> saved(prompt, 1, "two")).join();
            return new int[] {before, tx.one("select count(*) from prompt_version", row -> row.getInt(1)).orElseThrow()};
        });
        assertThat(counts).containsExactly(1, 1);
        assertThat(store.prompts().log(prompt.id())).hasSize(2);
    }

    @Test
    void givenAWriteWithinAWrite_itIsRefusedAndDoesNotHang() {
        assertThatThrownBy(() -> store.store().write(tx -> prompt())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void givenAnInterrupt_theAnswerIsStillGivenAndTheInterruptKept() {
        var prompt = prompt();
        Thread.currentThread().interrupt();
        saved(prompt, 0, "one");
        assertThat(store.prompts().log(prompt.id())).hasSize(1);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void givenTheLongestTextWithEveryCharacterThatCanBeSaved_itIsKeptExactly() {
        var every = IntStream.rangeClosed(1, Character.MAX_CODE_POINT).filter(point -> point < 0xD800 || point > 0xDFFF)
                .mapToObj(Character::toString).collect(Collectors.joining());
        var text = every + "7".repeat(PromptVersion.MAX_CHARS - every.length());
        var prompt = prompt();
        var version = saved(prompt, 0, text);
        openAgain();
        assertThat(store.prompts().version(prompt.id(), 1).orElseThrow().equals(version)).isTrue();
        assertThat(version.text().equals(text)).isTrue();
    }

    @Test
    void givenTheCharacterNul_itIsRefusedByName() {
        var prompt = prompt();
        assertThatThrownBy(() -> save(prompt, 0, "a\0b")).isInstanceOf(ProblemException.class).hasMessageContaining("U+0000");
        assertThat(store.prompts().log(prompt.id())).isEmpty();
    }

    @Test
    void givenAClockThatGoesBack_orderIsBySequence() {
        clock = InstantSource.fixed(NOON);
        var prompt = prompt();
        saved(prompt, 0, "one");
        clock = InstantSource.fixed(NOON.minusSeconds(3600));
        saved(prompt, 1, "two");
        store.labels().move(prompt.id(), PRODUCTION, 1);
        clock = InstantSource.fixed(Instant.EPOCH);
        store.labels().move(prompt.id(), PRODUCTION, 2);
        assertThat(store.prompts().log(prompt.id())).extracting(PromptVersion::number).containsExactly(2, 1);
        assertThat(store.labels().labels(prompt.id())).singleElement().returns(2, LabelMove::to);
    }

    @Test
    void givenManyPrompts_theyAreListedByName() {
        var names = List.of("b", "a/z", "a", "Z", "a-b", "a/a", "ä", "10", "9");
        names.forEach(name -> store.prompts().create(new PromptName(name)));
        assertThat(store.prompts().list()).extracting(prompt -> prompt.name().path()).containsExactlyElementsOf(names.stream().sorted().toList());
    }

    @Test
    void givenSubmittedWork_itIsKeptWhenItIsAnswered() throws Exception {
        var answers = IntStream.range(0, 20).mapToObj(i -> store.store().submit(tx -> insert(tx.connection(), i))).toList();
        for (var answer : answers) assertThat(answer.get()).isOne();
    }

    private static int insert(java.sql.Connection connection, int i) throws SQLException {
        try (var statement = connection.prepareStatement("select count(*) from prompt_version where number = ?")) {
            statement.setInt(1, i);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1) + 1;
            }
        }
    }

    private static Change next(LinkedBlockingQueue<Change> heard) throws InterruptedException {
        var change = heard.poll(60, TimeUnit.SECONDS);
        assertThat(change).as("a change").isNotNull();
        return change;
    }

    private interface Work<T> {
        T run(int thread) throws Exception;
    }

    private static <T> List<T> inThreads(Work<T> work) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = threads.invokeAll(IntStream.range(0, THREADS).<Callable<T>>mapToObj(i -> () -> work.run(i)).toList());
            var results = new ArrayList<T>();
            for (var one : running) results.add(one.get());
            return results;
        }
    }
}
