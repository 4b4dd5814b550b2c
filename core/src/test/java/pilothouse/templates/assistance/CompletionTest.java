package pilothouse.templates.assistance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import pilothouse.runtime.Sampling;
import pilothouse.templates.PromptDocument;

/// `‸` marks the caret.
class CompletionTest {
    static final String DOCUMENT = """
            ---
            model: local/smollm2-135m
            config: { temperature: 0.2 }
            input:
              schema:
                tier(enum, the plan): [free, pro]
                ticket: string, what they wrote
                customer:
                  name: string
                  age?: integer
                orders(array):
                  number: string
                  total: number
              default:
                tier: pro
            pilothouse.untrusted: [ticket]
            ---
            {{role "system"}}
            You help {{customer.name}}.
            {{role "user"}}
            {{ticket}}
            """;
    private static final String MATTER = DOCUMENT.substring(0, DOCUMENT.indexOf("{{"));
    private static final Surroundings AROUND = new Surroundings(List.of("signature", "support/policy"), List.of("local/smollm2-135m", "local/qwen:8b", "openai/gpt-5"),
            Optional.of(PromptDocument.parse(DOCUMENT)));

    @Test
    void givenTwoBraces_theVariablesComeFirstAndCloseTheTag() {
        assertThat(names("Hello {{‸")).startsWith("tier", "ticket", "customer", "orders", "role \"system\"").contains("#if", "#each", "> signature", "json").doesNotContain("else");
        assertThat(chosen("Hello {{‸", "tier")).isEqualTo("Hello {{tier}}‸");
        assertThat(chosen("Hello {{ti‸ there", "tier")).isEqualTo("Hello {{tier}}‸ there");
        assertThat(chosen("Hello {{ti‸}} there", "tier")).isEqualTo("Hello {{tier‸}} there");
        assertThat(chosen("Hello {{t‸rash}} there", "ticket")).isEqualTo("Hello {{ticket‸}} there");
        assertThat(chosen("Hello {{{ti‸", "tier")).isEqualTo("Hello {{{tier}}}‸");
        assertThat(names("Hello {{{‸")).containsExactly("tier", "ticket", "customer", "orders");
        assertThat(chosen("Hello {{~ti‸~}}", "tier")).isEqualTo("Hello {{~tier‸~}}");
    }

    @Test
    void givenABeginning_whatBeginsSoComesBeforeWhatHoldsIt() {
        assertThat(names("{{xyz‸")).isEmpty();
        assertThat(names("{{t‸").subList(0, 2)).containsExactly("tier", "ticket");
        assertThat(names("{{IC‸")).containsExactly("ticket", "> support/policy");
        assertThat(names("{{ro‸")).containsExactly("role \"system\"", "role \"user\"", "role \"model\"");
    }

    @Test
    void givenABlock_itIsClosedAtOnceAndTheCaretStaysInIt() {
        assertThat(chosen("{{#i‸", "if")).isEqualTo("{{#if ‸}}{{/if}}");
        assertThat(chosen("{{‸", "#each")).isEqualTo("{{#each ‸}}{{/each}}");
        assertThat(chosen("{{#i‸}}", "if")).isEqualTo("{{#if ‸}}");
        assertThat(chosen("{{#if ti‸", "tier")).isEqualTo("{{#if tier‸");
        assertThat(names("{{#if tier}}yes{{/‸")).containsExactly("if");
        assertThat(names("{{#if tier}}yes{{‸")).contains("else", "/if");
        assertThat(chosen("{{#if tier}}yes{{el‸", "else")).isEqualTo("{{#if tier}}yes{{else}}‸");
        assertThat(names("{{#each orders}}{{#if number}}{{/‸")).containsExactly("if");
    }

    @Test
    void givenAList_itsElementsPartsAreProposedAndWhatIsOutsideByItsWay() {
        assertThat(names("{{#each orders}}{{‸")).startsWith("number", "total", "this", "@index", "@first", "@last", "@key", "../tier");
        assertThat(names("{{#each orders as |order|}}{{order.‸")).containsExactly("number", "total");
        assertThat(names("{{#each orders}}{{../customer.‸")).containsExactly("name", "age");
        assertThat(names("{{#each orders}}{{this.‸")).containsExactly("number", "total");
        assertThat(names("{{#each orders}}{{#with ../customer}}{{na‸")).contains("name").doesNotContain("number");
        assertThat(names("{{#each orders}}{{/each}}{{n‸")).doesNotContain("number");
        assertThat(chosen("{{customer.‸", "age")).isEqualTo("{{customer.age}}‸");
        assertThat(chosen("{{customer.a‸me}}", "age")).isEqualTo("{{customer.age‸}}");
    }

    @Test
    void givenAHelper_itsArgumentIsProposed() {
        assertThat(names("{{role ‸")).containsExactly("\"system\"", "\"user\"", "\"model\"");
        assertThat(chosen("{{role \"us‸\"}}", "user")).isEqualTo("{{role \"user‸\"}}");
        assertThat(chosen("{{role \"us‸", "user")).isEqualTo("{{role \"user‸");
        assertThat(names("{{json ‸}}")).containsExactly("tier", "ticket", "customer", "orders");
        assertThat(chosen("{{js‸", "json")).isEqualTo("{{json ‸}}");
        assertThat(chosen("{{hi‸", "history")).isEqualTo("{{history}}‸");
        assertThat(chosen("{{sec‸", "section")).isEqualTo("{{section \"‸\"}}");
        assertThat(names("{{media ‸")).containsExactly("url=", "contentType=");
    }

    @Test
    void givenASnippet_itsNameIsProposedAndItsOwnWordReplaced() {
        assertThat(names("{{> ‸")).containsExactly("signature", "support/policy");
        assertThat(chosen("{{>sup‸", "support/policy")).isEqualTo("{{>support/policy}}‸");
        assertThat(chosen("{{> sup‸port/x}}", "support/policy")).isEqualTo("{{> support/policy‸}}");
    }

    @Test
    void givenTextBetweenTags_wholeTagsAreProposed() {
        assertThat(chosen("Hello ‸ there", "{{tier}}")).isEqualTo("Hello {{tier}}‸ there");
        assertThat(chosen("Hello ‸ there", "{{#if}}")).isEqualTo("Hello {{#if ‸}}{{/if}} there");
        assertThat(names("{{!-- {{‸ --}}")).isEmpty();
        assertThat(chosen("say \\{{ ‸", "{{tier}}")).isEqualTo("say \\{{ {{tier}}‸"); // braces that are meant as text
    }

    @Test
    void givenOtherTags_whatTheyReadIsKnownWithoutASchema() {
        assertThat(at("{{#each things}}{{inner}} {{../outer}}{{/each}} {{json [full name]}} {{lookup map key}} {{‸", Surroundings.NONE).proposals().stream()
                .filter(it -> it.kind() == Proposal.Kind.VARIABLE).map(Proposal::name)).containsExactly("things", "outer", "[full name]", "map", "key");
    }

    @Test
    void givenTheFrontMatter_theKeysThatItLacksAreProposed() {
        assertThat(names("---\n‸\n---\n", Surroundings.NONE)).startsWith("model", "config", "input", "output");
        assertThat(inDocument("output‸\npilothouse.untrusted", "pilothouse.untrusted")).contains("output").doesNotContain("model", "config");
        assertThat(inDocument("{ temperature: 0.2, ‸ }", "{ temperature: 0.2 }")).contains("topP", "maxOutputTokens").doesNotContain("temperature");
        assertThat(chosen("---\nconfig: { te‸ }\n---\n", Surroundings.NONE, "temperature")).isEqualTo("---\nconfig: { temperature: ‸ }\n---\n");
        assertThat(chosen("---\nconfig:\n  te‸\n---\n", Surroundings.NONE, "temperature")).isEqualTo("---\nconfig:\n  temperature: ‸\n---\n");
        assertThat(chosen("---\ninp‸\n---\n", Surroundings.NONE, "input")).isEqualTo("---\ninput:\n  ‸\n---\n");
        assertThat(chosen("---\ninput:\n  sc‸\n---\n", Surroundings.NONE, "schema")).isEqualTo("---\ninput:\n  schema:\n    ‸\n---\n");
        assertThat(chosen("---\nme‸mp: 1\n---\n", Surroundings.NONE, "metadata")).isEqualTo("---\nmetadata‸: 1\n---\n");
        assertThat(names("---\ninput:\n  schema:\n    a: string\n    ‸\n---\n{{a}} {{b.c}} {{#if d}}{{/if}}", Surroundings.NONE)).containsExactly("b", "d");
        assertThat(inDocument("tier: pro\n    ‸", "tier: pro")).containsExactly("ticket", "customer", "orders");
        assertThat(names("---\n# model: ‸\n---\n", Surroundings.NONE)).isEmpty();
    }

    @Test
    void givenAValue_whatItCanBeIsProposed() {
        assertThat(names("---\nmodel: ‸\n---\n")).containsExactly("local/smollm2-135m", "local/qwen:8b", "openai/gpt-5");
        assertThat(chosen("---\nmodel: local/sm‸ollm\n---\n", "local/smollm2-135m")).isEqualTo("---\nmodel: local/smollm2-135m‸\n---\n");
        assertThat(chosen("---\nmodel: local/qwen:‸\n---\n", "local/qwen:8b")).isEqualTo("---\nmodel: local/qwen:8b‸\n---\n");
        assertThat(names("---\noutput: { format: ‸ }\n---\n")).containsExactly("json", "text");
        assertThat(names("---\ninput:\n  schema:\n    a: ‸\n---\n")).containsExactly("string", "number", "integer", "boolean", "any");
        assertThat(inDocument("untrusted: [ticket, cu‸]", "untrusted: [ticket]")).containsExactly("customer");
        assertThat(names("---\npilothouse.untrusted:\n  - ti‸\n---\n{{tier}}{{ticket}}")).containsExactly("tier", "ticket");
    }

    @Test
    void givenTheParametersThatAreProposed_aRunReadsEachOfThem() {
        assertThat(MatterProposals.parameters()).allSatisfy(name -> assertThat(name.equals("stopSequences")
                ? Sampling.of(java.util.Map.of(name, "x")) : Sampling.of(java.util.Map.of(name, 1))).isNotEqualTo(Sampling.DEFAULTS));
    }

    @Test
    void givenAnyTextAndAnyPlace_itNeverThrowsAndReplacesWhatHoldsTheCaret() {
        for (int seed = 0; seed < 300; seed++) {
            var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            var text = broken(random);
            int offset = random.nextInt(text.length() + 1);
            var found = Completion.at(text, offset, AROUND);
            assertThat(found.replaced().start()).as("seed %d", seed).isBetween(0, offset);
            assertThat(found.replaced().end()).as("seed %d", seed).isBetween(offset, text.length());
            for (var proposal : found.proposals()) assertThat(found.apply(text, proposal)).contains(proposal.insertion());
            Pointed.at(text, offset).ifPresent(it -> assertThat(it.place().end()).isLessThanOrEqualTo(text.length()));
        }
    }

    /// The document with pieces taken out and put in.
    static String broken(RandomGenerator random) {
        var text = new StringBuilder(DOCUMENT);
        var pieces = List.of("{{", "}}", "{", "[", "\"", "'", "---\n", "\n", ": ", "#", "../", "|", "{{#each orders as |o|}}", "{{{", "\\", "~", ">", "@", "👩🏽", "- ");
        for (int i = 0; i < 12; i++) {
            int at = random.nextInt(text.length());
            if (random.nextBoolean()) text.delete(at, Math.min(text.length(), at + random.nextInt(20)));
            else text.insert(at, pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }

    private static List<String> inDocument(String with, String instead) {
        return names(DOCUMENT.replace(instead, with));
    }

    private static List<String> names(String marked) {
        return names(whole(marked), AROUND);
    }

    /// A body below the front matter of the document.
    private static String whole(String marked) {
        return marked.startsWith("---") ? marked : MATTER + marked;
    }

    private static List<String> names(String marked, Surroundings around) {
        return at(marked, around).proposals().stream().map(Proposal::name).toList();
    }

    private static Completion at(String marked, Surroundings around) {
        return Completion.at(marked.replace("‸", ""), marked.indexOf('‸'), around);
    }

    private static String chosen(String marked, String name) {
        var text = chosen(whole(marked), AROUND, name);
        return marked.startsWith("---") ? text : text.substring(MATTER.length());
    }

    private static String chosen(String marked, Surroundings around, String name) {
        var found = at(marked, around);
        var proposal = found.proposals().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow(() -> new AssertionError(name + " in " + found.proposals()));
        var text = found.apply(marked.replace("‸", ""), proposal);
        return new StringBuilder(text).insert(found.replaced().start() + proposal.caret(), '‸').toString();
    }
}
