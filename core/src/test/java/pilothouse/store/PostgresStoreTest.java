package pilothouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pilothouse.problems.ProblemException;

/// What a team's store does beyond the contract of every store.
class PostgresStoreTest {
    private final PostgresCluster cluster = PostgresCluster.get();
    private TeamDatabase database;

    @BeforeEach
    void freshSchema() {
        database = cluster.freshSchema();
    }

    private Store open() {
        return open(database);
    }

    private static Store open(TeamDatabase database) {
        return open(database, Notes.JOURNALLED);
    }

    private static Store open(TeamDatabase database, StoreFile file) {
        return Store.connect(database, Optional.of(PostgresCluster.PASSWORD), file, Notes.CLOCK, List.of(Notes.WRITE));
    }

    @Test
    void givenTwoProgramsOnOneStore_eachHearsOfTheOthersWritesOnceAndInOrder() throws Exception {
        try (var one = open(); var two = open()) {
            var heardByOne = new LinkedBlockingQueue<Change>();
            var heardByTwo = new LinkedBlockingQueue<Change>();
            one.changes().listen(heardByOne::add);
            two.changes().listen(heardByTwo::add);
            var slowest = Duration.ZERO;
            for (int i = 1; i <= 20; i++) {
                Notes.write(i % 2 == 0 ? one : two, i, "text");
                var saved = Instant.now();
                for (var heard : List.of(heardByOne, heardByTwo))
                    assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo(new Change("note", "" + i, i));
                var waited = Duration.between(saved, Instant.now());
                if (waited.compareTo(slowest) > 0) slowest = waited;
            }
            assertThat(heardByOne).isEmpty();
            assertThat(heardByTwo).isEmpty();
            System.out.println("A save was heard of in the other program within " + slowest.toMillis() + " ms, the slowest of 20");
        }
    }

    @Test
    void givenConnectionsThatBreak_workGoesOnAndNoChangeIsMissed() throws Exception {
        try (var one = open(); var two = open()) {
            var heard = new LinkedBlockingQueue<Change>();
            one.changes().listen(heard::add);
            for (int i = 1; i <= 10; i++) {
                cluster.execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'pilothouse'");
                Notes.write(two, i, "text");
                assertThat(Notes.all(one)).hasSize(i);
            }
            for (int i = 1; i <= 10; i++) assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo(new Change("note", "" + i, i));
        }
    }

    @Test
    void givenAServerThatCrashes_whatWasAcknowledgedIsThereAndWorkGoesOnWithoutARestart() throws Exception {
        crash(1);
    }

    @Test
    @Tag("thorough")
    void givenAServerThatCrashesManyTimes_nothingIsLost() throws Exception {
        crash(Integer.getInteger("crashes", 20));
    }

    private void crash(int rounds) throws Exception {
        var kept = new ConcurrentSkipListSet<Integer>();
        var refused = new ConcurrentSkipListSet<Integer>();
        var ended = new AtomicBoolean();
        try (var store = open()) {
            var saving = CompletableFuture.runAsync(() -> {
                for (int i = 1; !ended.get(); i++) saveOne(store, i, kept, refused);
            });
            for (int round = 0; round < rounds; round++) {
                for (int enough = kept.size() + 20; kept.size() < enough && !saving.isDone(); ) Thread.onSpinWait();
                cluster.crash();
                cluster.start();
            }
            ended.set(true);
            saving.get(60, TimeUnit.SECONDS);
            var there = Notes.all(store).stream().map(Notes.Note::number).toList();
            assertThat(there).containsAll(kept).noneMatch(refused::contains);
            assertThat(new IntegrityCheck(store, List.of()).run()).isEmpty();
        }
        System.out.println(rounds + " crashes of the server: " + kept.size() + " writes acknowledged, 0 lost; " + refused.size()
                + " refused, 0 of them there");
    }

    private static void saveOne(Store store, int number, Set<Integer> kept, Set<Integer> refused) {
        try {
            Notes.write(store, number, "text " + number);
            kept.add(number);
        } catch (ProblemException e) {
            if (!e.problem().what().startsWith("It is not known")) refused.add(number);
        }
    }

    @Test
    void givenACommitWhoseAnswerIsLost_theServerIsAskedWhatBecameOfIt() throws Exception {
        try (var proxy = new CuttingProxy(cluster.port());
                var store = open(TeamDatabase.parse(database.toString().replace(":" + cluster.port() + "/", ":" + proxy.port() + "/")
                        + "&sslmode=disable"))) {
            Notes.write(store, 1, "before");
            proxy.arm(CuttingProxy.Cut.AFTER_COMMIT);
            Notes.write(store, 2, "kept, though the answer was lost");
            proxy.arm(CuttingProxy.Cut.BEFORE_COMMIT);
            assertThatThrownBy(() -> Notes.write(store, 3, "never arrived")).isInstanceOf(ProblemException.class)
                    .hasMessageContaining("cannot be reached");
            Notes.write(store, 4, "after");
            assertThat(Notes.all(store)).extracting(Notes.Note::number).containsExactly(1, 2, 4);
            assertThat(new IntegrityCheck(store, List.of()).run()).isEmpty();
        }
    }

    @Test
    void givenAServerThatUndoesATransactionForAnother_workIsDoneAgainAndForNoOtherReason() {
        try (var store = open()) {
            for (var state : List.of("40001", "40P01")) assertThat(triesUntilItWorks(store, state)).isEqualTo(2);
            for (var state : List.of("23505", "57014", "P0001"))
                assertThatThrownBy(() -> triesUntilItWorks(store, state)).isInstanceOf(ProblemException.class);
        }
    }

    private static int triesUntilItWorks(Store store, String state) {
        var tries = new AtomicInteger();
        return store.write(tx -> {
            if (tries.incrementAndGet() == 1) fail(tx, state);
            return tries.get();
        });
    }

    private static void fail(Transaction tx, String state) throws SQLException {
        try (var statement = tx.connection().createStatement()) {
            statement.execute("do $$ begin raise exception 'on purpose' using errcode = '" + state + "'; end $$");
        }
    }

    @Test
    void givenARoleThatTradesSafetyForSpeed_aStoreStillWaitsForTheDisk() {
        cluster.execute("alter role pilothouse set synchronous_commit = off");
        try (var store = open()) {
            for (int i = 0; i < 2; i++) assertThat(setting(store, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(store, "idle_in_transaction_session_timeout")).isEqualTo("1min");
        } finally {
            cluster.execute("alter role pilothouse reset synchronous_commit");
        }
    }

    private static String setting(Store store, String name) {
        return store.write(tx -> tx.one("select current_setting(?)", row -> row.getString(1), name).orElseThrow());
    }

    @Test
    void givenEightProgramsOnAnEmptySchema_oneMakesTheTablesAndAllWork() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var stores = new ArrayList<Store>();
            for (var store : threads.invokeAll(IntStream.range(0, 8).<Callable<Store>>mapToObj(_ -> this::open).toList())) stores.add(store.get());
            for (int i = 0; i < stores.size(); i++) Notes.write(stores.get(i), i, "by " + i);
            assertThat(Notes.all(stores.getFirst())).hasSize(8);
            assertThat(new IntegrityCheck(stores.getLast(), List.of()).run()).isEmpty();
            stores.forEach(Store::close);
        }
    }

    @Test
    void givenAStepThatFails_nothingOfItIsThereAndTheNextStartMakesIt() {
        var good = Notes.JOURNALLED.migrations().getFirst();
        var broken = new Migration("0002-more", "create table more (id int primary key);\ncreate table more (id int);");
        assertThatThrownBy(() -> open(database, with(good, broken))).isInstanceOf(ProblemException.class);
        open().close();
        open(database, with(good, new Migration("0002-more", "create table more (id int primary key);"))).close();
    }

    @Test
    void givenANewerProgramsStore_anOlderOneRefusesIt_alsoWhileItIsOpen() {
        var good = Notes.JOURNALLED.migrations().getFirst();
        try (var old = open()) {
            Notes.write(old, 1, "one");
            open(database, with(good, new Migration("0002-more", "create table more (id int primary key);"))).close();
            assertThatThrownBy(() -> Notes.write(old, 2, "two")).isInstanceOf(ProblemException.class).hasMessageContaining("newer");
            assertThat(Notes.all(old)).hasSize(1);
        }
        assertThatThrownBy(this::open).isInstanceOf(ProblemException.class).hasMessageContaining("0002-more");
        assertThatThrownBy(() -> open(database, with(new Migration("0001-notes", "other"), new Migration("0002-more", "create table more (id int primary key);"))))
                .isInstanceOf(ProblemException.class).hasMessageContaining("another form");
    }

    private static StoreFile with(Migration... steps) {
        return new StoreFile("notes", Optional.of("journal"), Duration.ZERO, List.of(steps));
    }

    @Test
    void givenDamage_itIsFoundAndNamed() {
        try (var store = open()) {
            for (int i = 1; i <= 5; i++) Notes.write(store, i, "text " + i);
            assertThat(damage(store, "update %s.note set text = 'forged' where number = 3")).anyMatch(it -> it.contains("note 3"));
            assertThat(damage(store, "delete from %s.note where number = 2")).anyMatch(it -> it.contains("missing") && it.contains("note 2"));
            assertThat(damage(store, "insert into %s.note values (9, 'nobody saved this')")).anyMatch(it -> it.contains("note 9"));
            assertThat(damage(store, "update %s.store_journal set record = set_byte(record, 60, 1) where sequence = 4"))
                    .anyMatch(it -> it.contains("record 4 is damaged"));
            assertThat(damage(store, "delete from %s.store_journal where sequence = 5")).anyMatch(it -> it.contains("note 5"));
        }
        try (var store = open()) {
            assertThat(store.problems()).extracting(problem -> problem.what()).anyMatch(it -> it.contains("record 4"));
        }
    }

    private List<String> damage(Store store, String sql) {
        cluster.execute(sql.formatted(database.options().get("currentSchema")));
        return new IntegrityCheck(store, List.of()).run().stream().map(problem -> problem.what() + " " + problem.where()).toList();
    }

    @Test
    void givenWhatTheServerRefuses_thereIsASentenceForIt() {
        var url = database.toString();
        assertThat(refusal(url.replace("/postgres?", "/nosuch?"))).contains("The server has no database nosuch");
        assertThat(refusal(url.replaceAll("currentSchema=\\w+", "currentSchema=nosuch"))).contains("no schema nosuch");
        assertThat(refusal(url.replaceAll(":\\d+/", ":1/"))).contains("cannot be reached", "The program goes on by itself");
        assertThat(refusal(url.replace("127.0.0.1", "no-such-host.invalid") + "&sslmode=prefer")).contains("cannot be reached");
        assertThatThrownBy(() -> Store.connect(database, Optional.of(new pilothouse.secrets.Secret(PostgresCluster.PASSWORD.ref(), "not the password")),
                Notes.JOURNALLED, Notes.CLOCK, List.of(Notes.WRITE))).isInstanceOf(ProblemException.class)
                .hasMessageContaining("does not accept the password of pilothouse").hasMessageNotContaining("not the password");
        assertThatThrownBy(() -> Store.connect(database, Optional.empty(), Notes.JOURNALLED, Notes.CLOCK, List.of(Notes.WRITE)))
                .isInstanceOf(ProblemException.class).hasMessageContaining("asks for a password");
        cluster.execute("create database latin encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0"
                + (cluster.version() >= 15 ? " locale_provider libc" : ""));
        assertThat(refusal(url.replace("/postgres?", "/latin?").replaceAll("currentSchema=\\w+&?", ""))).contains("LATIN1");
        cluster.execute("create role guest login password '" + PostgresCluster.PASSWORD.reveal() + "'");
        cluster.execute("grant usage on schema " + database.options().get("currentSchema") + " to guest");
        assertThat(refusal(url.replace("user=pilothouse", "user=guest"))).contains("guest may not do that");
        assertThatThrownBy(() -> new PostgresTables(database, List.of()).suitable(12, "UTF8", "public"))
                .isInstanceOf(ProblemException.class).hasMessageContaining("PostgreSQL 12; the oldest");
    }

    private static String refusal(String url) {
        try (var _ = open(TeamDatabase.parse(url))) {
            throw new AssertionError(url + " was opened");
        } catch (ProblemException e) {
            assertThat(e.problem().toString()).doesNotContain(PostgresCluster.PASSWORD.reveal());
            return e.problem().toString();
        }
    }

    @Test
    void givenAMemberWithoutTheRightToMakeTables_itWorksOnceTheyAreThere() {
        open().close();
        var schema = database.options().get("currentSchema");
        for (var sql : List.of("create role member login password '" + PostgresCluster.PASSWORD.reveal() + "'",
                "grant usage on schema " + schema + " to member",
                "grant select, insert, update on all tables in schema " + schema + " to member",
                "revoke update on " + schema + ".store_journal, " + schema + ".store_migration from member")) cluster.execute(sql);
        try (var store = open(TeamDatabase.parse(database.toString().replace("user=pilothouse", "user=member")))) {
            Notes.write(store, 1, "one");
            assertThat(Notes.all(store)).hasSize(1);
            assertThat(new IntegrityCheck(store, List.of()).run()).isEmpty();
        }
    }

    @Test
    void givenAServerSetToLoseData_itIsSaid() {
        cluster.set("full_page_writes", "off");
        try (var store = open()) {
            assertThat(store.problems()).singleElement().asString().contains("full_page_writes off");
        } finally {
            cluster.set("full_page_writes", "on");
        }
    }

    @Test
    @Tag("thorough")
    void givenAProgramThatHangsInAWrite_theOthersAreToldAfterHalfAMinute() throws Exception {
        try (var store = open(); var hanging = cluster.connect()) {
            hanging.setAutoCommit(false);
            hanging.setSchema(database.options().get("currentSchema"));
            try (var statement = hanging.createStatement()) {
                statement.execute("select pg_advisory_xact_lock(1347177292, hashtext(current_schema()))");
            }
            assertThatThrownBy(() -> Notes.write(store, 1, "one")).isInstanceOf(ProblemException.class)
                    .hasMessageContaining("has been writing for 30 s; nothing was saved");
            hanging.rollback();
            Notes.write(store, 1, "one");
        }
    }
}
