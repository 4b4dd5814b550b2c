package pilothouse.tokens.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.problems.ProblemException;
import pilothouse.tokens.Price;
import pilothouse.tokens.TokenCount;

class PriceBookTest {
    private static final LocalDate SPRING = LocalDate.of(2026, 3, 1);
    private static final LocalDate AUTUMN = LocalDate.of(2026, 9, 1);

    @TempDir
    Path folder;

    private static Price price(String prompt, String answer) {
        return new Price("USD", new BigDecimal(prompt), new BigDecimal(answer));
    }

    private static PriceEntry entry(String target, LocalDate from, String prompt) {
        return new PriceEntry(target, from, price(prompt, "10"), "set by hand");
    }

    private static String sample() throws IOException {
        try (var in = PriceBookTest.class.getResourceAsStream("sample_prices.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void givenPricesOfSeveralDays_theDayDecides() {
        var book = new PriceBook(List.of(entry("openai/large", AUTUMN, "2"), entry("openai/large", SPRING, "3"), entry("gpu/*", SPRING, "1")));
        assertThat(book.find("openai", "large", SPRING.minusDays(1))).isEmpty();
        assertThat(book.find("openai", "large", SPRING)).contains(price("3", "10"));
        assertThat(book.find("openai", "large", AUTUMN.minusDays(1))).contains(price("3", "10"));
        assertThat(book.find("openai", "large", AUTUMN)).contains(price("2", "10"));
        assertThat(book.find("gpu", "any/model", AUTUMN)).contains(price("1", "10"));
        assertThat(book.find("local", "large", AUTUMN)).isEmpty(); // a model of the same name on another server costs nothing known
        assertThatThrownBy(() -> entry("large", SPRING, "1")).isInstanceOf(ProblemException.class);
    }

    @Test
    void givenUsage_theSumIsExact() {
        var price = new Price("USD", new BigDecimal("2.50"), new BigDecimal("1.25"), new BigDecimal("10"), new BigDecimal("0.0006"));
        assertThat(price.of(1000, 400, 200, Duration.ofMillis(1500))).isEqualByComparingTo("0.0049"); // .0015 + .0005 + .002 + .0009
        assertThat(price.of(10, 50, 0, Duration.ZERO)).isEqualByComparingTo("0.0000125"); // no more cached than there are
        assertThat(price.atMost(TokenCount.exact(400), 100, 1000)).isEqualByComparingTo("2.00");
        assertThat(price.shown(new BigDecimal("1250"))).isEqualTo("1,250.00 USD");
        assertThatThrownBy(() -> price("-1", "0")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givenLiteLlmsList_whatAnswersInTextIsTaken() throws IOException {
        var read = LiteLlmPrices.read(sample(), SPRING);
        var book = new PriceBook(read.entries());
        assertThat(book.entries()).extracting(PriceEntry::target).containsExactly("gifts/free-1", "openai/large-1", "openai/small-1", "rented/by-the-second", "resold/maker/large-2");
        assertThat(read.skipped()).isEqualTo(5);
        var large = book.find("openai", "large-1", SPRING).orElseThrow();
        assertThat(large.promptPerMillion()).isEqualByComparingTo("2.5");
        assertThat(large.cachedPerMillion()).isEqualByComparingTo("1.25");
        assertThat(large.answerPerMillion()).isEqualByComparingTo("10");
        var small = book.find("openai", "small-1", SPRING).orElseThrow();
        assertThat(small.promptPerMillion()).isEqualByComparingTo("0.15");
        assertThat(small.cachedPerMillion()).isEqualByComparingTo("0.15"); // no price of its own
        assertThat(book.find("rented", "by-the-second", SPRING).orElseThrow().of(100, 0, 100, Duration.ofSeconds(10))).isEqualByComparingTo("0.0042");
        for (var strange : List.of("", "[]", "{}", "{\"a\":1}", "{\"a\":{\"litellm_provider\":\"x\"}}", "{broken", "{\"a\":{\"litellm_provider\":\"x\",\"input_cost_per_token\":\"1e999999999999\"}}",
                "{\"a\":{\"litellm_provider\":\"x\",\"input_cost_per_token\":1e99999999}}"))
            assertThatThrownBy(() -> LiteLlmPrices.read(strange, SPRING)).as(strange).isInstanceOf(ProblemException.class);
    }

    @Test
    void givenAListReadAgain_onlyWhatChangedIsNew() throws IOException {
        var file = new PriceFile(folder.resolve("prices.json"));
        var first = file.add(LiteLlmPrices.read(sample(), SPRING).entries());
        assertThat(List.of(first.added(), first.changed(), first.same())).containsExactly(5, 0, 0);
        var dearer = sample().replace("2.5e-06", "2.75e-06");
        var second = file.add(LiteLlmPrices.read(dearer, AUTUMN).entries());
        assertThat(List.of(second.added(), second.changed(), second.same())).containsExactly(0, 1, 4);

        var again = new PriceFile(folder.resolve("prices.json")).book();
        assertThat(again.entries()).hasSize(6).isEqualTo(file.book().entries());
        assertThat(again.find("openai", "large-1", SPRING).orElseThrow().promptPerMillion()).isEqualByComparingTo("2.5");
        assertThat(again.find("openai", "large-1", AUTUMN).orElseThrow().promptPerMillion()).isEqualByComparingTo("2.75");
    }

    @Test
    void givenABookWrittenByHand_whatIsLeftOutHasItsMeaning() throws IOException {
        var path = folder.resolve("prices.json");
        var file = new PriceFile(path);
        assertThat(file.book().entries()).isEmpty();
        Files.writeString(path, "{\"prices\":[{\"target\":\"gpu/*\",\"perSecond\":0.0006},{\"target\":\"x/y\",\"promptPerMillion\":2,\"currency\":\"EUR\",\"from\":\"2026-03-01\"}]}");
        assertThat(file.book().find("gpu", "m", LocalDate.of(1999, 1, 1))).map(Price::perSecond).contains(new BigDecimal("0.0006"));
        assertThat(file.book().find("x", "y", SPRING)).isEqualTo(Optional.of(new Price("EUR", new BigDecimal("2"), BigDecimal.ZERO)));
        for (var broken : List.of("{", "[]", "{}", "null", "{\"prices\":[{}]}", "{\"prices\":[{\"target\":\"x/y\",\"promptPerMillion\":-1}]}", "{\"prices\":[null]}", "{\"prices\":[{\"target\":\"x/y\",\"promptPerMillion\":1e99999999}]}",
                "{\"prices\":[{\"target\":\"nothing\"}]}")) {
            Files.writeString(path, broken + " ".repeat(20)); // another length, so that it is another file at any clock
            assertThatThrownBy(file::book).as(broken).isInstanceOf(ProblemException.class);
            Files.delete(path);
        }
    }
}
