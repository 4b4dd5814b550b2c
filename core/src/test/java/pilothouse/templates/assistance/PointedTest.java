package pilothouse.templates.assistance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/// `‸` marks the place that is pointed at.
class PointedTest {
    @Test
    void givenAVariable_itsTagPointsAtItAndItsNameIsMarked() {
        assertThat(at("Hi {{na‸me}}!")).contains("variable name 5…9");
        assertThat(at("Hi ‸{{name}}!")).contains("variable name 5…9");
        assertThat(at("Hi {{name‸}}!")).contains("variable name 5…9");
        assertThat(at("Hi {{name}}‸!")).isEmpty();
        assertThat(at("Hi {{user.na‸me}}!")).contains("variable user 5…9"); // alone in its tag
        assertThat(at("{{#if us‸er.name}}x{{/if}}")).contains("variable user 6…10");
        assertThat(at("{{#if user.na‸me}}x{{/if}}")).isEmpty();
        assertThat(at("{{json [full na‸me]}}")).contains("variable full name 8…17");
        assertThat(at("{{#‸if user}}x{{/if}}")).isEmpty();
        assertThat(at("{{hist‸ory}}")).isEmpty();
        assertThat(at("{{!-- {{na‸me}} --}}")).isEmpty();
        assertThat(at("{{na‸me")).contains("variable name 2…6"); // not finished yet
    }

    @Test
    void givenAListsElement_itIsNoVariableOfThePromptButWhatIsOutsideIs() {
        assertThat(at("{{#each items}}{{na‸me}}{{/each}}")).isEmpty();
        assertThat(at("{{#each items}}{{../na‸me}}{{/each}}")).contains("variable name 20…24");
        assertThat(at("{{#each it‸ems}}{{/each}}")).contains("variable items 8…13");
        assertThat(at("{{#each items}}{{@ind‸ex}}{{/each}}")).isEmpty();
        assertThat(at("{{#each items}}{{@root.na‸me}}{{/each}}")).contains("variable name 23…27");
    }

    @Test
    void givenASnippet_itsNameIsPointedAtAndItsValuesAreVariables() {
        assertThat(at("{{> sig‸nature@production}}")).contains("snippet signature@production 4…24");
        assertThat(at("{{>‸ signature}}")).contains("snippet signature 4…13");
        assertThat(at("{{> \"sig‸nature\"}}")).contains("snippet signature 5…14");
        assertThat(at("{{> signature name=us‸er}}")).contains("variable user 19…23");
        assertThat(at("{{> signature na‸me=user}}")).isEmpty();
    }

    @Test
    void givenTheFrontMatter_theNamesOfTheVariablesArePointedAt() {
        var marked = CompletionTest.DOCUMENT.replace("    tick", "    ti‸ck");
        assertThat(at(marked).orElseThrow()).startsWith("variable ticket ");
        assertThat(at(CompletionTest.DOCUMENT.replace("tier: pro", "ti‸er: pro")).orElseThrow()).startsWith("variable tier ");
        assertThat(at(CompletionTest.DOCUMENT.replace("[ticket]", "[tick‸et]")).orElseThrow()).startsWith("variable ticket ");
        assertThat(at(CompletionTest.DOCUMENT.replace("model", "mo‸del"))).isEmpty();
    }

    private static Optional<String> at(String marked) {
        return Pointed.at(marked.replace("‸", ""), marked.indexOf('‸')).map(it -> switch (it) {
            case Pointed.OfVariable(var name, var place) -> "variable " + name + " " + place.start() + "…" + place.end();
            case Pointed.OfSnippet(var name, var place) -> "snippet " + name + " " + place.start() + "…" + place.end();
        });
    }
}
