package pilothouse.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;

class UntrustedTest {
    private static final String MARK = "INTRUDER";
    private static final String MATTER = "---\npilothouse.untrusted: [doc, \"@mail\"]\n---\n";
    private static final Map<String, Object> VALUES = values();
    private static final Partials SNIPPETS = Partials.of(Map.of("show", "{{this}} {{name}} {{x}}", "all", "{{json this}}",
            "walk", "{{#each .}}{{@key}}{{this}}{{/each}}", "system", "{{role \"system\"}}{{x}}{{name}}"));

    private static Map<String, Object> values() {
        var values = new LinkedHashMap<String, Object>();
        values.put("name", "Ada");
        values.put("items", List.of("one", "two"));
        values.put("doc", Map.of("text", MARK, "list", List.of(MARK, Map.of("deep", MARK)), MARK, "a key of theirs"));
        return values;
    }

    private static List<Message> render(String body) {
        return PromptDocument.parse(MATTER + body).render(VALUES, Map.of("mail", MARK, "state", "fine"), List.of(), SNIPPETS).messages();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{doc.text}}", "{{{doc.text}}}", "{{json doc}}", "{{json @root}}", "{{json this}}", "{{lookup doc \"text\"}}",
        "{{#each doc.list}}{{this}}{{/each}}", "{{#each doc}}{{@key}}{{/each}}", "{{#with doc}}{{text}}{{/with}}", "{{#with doc as |d|}}{{d.text}}{{/with}}",
        "{{#each doc.list as |one|}}{{one}}{{/each}}", "{{> show doc}}", "{{> show x=doc.text}}", "{{> all}}", "{{> walk doc.list}}",
        "{{#each items}}{{../doc.text}}{{/each}}", "{{@root.doc.text}}", "{{@mail}}", "{{media url=doc.text}}", "{{doc.text.length}}",
        "{{role \"system\" note=doc.text}}x", "{{#if doc}}{{doc.list.[0]}}{{/if}}", "{{#each this}}{{this}}{{/each}}"})
    void givenAnUntrustedValueInASystemMessage_itIsRefusedWithItsPlace(String use) {
        assertThatThrownBy(() -> render("{{role \"system\"}}Be kind. " + use)).isInstanceOf(TemplateProblem.class)
                .hasMessageContaining("untrusted").hasMessageContaining("line ");
        assertThat(render("{{role \"user\"}}" + use.replace("role \"system\"", "role \"user\"")).getFirst().role()).isEqualTo(MessageRole.USER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{role doc.text}}", "{{section doc.text}}"})
    void givenAnUntrustedName_itIsRefusedEverywhere(String use) {
        assertThatThrownBy(() -> render(use)).isInstanceOf(TemplateProblem.class).hasMessageContaining("untrusted");
    }

    @Test
    void givenAConditionOnIt_theSystemMessageMayDependOnIt() {
        assertThat(render("{{role \"system\"}}{{#if doc}}There is a document.{{/if}}{{#ifEquals doc.text \"x\"}}no{{else}} {{name}}{{/ifEquals}}").getFirst().text())
                .isEqualTo("There is a document. Ada");
    }

    @Test
    void givenAWholeConversation_onlyTheOtherRolesHoldIt() {
        var messages = render("{{role \"system\"}}Sum up for {{name}}.{{role \"user\"}}{{doc.text}}{{role \"model\"}}So: {{@mail}}");
        assertThat(messages).extracting(Message::text).containsExactly("Sum up for Ada.", MARK, "So: " + MARK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[a.b]", "[1]", "{a: 1}", "[[a]]", "[\"\"]"})
    void givenNoListOfNames_itIsRefused(String written) {
        assertThatThrownBy(() -> PromptDocument.parse("---\npilothouse.untrusted: " + written + "\n---\nx"))
                .isInstanceOf(TemplateProblem.class).hasMessageContaining("pilothouse.untrusted");
    }

    @Test
    void givenTenThousandGeneratedTemplates_noneBringsItIntoASystemMessage() {
        int refused = 0;
        int placed = 0;
        for (long seed = 0; seed < 10_000; seed++) {
            var body = template(new SplittableRandom(seed), 0);
            try {
                for (var message : render(body)) {
                    var said = message.parts().toString() + message.metadata();
                    if (message.role() == MessageRole.SYSTEM) assertThat(said).as("seed %d: %s", seed, body).doesNotContain(MARK);
                    else if (said.contains(MARK)) placed++;
                }
            } catch (TemplateProblem e) {
                if (e.getMessage().contains("untrusted")) refused++; // else a url is empty: nothing was placed at all
            }
        }
        assertThat(refused).isGreaterThan(1000); // the generator does try
        assertThat(placed).isGreaterThan(1000);
    }

    private static final List<String> PIECES = List.of("text ", "{{name}}", "{{doc.text}}", "{{json @root}}", "{{json doc indent=2}}", "{{> show doc}}",
            "{{> all}}", "{{> system x=doc.text}}", "{{> walk this}}", "{{@mail}}", "{{@state}}", "{{this}}", "{{json this}}", "{{@key}}", "{{lookup ../doc \"text\"}}",
            "{{lookup doc name}}", "{{media url=doc.text}}", "{{media url=name contentType=doc.text}}", "{{role \"system\"}}", "{{role \"system\"}}", "{{role \"user\"}}",
            "{{role \"system\" a=doc.text}}", "{{history}}", "{{section \"s\"}}", "{{d}}", "{{d.text}}", "{{one}}", "{{../doc.list.[1].deep}}", "{{@root.doc.text}}\n", " \n");

    private static final List<String> BLOCKS = List.of("each doc", "each doc.list", "each items", "each this", "with doc", "with doc as |d|", "with @root",
            "each doc.list as |one|", "if doc", "unless doc", "ifEquals doc.text name", "unlessEquals doc.text name", "each doc as |one d|", "with doc.list.[1]");

    private static String template(SplittableRandom random, int depth) {
        var text = new StringBuilder();
        var parts = new ArrayList<String>();
        for (int i = random.nextInt(4) + (depth == 0 ? 2 : 0); i >= 0; i--) {
            if (depth < 4 && random.nextInt(4) == 0) {
                var block = BLOCKS.get(random.nextInt(BLOCKS.size()));
                parts.add("{{#" + block + "}}" + template(random, depth + 1) + (random.nextBoolean() ? "{{else}}" + template(random, depth + 1) : "")
                        + "{{/" + block.substring(0, block.indexOf(' ')) + "}}");
            } else parts.add(PIECES.get(random.nextInt(PIECES.size())));
        }
        parts.forEach(text::append);
        return text.toString();
    }
}
