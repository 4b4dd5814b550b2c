package pilothouse.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pilothouse.problems.ProblemException;

/// Seeded: templates cut, doubled and mixed at random. Each renders or names what is wrong.
class TemplateFuzzTest {
    private static final List<String> SEEDS = List.of(
            "---\nmodel: m\nconfig: {temperature: 0.5}\ninput:\n  schema:\n    a(array, d): string\n---\nHi {{name}}\n",
            "{{#each items as |x i|}}\n  {{x.title}} {{../name}} {{@../index}}{{else}}none{{/each}}",
            "{{role \"system\"}}a{{history}}{{role 'user'}}{{media url=name contentType=\"image/png\"}}{{section \"s\"}}",
            "{{#if a}}1{{else if b}}2{{else}}3{{/if}}{{~> snip x=1 ~}}{{{json this indent=2}}}",
            "{{!-- c --}}{{! d }}\\{{e}}{{&f}}{{[g h].[i]}}{{lookup items 0}}{{#with m}}{{.}}{{/with}}",
            "{{#ifEquals a 1}}x{{/ifEquals}}{{#unlessEquals @s.t null}}y{{/unlessEquals}}\r\n");
    private static final String ALPHABET = "{}#/^>!~@.[]()|=\"'\\ \r\n\t-:,&*%a1é😀\u0000\u2028\ufeff";
    private static final Map<String, Object> VALUES = Map.of("name", "Ada", "items", List.of(Map.of("title", "t"), 2), "m", Map.of("k", 1));

    @Test
    void givenMutatedTemplates_eachRendersOrSaysWhatIsWrong() {
        fuzz(31, 5_000);
    }

    @Test
    @Tag("thorough")
    void givenManyMutatedTemplates_eachRendersOrSaysWhatIsWrong() {
        fuzz(1031, 200_000);
    }

    @Test
    @Tag("fuzz")
    void givenMillionsOfMutatedTemplates_eachRendersOrSaysWhatIsWrong() {
        fuzz(System.nanoTime(), 5_000_000);
    }

    private static void fuzz(long seed, int passes) {
        var random = new SplittableRandom(seed);
        var snippets = Partials.of(Map.of("snip", "{{x}}{{#each items}}{{> snip}}{{/each}}\n"));
        int rendered = 0;
        long slowest = 0;
        for (int pass = 0; pass < passes; pass++) {
            var text = mutated(random);
            long start = System.nanoTime();
            try {
                PromptDocument.parse(text).render(VALUES, Map.of(), List.of(), snippets);
                rendered++;
            } catch (ProblemException e) {
                assertThat(e.problem().where()).as("seed %d, pass %d: %s", seed, pass, text).isNotEmpty();
            } catch (RuntimeException | StackOverflowError e) {
                fail("seed " + seed + ", pass " + pass + ": " + text, e);
            }
            slowest = Math.max(slowest, System.nanoTime() - start);
        }
        assertThat(rendered).isBetween(passes / 50, passes);
        assertThat(slowest).as("slowest pass, ns").isLessThan(5_000_000_000L);
    }

    @Test
    void givenLongHostileTexts_noneTakesLong() {
        for (var piece : List.of("{{", "{{#if a}}", "{{!--", "\\{{", "{{a}}\n", "{{{", "{{[", "{{\"", "{{else}}", "\n  {{! c }}", "{{> x}}", "a.b.", " ", "---\n", "#\n",
                "{{a b=c d=e as |x|", "{{" + "a.".repeat(1000), "\n", "[", "- "))
            for (var prefix : List.of("", "---\n", "---\na: ", "{{a ")) {
                var text = prefix + piece.repeat(200_000 / piece.length());
                long start = System.nanoTime();
                try {
                    PromptDocument.parse(text).render(VALUES, Map.of(), List.of(), Partials.NONE);
                } catch (ProblemException e) {
                    assertThat(e.problem().what()).isNotEmpty();
                }
                assertThat(System.nanoTime() - start).as("ns for %s repeated", piece).isLessThan(5_000_000_000L);
            }
    }

    private static String mutated(SplittableRandom random) {
        var text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
        for (int n = random.nextInt(6); n > 0 && !text.isEmpty(); n--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, text.substring(at, end).repeat(1 + random.nextInt(4)));
                case 2 -> text.insert(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                case 3 -> text.setCharAt(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                default -> {
                    var other = SEEDS.get(random.nextInt(SEEDS.size()));
                    var cuts = new int[] {random.nextInt(other.length()), random.nextInt(other.length())};
                    Arrays.sort(cuts);
                    text.insert(at, other, cuts[0], cuts[1]);
                }
            }
        }
        return text.toString();
    }
}
