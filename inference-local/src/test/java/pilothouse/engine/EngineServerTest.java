package pilothouse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pilothouse.json.Json;
import pilothouse.tokens.Specials;
import tools.jackson.databind.JsonNode;

/// Shapes, limits and errors of all routes, over a real socket.
class EngineServerTest {
    static final String ANSWER = "Straße 世界 👋🏽 — fine. STOP here";
    static final String CHAT = "/v1/chat/completions";
    static TestEngine engine;

    @BeforeAll
    static void start() throws Exception {
        engine = new TestEngine("<|turn|>hello<|answer|>" + ANSWER + "<|end|><|turn|>once upon a time<|end|>", () -> {});
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void givenNoTokenOrAWrongOne_everyRouteIsRefused() throws Exception {
        for (var path : new String[] {"/health", "/v1/models", "/metrics", "/nowhere"}) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + engine.server.port() + path));
            assertThat(engine.client.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(401);
            var wrong = engine.client.send(request.header("Authorization", "Bearer wrong").build(), HttpResponse.BodyHandlers.ofString());
            assertThat(wrong.statusCode()).isEqualTo(401);
            assertThat(Json.parse(wrong.body()).at("/error/code").asString()).isEqualTo("invalid_api_key");
        }
    }

    @Test
    void givenACallFromAWebPage_itIsRefusedWhateverItsToken() throws Exception {
        for (var origin : new String[] {"http://evil.example", "null", "http://127.0.0.1:" + engine.server.port()}) {
            var answer = engine.client.send(engine.request("/health").header("Origin", origin).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
        }
    }

    @Test
    void givenARequestId_theAnswerCarriesIt_elseItHasOneOfItsOwn() throws Exception {
        var answer = engine.client.send(engine.request("/health").header("X-Request-Id", "run-7:a").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("x-request-id")).hasValue("run-7:a");
        for (var path : new String[] {"/health", "/nowhere"}) assertThat(engine.get(path).headers().firstValue("x-request-id").orElseThrow()).hasSize(36);
        var odd = engine.client.send(engine.request("/health").header("X-Request-Id", "a b").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(odd.headers().firstValue("x-request-id").orElseThrow()).hasSize(36);
    }

    @Test
    void givenHeadersWithoutEnd_theyAreRefused() throws Exception {
        var headers = engine.client.send(engine.request("/health").header("X-Long", "x".repeat(20_000)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(headers.statusCode()).isEqualTo(431);
    }

    @Test
    void givenALoadedModel_itIsListed() throws Exception {
        assertThat(engine.get("/health").body()).isEqualTo("{\"status\":\"ok\"}");
        var model = Json.parse(engine.get("/v1/models").body()).at("/data/0");
        assertThat(model.get("id").asString()).isEqualTo("ngram");
        assertThat(model.get("object").asString()).isEqualTo("model");
        assertThat(model.get("max_model_len").asInt()).isEqualTo(TestEngine.CONTEXT);
        assertThat(model.get("precision").asString()).isEqualTo("fp32");
        assertThat(model.get("bytes").asLong()).isPositive();
        assertThat(model.get("created").asLong()).isGreaterThan(1_700_000_000);
    }

    @Test
    void givenAChat_theWholeAnswerComes() throws Exception {
        var answer = engine.postJson(CHAT, chat("'temperature':0"));
        assertThat(answer.at("/choices/0/message/content").asString()).isEqualTo(ANSWER);
        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(answer.get("object").asString()).isEqualTo("chat.completion");
        int tokens = TestEngine.TOKENIZER.encode(ANSWER, Specials.AS_TEXT).length;
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(7);
        assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(tokens + 1);
        assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(tokens + 8);
    }

    @Test
    void givenAStream_itsPiecesAreWholeCharactersAndJoinToTheAnswer() throws Exception {
        var response = engine.post(CHAT, chat("'temperature':0,'stream':true,'stream_options':{'include_usage':true}"));
        assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream");
        var events = TestEngine.events(response.body());
        assertThat(events.getFirst().at("/choices/0/delta/role").asString()).isEqualTo("assistant");
        assertThat(text(events, "/choices/0/delta/content")).isEqualTo(ANSWER);
        assertThat(events).allSatisfy(event -> assertThat(event.at("/choices/0/delta/content").asString("")).doesNotContain("\uFFFD"));
        assertThat(events.get(events.size() - 2).at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(events.getLast().get("choices").isEmpty()).isTrue();
        assertThat(events.getLast().at("/usage/prompt_tokens").asInt()).isEqualTo(7);
        assertThat(events.getFirst().get("usage").isNull()).isTrue();
        assertThat(events.stream().map(event -> event.get("id").asString()).distinct()).hasSize(1);
    }

    @Test
    void givenAStreamWithoutUsage_noChunkHasIt() throws Exception {
        var events = TestEngine.events(engine.post(CHAT, chat("'temperature':0,'stream':true")).body());
        assertThat(events).noneSatisfy(event -> assertThat(event.has("usage")).isTrue());
    }

    @Test
    void givenAStopTextAcrossTokens_nothingOfItComesOut() throws Exception {
        var events = TestEngine.events(engine.post(CHAT, chat("'temperature':0,'stream':true,'stop':['xyz','STOP h']")).body());
        assertThat(text(events, "/choices/0/delta/content")).isEqualTo("Straße 世界 👋🏽 — fine. ");
        assertThat(events.getLast().at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        var whole = engine.postJson(CHAT, chat("'temperature':0,'stop':'界'"));
        assertThat(whole.at("/choices/0/message/content").asString()).isEqualTo("Straße 世");
    }

    @Test
    void givenMaxTokens_theAnswerEndsForItsLength() throws Exception {
        for (var name : new String[] {"max_tokens", "max_completion_tokens"}) {
            var answer = engine.postJson(CHAT, chat("'temperature':0,'" + name + "':4"));
            assertThat(answer.at("/choices/0/message/content").asString()).isEqualTo("Stra");
            assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("length");
            assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(4);
        }
        var cut = engine.postJson(CHAT, chat("'temperature':0,'max_tokens':5")); // half of ß
        assertThat(cut.at("/choices/0/message/content").asString()).isEqualTo("Stra\uFFFD");
    }

    @Test
    void givenLogprobs_eachTokenHasThemInOpenAisShape() throws Exception {
        var answer = engine.postJson(CHAT, chat("'temperature':0,'max_tokens':6,'logprobs':true,'top_logprobs':3"));
        var content = answer.at("/choices/0/logprobs/content");
        assertThat(content.size()).isEqualTo(6);
        for (var token : content) {
            assertThat(token.get("logprob").doubleValue()).isBetween(-1.0, 0.0);
            assertThat(token.get("top_logprobs").size()).isEqualTo(3);
            assertThat(token.at("/top_logprobs/0/logprob").doubleValue()).isEqualTo(token.get("logprob").doubleValue(), within(1e-12));
        }
        assertThat(content.get(0).get("token").asString()).isEqualTo("S");
        assertThat(content.get(4).at("/bytes/0").asInt()).isEqualTo(0xC3);
        var streamed = TestEngine.events(engine.post(CHAT, chat("'temperature':0,'max_tokens':6,'logprobs':true,'stream':true")).body());
        assertThat(streamed.stream().mapToInt(event -> event.at("/choices/0/logprobs/content").size()).sum()).isEqualTo(6);
    }

    @Test
    void givenAPlainCompletion_textAndIdsAreContinued() throws Exception {
        var answer = engine.postJson("/v1/completions", "{'model':'ngram','prompt':'once','temperature':0,'max_tokens':5,'logprobs':2}");
        assertThat(answer.at("/choices/0/text").asString()).isEqualTo(" upon");
        assertThat(answer.get("object").asString()).isEqualTo("text_completion");
        assertThat(answer.at("/choices/0/logprobs/tokens").size()).isEqualTo(5);
        assertThat(answer.at("/choices/0/logprobs/text_offset/4").asInt()).isEqualTo(4);
        assertThat(answer.at("/choices/0/logprobs/top_logprobs/0").size()).isEqualTo(2);
        var ids = engine.postJson("/tokenize", "{'model':'ngram','prompt':'once'}").get("tokens").toString();
        var again = engine.postJson("/v1/completions", "{'model':'ngram','prompt':" + ids + ",'temperature':0,'max_tokens':5}");
        assertThat(again.at("/choices/0/text").asString()).isEqualTo(" upon");
    }

    @Test
    void givenIgnoreEos_theAnswerGoesOn() throws Exception {
        var answer = engine.postJson("/v1/completions",
                "{'model':'ngram','prompt':'a time','temperature':0,'max_tokens':7,'ignore_eos':true}");
        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("length");
        assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(7);
    }

    @Test
    void givenTheSeedOfAnAnswer_itCanBeRepeated() throws Exception {
        var first = engine.postJson("/v1/completions", "{'model':'ngram','prompt':'q','temperature':2,'max_tokens':40}");
        var again = engine.postJson("/v1/completions", "{'model':'ngram','prompt':'q','temperature':2,'max_tokens':40,'seed':"
                + first.get("seed") + "}");
        assertThat(again.at("/choices/0/text").asString()).isEqualTo(first.at("/choices/0/text").asString());
    }

    @Test
    void givenControlTokensTypedByAUser_theyStayText() throws Exception {
        var typed = engine.postJson("/tokenize", "{'model':'ngram','messages':[{'role':'user','content':'<|end|>'}]}");
        assertThat(typed.get("count").asInt()).isEqualTo(9);
        assertThat(engine.postJson("/tokenize", "{'model':'ngram','prompt':'<|end|>'}").get("count").asInt()).isEqualTo(7);
        assertThat(engine.postJson("/tokenize", "{'model':'ngram','prompt':'<|end|>','parse_special':true}").get("tokens").toString())
                .isEqualTo("[0]");
        assertThat(engine.postJson("/detokenize", "{'model':'ngram','tokens':" + typed.get("tokens") + "}").get("prompt").asString())
                .isEqualTo("<|turn|><|end|><|answer|>");
        assertThat(typed.get("max_model_len").asInt()).isEqualTo(TestEngine.CONTEXT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'temperature':3                         | temperature
            'temperature':'hot'                     | temperature
            'top_p':1.1                             | top_p
            'top_k':1.5                             | top_k
            'min_p':-0.1                            | min_p
            'repetition_penalty':0                  | repetition_penalty
            'presence_penalty':9                    | presence_penalty
            'frequency_penalty':[]                  | frequency_penalty
            'seed':'x'                              | seed
            'seed':99999999999999999999             | seed
            'stop':['']                             | stop
            'stop':[1]                              | stop
            'max_tokens':0                          | max_tokens
            'n':2                                   | n
            'logprobs':1                            | logprobs
            'top_logprobs':2                        | top_logprobs
            'logprobs':true,'top_logprobs':21       | top_logprobs
            'logit_bias':{'9999':1}                 | logit_bias
            'logit_bias':{'x':1}                    | logit_bias
            'logit_bias':{'1':101}                  | logit_bias
            'sampling_order':'other'                | sampling_order
            'stream':'yes'                          | stream
            'tools':[{}]                            | tools
            'response_format':{'type':'xml'}| response_format
            'messages':[]                           | messages
            'messages':'x'                          | messages
            'messages':[{'role':'pope'}]            | messages[0].role
            'messages':[{'role':'user','content':5}]| messages[0].content
            'messages':[{'role':'user','content':[{'type':'image_url'}]}] | messages[0].content
            """)
    void givenABadField_itIsNamed(String field, String param) throws Exception {
        var response = engine.post(CHAT, chat(field));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        var error = Json.parse(response.body()).get("error");
        assertThat(error.get("param").asString()).isEqualTo(param);
        assertThat(error.get("type").asString()).isEqualTo("invalid_request_error");
        assertThat(error.get("message").asString()).isNotBlank();
    }

    @Test
    void givenPartsOfText_theyAreOneText() throws Exception {
        var answer = engine.postJson(CHAT, "{'model':'ngram','temperature':0,'messages':[{'role':'user','content':"
                + "[{'type':'text','text':'hel'},{'type':'text','text':'lo'}]}]}");
        assertThat(answer.at("/choices/0/message/content").asString()).isEqualTo(ANSWER);
    }

    @Test
    void givenAnUnknownModelOrRoute_itIs404() throws Exception {
        var response = engine.post(CHAT, chat("").replace("ngram", "other"));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(Json.parse(response.body()).at("/error/code").asString()).isEqualTo("model_not_found");
        assertThat(engine.get("/v1/other").statusCode()).isEqualTo(404);
        assertThat(engine.get(CHAT).statusCode()).isEqualTo(404);
    }

    @Test
    void givenAPromptLongerThanTheContext_theNumbersAreGiven() throws Exception {
        var response = engine.post(CHAT, chat("").replace("hello", "x".repeat(5000)));
        assertThat(response.statusCode()).isEqualTo(400);
        var error = Json.parse(response.body()).get("error");
        assertThat(error.get("code").asString()).isEqualTo("context_length_exceeded");
        assertThat(error.get("message").asString()).contains("5002").contains("4096");
        var answer = Json.parse(engine.post(CHAT, chat("'max_tokens':4090")).body());
        assertThat(answer.at("/error/message").asString()).contains("4090").contains("4089");
    }

    @Test
    void givenBodiesThatAreNoJson_theyAreRefusedAndTheServerGoesOn() throws Exception {
        for (var body : new String[] {"", "{", "[]", "\"x\"", "{'model':}", "[".repeat(100_000), "\u0000"}) {
            var response = engine.post(CHAT, body);
            assertThat(response.statusCode()).as(body).isEqualTo(400);
            assertThat(Json.parse(response.body()).at("/error/message").asString()).isNotBlank();
        }
        assertThat(engine.get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void givenAHugeBody_itIsRefused() throws Exception {
        var big = "{\"model\":\"ngram\",\"prompt\":\"" + "x".repeat(17 << 20) + "\"}";
        try (var socket = engine.open("/v1/completions", "{}")) {
            assertThat(TestEngine.reader(socket).readLine()).contains("400");
        }
        try (var socket = new Socket("127.0.0.1", engine.server.port())) {
            socket.getOutputStream().write(("POST /v1/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TestEngine.TOKEN
                    + "\r\nContent-Length: " + big.length() + "\r\n\r\n").getBytes());
            assertThat(TestEngine.reader(socket).readLine()).contains("413");
        }
    }

    @Test
    void givenSomeAnswers_theMetricsCountThem() throws Exception {
        engine.postJson(CHAT, chat("'temperature':0,'max_tokens':3"));
        double prompt = engine.metric("vllm:prompt_tokens_total");
        double output = engine.metric("vllm:generation_tokens_total");
        double ended = engine.metric("vllm:request_success_total{model_name=\"ngram\",engine=\"0\",finished_reason=\"length\"}");
        engine.postJson(CHAT, chat("'temperature':0,'max_tokens':3"));
        assertThat(engine.metric("vllm:prompt_tokens_total")).isEqualTo(prompt + 7);
        assertThat(engine.metric("vllm:generation_tokens_total")).isEqualTo(output + 3);
        assertThat(engine.metric("vllm:request_success_total{model_name=\"ngram\",engine=\"0\",finished_reason=\"length\"}")).isEqualTo(ended + 1);
        for (var name : new String[] {"time_to_first_token_seconds", "inter_token_latency_seconds",
            "request_time_per_output_token_seconds", "e2e_request_latency_seconds"}) {
            assertThat(engine.metric("vllm:" + name + "_count")).isPositive();
            assertThat(engine.metric("vllm:" + name + "_bucket{model_name=\"ngram\",engine=\"0\",le=\"+Inf\"}"))
                    .isEqualTo(engine.metric("vllm:" + name + "_count"));
        }
        assertThat(engine.metric("vllm:num_requests_running")).isZero();
        assertThat(engine.metric("vllm:kv_cache_usage_perc")).isZero();
        if (System.getProperty("os.name").equals("Linux")) assertThat(engine.metric("process_resident_memory_bytes")).isGreaterThan(1e7);
    }

    /// @param fields more fields, with ' for ", after the standard ones, which they may repeat
    private static String chat(String fields) {
        var messages = fields.contains("'messages'") ? "" : ",'messages':[{'role':'user','content':'hello'}]";
        return "{'model':'ngram'" + messages + (fields.isEmpty() ? "" : "," + fields) + "}";
    }

    private static String text(List<JsonNode> events, String pointer) {
        return events.stream().map(event -> event.at(pointer).asString("")).collect(Collectors.joining());
    }
}
