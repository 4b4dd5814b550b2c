package pilothouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pilothouse.json.Json;

/// OpenAI's Responses API in its basic form, over a real socket.
class ResponsesTest {
    private static final String ROUTE = "/v1/responses";
    private static final String ANSWER = "Straße 世界 — fine.";
    static TestEngine engine;

    @BeforeAll
    static void start() throws Exception {
        engine = new TestEngine("<|turn|>hello<|answer|>" + ANSWER + "<|end|>", () -> {});
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'hello'
            [{'role':'user','content':'hello'}]
            [{'type':'message','role':'user','content':[{'type':'input_text','text':'hel'},{'type':'input_text','text':'lo'}]}]""")
    void givenAnInput_theResponseIsWhole(String input) throws Exception {
        var response = engine.postJson(ROUTE, "{'model':'ngram','temperature':0,'instructions':'Be kind','input':" + input + "}");
        assertThat(response.get("object").asString()).isEqualTo("response");
        assertThat(response.get("status").asString()).isEqualTo("completed");
        assertThat(response.at("/output/0/role").asString()).isEqualTo("assistant");
        assertThat(response.at("/output/0/content/0/type").asString()).isEqualTo("output_text");
        assertThat(response.at("/output/0/content/0/text").asString()).isEqualTo(ANSWER);
        assertThat(response.at("/usage/input_tokens").asInt()).isEqualTo(15);
        assertThat(response.at("/usage/total_tokens").asInt()).isEqualTo(15 + response.at("/usage/output_tokens").asInt());
    }

    @Test
    void givenAStream_itsEventsAreNamedNumberedAndJoinToTheText() throws Exception {
        var body = engine.post(ROUTE, "{'model':'ngram','temperature':0,'input':'hello','stream':true}").body();
        var events = body.lines().filter(line -> line.startsWith("data: ")).map(line -> Json.parse(line.substring(6))).toList();
        var names = body.lines().filter(line -> line.startsWith("event: ")).map(line -> line.substring(7)).toList();
        assertThat(names).isEqualTo(events.stream().map(event -> event.get("type").asString()).toList());
        assertThat(names).startsWith("response.created", "response.in_progress", "response.output_item.added", "response.content_part.added", "response.output_text.delta")
                .endsWith("response.output_text.done", "response.content_part.done", "response.output_item.done", "response.completed");
        var text = new StringBuilder();
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).get("sequence_number").asInt()).isEqualTo(i);
            text.append(events.get(i).path("delta").asString(""));
        }
        assertThat(text.toString()).isEqualTo(ANSWER).isEqualTo(events.getLast().at("/response/output/0/content/0/text").asString());
    }

    @Test
    void givenALimitOrAForm_itIsKept() throws Exception {
        var cut = engine.postJson(ROUTE, "{'model':'ngram','temperature':0,'input':'hello','max_output_tokens':3}");
        assertThat(cut.get("status").asString()).isEqualTo("incomplete");
        assertThat(cut.at("/incomplete_details/reason").asString()).isEqualTo("max_output_tokens");
        var formed = engine.postJson(ROUTE, "{'model':'ngram','input':'hello','text':{'format':{'type':'json_schema','name':'x','schema':{'enum':['yes','no']}}}}");
        assertThat(formed.at("/output/0/content/0/text").asString()).isIn("\"yes\"", "\"no\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'previous_response_id':'resp_1'             | previous_response_id
            'tools':[{'type':'web_search'}]             | tools
            'background':true                           | background
            'input':[{'type':'item_reference','id':'1'}] | input[0]
            'input':[{'role':'user','content':[{'type':'input_image'}]}] | input[0].content
            'temperature':9                             | temperature""")
    void givenWhatIsNotSupported_itIsRefusedByName(String field, String param) throws Exception {
        var response = engine.post(ROUTE, "{'model':'ngram'," + (field.contains("'input'") ? "" : "'input':'hello',") + field + "}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Json.parse(response.body()).at("/error/param").asString()).isEqualTo(param);
    }
}
