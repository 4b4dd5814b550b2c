package pilothouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pilothouse.engine.cache.CacheBudget;
import pilothouse.json.Json;
import tools.jackson.databind.JsonNode;

/// Answers that must have a form, over a real socket.
class StructuredOutputTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String PERSON = "{'type':'object','properties':{'name':{'type':'string','maxLength':5},'age':{'type':'integer','minimum':0,'maximum':150}},"
            + "'required':['name','age'],'additionalProperties':false}";
    static TestEngine engine;

    @BeforeAll
    static void start() throws Exception {
        engine = new TestEngine("<|turn|>hello<|answer|>Sure! {\"name\": \"Ada\", \"age\": 36} is what you want<|end|>", new CacheBudget(8, 8L * TestEngine.CONTEXT, 0), () -> {});
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'response_format':{'type':'json_schema','json_schema':{'name':'person','strict':true,'schema':PERSON}}
            'structured_outputs':{'json':PERSON}
            'guided_json':PERSON""")
    void givenASchema_everyAnswerIsValid(String field) throws Exception {
        for (int seed = 0; seed < 10; seed++) {
            var answer = ask(field.replace("PERSON", PERSON) + ",'temperature':1.5,'seed':" + seed);
            assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
            var person = Json.parse(answer.at("/choices/0/message/content").asString());
            assertThat(person.size()).isEqualTo(2);
            assertThat(person.get("name").asString().codePointCount(0, person.get("name").asString().length())).isLessThanOrEqualTo(5);
            assertThat(person.get("age").intValue()).isBetween(0, 150);
        }
    }

    @Test
    void givenOtherForms_theAnswerHasThem() throws Exception {
        assertThat(text("'guided_choice':['maybe','Surely']")).isEqualTo("Surely");
        assertThat(text("'structured_outputs':{'choice':['maybe','Surely']}")).isEqualTo("Surely");
        assertThat(text("'guided_regex':'[a-z]{3}-\\\\d{2}'")).matches("[a-z]{3}-\\d{2}");
        assertThat(text("'structured_outputs':{'regex':'x+y'},'temperature':1")).matches("x+y");
        assertThat(text("'response_format':{'type':'text'}")).startsWith("Sure! ");
        var object = ask("'response_format':{'type':'json_object'},'max_tokens':3000,'logit_bias':{'37':8,'128':20},'seed':5,'temperature':1");
        assertThat(object.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(Json.parse(object.at("/choices/0/message/content").asString()).isObject()).isTrue();
    }

    @Test
    void givenTooFewTokens_theReasonIsLength() throws Exception {
        var answer = ask("'max_tokens':4,'temperature':0,'guided_json':" + PERSON);
        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("length");
        assertThat(answer.at("/choices/0/message/content").asString()).isEqualTo("{\"na");
    }

    @Test
    void givenAStream_itsPiecesJoinToTheForm() throws Exception {
        var events = TestEngine.events(engine.post(CHAT, chat("'temperature':0,'stream':true,'guided_json':" + PERSON)).body());
        var text = new StringBuilder();
        events.forEach(event -> text.append(event.at("/choices/0/delta/content").asString("")));
        assertThat(Json.parse(text.toString()).get("age").isIntegralNumber()).isTrue();
        assertThat(events.getLast().at("/choices/0/finish_reason").asString()).isEqualTo("stop");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'response_format':{'type':'json_schema','json_schema':{'schema':{'type':'object','properties':{'a':{'multipleOf':2}}}}} | response_format.json_schema.schema.properties.a.multipleOf
            'response_format':{'type':'json_schema'}                      | response_format.json_schema.schema
            'response_format':{'type':'structural_tag'}                   | response_format
            'structured_outputs':{'grammar':'root ::= x'}                 | structured_outputs.grammar
            'guided_json':{'not':{}}                                      | guided_json.not
            'guided_json':'{no json'                                      | guided_json
            'guided_regex':'(?=a)'                                        | guided_regex
            'guided_choice':[]                                            | guided_choice
            'guided_grammar':'x'                                          | guided_grammar
            'guided_regex':'a','guided_choice':['a']                      | guided_choice
            'prompt_lookup_num_tokens':99                                 | prompt_lookup_num_tokens""")
    void givenWhatIsNotSupported_itIsRefusedByName(String field, String param) throws Exception {
        var response = engine.post(CHAT, chat(field));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(Json.parse(response.body()).at("/error/param").asString()).isEqualTo(param);
    }

    private static String text(String fields) throws Exception {
        return ask((fields.contains("temperature") ? "" : "'temperature':0,") + fields).at("/choices/0/message/content").asString();
    }

    private static JsonNode ask(String fields) throws Exception {
        return engine.postJson(CHAT, chat(fields));
    }

    private static String chat(String fields) {
        return "{'model':'ngram','messages':[{'role':'user','content':'hello'}]," + fields + "}";
    }
}
