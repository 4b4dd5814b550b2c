package pilothouse.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import pilothouse.messages.Message;

/// Payloads with which templates of many languages have been made to run code: `injections.txt`, one a line.
class InjectionTest {
    private static List<String> payloads;

    @BeforeAll
    static void read() throws IOException {
        try (var in = InjectionTest.class.getResourceAsStream("injections.txt")) {
            payloads = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("# ")).toList();
        }
    }

    @Test
    void givenThemAsTemplates_nothingIsEvaluated() {
        assertThat(payloads).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(300);
        int refused = 0;
        for (var payload : payloads) {
            try {
                var said = text(Template.parse(payload).render(Map.of(), Map.of(), List.of(), Partials.NONE).messages())
                        .replace("[object Object]", ""); // how a map, here the empty one of all values, reads as text
                assertThat(isLeftOver(said, payload)).as("%s became %s", payload, said).isTrue();
            } catch (TemplateProblem e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(100, payloads.size() - 100); // both ways are met
    }

    @Test
    void givenThemAsTemplates_noObjectIsAskedAnything() {
        var touched = new ArrayList<String>();
        var values = new HashMap<String, Object>();
        for (var name : List.of("self", "this", "request", "config", "class", "app", "user", "x", "items", "name", "constructor", "__proto__",
                "toString", "length", "variable", "session", "beans", "context", "object", "string"))
            values.put(name, new Witness(name, touched));
        values.put("items", List.of(new Witness("element", touched)));
        values.put("item", Map.of("inner", new Witness("member", touched)));
        for (var payload : payloads) {
            try {
                Template.parse(payload).render(values, values, List.of(), Partials.NONE);
            } catch (TemplateProblem _) {
                continue; // refused: nothing was asked either
            } finally {
                assertThat(touched).as(payload).isEmpty();
            }
        }
    }

    @Test
    void givenThemAsValues_theyStandInTheMessageAsTheyAre() {
        for (var payload : payloads) {
            var values = Map.<String, Object>of("x", payload, "list", List.of(payload), "map", Map.of(payload, payload));
            assertThat(said("{{x}}", values)).isEqualTo(payload);
            assertThat(said("{{{x}}}", values)).isEqualTo(payload);
            assertThat(said("{{#each list}}{{this}}{{/each}}", values)).isEqualTo(payload);
            assertThat(said("{{#each map}}{{@key}}{{/each}}", values)).isEqualTo(payload);
            assertThat(said("{{> shown x}}", values)).isEqualTo(payload);
        }
    }

    private static String said(String template, Map<String, Object> values) {
        var messages = Template.parse(template).render(values, Map.of(), List.of(), Partials.of(Map.of("shown", "{{this}}"))).messages();
        assertThat(messages).hasSize(1);
        return text(messages);
    }

    private static String text(List<Message> messages) {
        return String.join("", messages.stream().map(Message::text).toList());
    }

    /// Whether `said` is the payload with parts left out, and so holds nothing that was worked out.
    private static boolean isLeftOver(String said, String payload) {
        int at = 0;
        for (int i = 0; i < payload.length() && at < said.length(); i++) if (payload.charAt(i) == said.charAt(at)) at++;
        return at == said.length();
    }

    /// Notes whoever asks it anything.
    private record Witness(String name, List<String> touched) {
        @Override
        public String toString() {
            touched.add(name + ".toString");
            return "49";
        }

        @Override
        public int hashCode() {
            touched.add(name + ".hashCode");
            return 49;
        }

        @Override
        public boolean equals(Object other) {
            touched.add(name + ".equals");
            return false;
        }
    }
}
