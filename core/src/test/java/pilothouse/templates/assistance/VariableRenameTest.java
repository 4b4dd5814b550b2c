package pilothouse.templates.assistance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pilothouse.templates.Partials;
import pilothouse.templates.PromptDocument;

class VariableRenameTest {
    private static final String MANY = """
            ---
            # user stays in a comment
            input:
              schema:
                user?(object, who user is):
                  name: string
                items(array): string
              default: { "user": { name: user } }
            pilothouse.untrusted:
              - user
            ---
            {{role "user"}}
            user: {{user.name}} {{{ user.name }}} {{~user~}}
            {{#each items}}{{user}} {{../user.name}} {{@root.user}}{{/each}}
            {{#with user}}{{name}} {{user}}{{/with}}
            {{json user}}{{> sign user name="user" user=user}}
            {{!-- {{user}} --}}
            """;

    @Test
    void givenAVariableUsedEverywhere_itsNameChangesThereAndNowhereElse() {
        var renamed = rename(MANY, "user", "guest");
        assertThat(renamed).isEqualTo("""
                ---
                # user stays in a comment
                input:
                  schema:
                    guest?(object, who user is):
                      name: string
                    items(array): string
                  default: { "guest": { name: user } }
                pilothouse.untrusted:
                  - guest
                ---
                {{role "user"}}
                user: {{guest.name}} {{{ guest.name }}} {{~guest~}}
                {{#each items}}{{user}} {{../guest.name}} {{@root.guest}}{{/each}}
                {{#with guest}}{{name}} {{user}}{{/with}}
                {{json guest}}{{> sign guest name="user" user=guest}}
                {{!-- {{user}} --}}
                """);
        assertThat(rename(renamed, "guest", "user")).isEqualTo(MANY);
    }

    @Test
    void givenAJsonSchema_whatItRequiresIsRenamedToo() {
        var text = "---\ninput:\n  schema:\n    type: object\n    properties: { a: { type: string }, b: { type: string } }\n    required: [a, 'b']\n---\n{{a}}{{b}}";
        assertThat(rename(text, "b", "c")).isEqualTo(text.replace(" b:", " c:").replace("'b'", "'c'").replace("{{b}}", "{{c}}"));
    }

    @Test
    void givenARenamedText_itSaysTheSameWithTheRenamedValue() {
        var text = "---\ninput: { schema: { a: string, b?: string } }\n---\n{{a}} {{#if b}}{{b}}{{else}}no {{a}}{{/if}} {{[a]}}";
        var renamed = rename(text, "a", "größe");
        assertThat(text(renamed, Map.of("größe", "1", "b", "2"))).isEqualTo(text(text, Map.of("a", "1", "b", "2")));
        assertThat(renamed).contains("{{[größe]}}");
    }

    @Test
    void givenNoOrATakenName_itSaysWhy() {
        assertThatThrownBy(() -> rename(MANY, "user", "items")).hasMessageContaining("\"items\" already");
        assertThatThrownBy(() -> rename(MANY, "user", "each")).hasMessageContaining("no name");
        assertThatThrownBy(() -> rename(MANY, "user", "a b")).hasMessageContaining("no name");
        assertThatThrownBy(() -> rename(MANY, "user", " ")).hasMessageContaining("empty");
        assertThatThrownBy(() -> rename(MANY, "nobody", "x")).hasMessageContaining("no variable \"nobody\"");
        assertThatThrownBy(() -> rename("{{#if a}}", "a", "b")).hasMessageContaining("never closed");
        assertThat(rename(MANY, "user", "user")).isEqualTo(MANY);
    }

    private static String rename(String text, String from, String to) {
        return VariableRename.of(text, from, to).apply(text);
    }

    private static String text(String document, Map<String, Object> values) {
        return PromptDocument.parse(document).render(values, Map.of(), List.of(), Partials.NONE).messages().getFirst().text();
    }
}
