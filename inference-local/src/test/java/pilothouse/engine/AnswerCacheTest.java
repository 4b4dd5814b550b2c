package pilothouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AnswerCacheTest {
    private static final String PLAIN = "/v1/completions";
    private static final String HITS = "pilothouse:answer_cache_hits_total";
    private static final String ASKED = "'temperature':0,'cache_answer':true";

    @Test
    void givenAnEqualGreedyRequest_itsAnswerIsNotComputedAgain() throws Exception {
        try (var engine = new TestEngine("abc".repeat(10), () -> {})) {
            var first = ask(engine, ASKED + ",'logprobs':1");
            int steps = engine.model.steps.size();
            var second = ask(engine, ASKED + ",'logprobs':1,'seed':7");
            assertThat(second.at("/choices")).isEqualTo(first.at("/choices"));
            assertThat(second.at("/usage/completion_tokens").asInt()).isEqualTo(9);
            assertThat(second.at("/usage/prompt_tokens_details/cached_tokens").asInt()).isEqualTo(2);
            var streamed = TestEngine.events(engine.post(PLAIN, request(ASKED + ",'logprobs':1,'stream':true")).body());
            var text = new StringBuilder();
            streamed.forEach(event -> text.append(event.at("/choices/0/text").asString("")));
            assertThat(text.toString()).isEqualTo(first.at("/choices/0/text").asString());
            assertThat(engine.model.steps).hasSize(steps);
            assertThat(engine.metric(HITS)).isEqualTo(2);
            assertThat(engine.metric("pilothouse:answer_cache_queries_total")).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'temperature':0", "'temperature':1,'seed':1,'cache_answer':true", ASKED + ",'max_tokens':8", ASKED + ",'stop':['x']",
            ASKED + ",'repetition_penalty':1.1", ASKED + ",'logprobs':2", ASKED + ",'ignore_eos':true", ASKED + ",'guided_regex':'.*'"})
    void givenAnyDifference_itIsComputed(String fields) throws Exception {
        try (var engine = new TestEngine("abc".repeat(10), () -> {})) {
            ask(engine, ASKED);
            int steps = engine.model.steps.size();
            ask(engine, fields);
            assertThat(engine.model.steps.size()).isGreaterThan(steps);
            assertThat(engine.metric(HITS)).isZero();
        }
    }

    private static JsonNode ask(TestEngine engine, String fields) throws Exception {
        return engine.postJson(PLAIN, request(fields));
    }

    private static String request(String fields) {
        return "{'model':'ngram','prompt':'ab'" + (fields.contains("max_tokens") ? "," : ",'max_tokens':9,") + fields + "}";
    }
}
