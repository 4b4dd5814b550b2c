package pilothouse.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pilothouse.json.Json;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.messages.Part;
import pilothouse.messages.ToolCall;
import pilothouse.problems.ProblemException;
import pilothouse.runtime.AnswerForm;
import pilothouse.runtime.FinishReason;
import pilothouse.runtime.GenerationEvent;
import pilothouse.runtime.GenerationEvent.Finished;
import pilothouse.runtime.GenerationEvent.ReasoningDelta;
import pilothouse.runtime.GenerationEvent.TextDelta;
import pilothouse.runtime.GenerationEvent.ToolCalled;
import pilothouse.runtime.GenerationEvent.UsageReported;
import pilothouse.runtime.Model;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Service;
import pilothouse.runtime.Usage;

class RemoteRuntimeTest {
    private static final List<Message> HELLO = List.of(Message.of(MessageRole.USER, "Hello"));
    private static final String STOP = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    @ParameterizedTest
    @CsvSource({"llama-server-chat-stream,33,false", "vllm-chat-stream,0,false", "llama-server-chat-stream-no-usage,0,true",
        "vllm-chat-stream-no-usage,0,true"})
    void givenARecordedStream_textUsageAndReasonAreRead(String recording, int cached, boolean estimated) throws IOException {
        try (var server = ScriptedServer.replaying(recording); var runtime = server.runtime()) {
            var events = events(runtime);
            assertThat(text(events)).startsWith("1. Red:");
            int output = (int) events.stream().filter(TextDelta.class::isInstance).count();
            assertThat(events.get(events.size() - 2)).isEqualTo(new UsageReported(
                    estimated ? new Usage(0, output, 0, true) : new Usage(34, 24, cached, false)));
            assertThat(events.getLast()).isEqualTo(new Finished(FinishReason.LENGTH));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-server-chat-stream", "vllm-chat-stream", "vllm-chat-logprobs"})
    void givenAnAnswerByteByByte_theEventsAreTheSame(String recording) throws IOException {
        try (var whole = ScriptedServer.replaying(recording); var slow = ScriptedServer.dripping(recording);
                var first = whole.runtime(); var second = slow.runtime()) {
            assertThat(events(second)).isEqualTo(events(first));
        }
    }

    @Test
    void givenARecordedWholeAnswer_itIsTakenWithItsLogprobs() throws IOException {
        try (var server = ScriptedServer.replaying("vllm-chat-logprobs"); var runtime = server.runtime()) {
            var events = events(runtime);
            var delta = (TextDelta) events.getFirst();
            assertThat(delta.text()).isEqualTo("1. Red");
            assertThat(delta.tokens()).isEqualTo(3);
            assertThat(delta.logprobs().get(1).logprob()).isEqualTo(-0.05614569038152695);
            assertThat(delta.logprobs().get(2).top()).extracting("token").containsExactly(" Red", " Blue", " Black");
            assertThat(events.get(1)).isEqualTo(new UsageReported(new Usage(34, 3, 0, false)));
        }
    }

    @Test
    void givenSampling_onlyWhatItStatesIsSent() throws IOException {
        var sampling = new Sampling(OptionalDouble.of(0), OptionalDouble.empty(), OptionalInt.of(40), OptionalDouble.empty(),
                OptionalDouble.of(1.1), OptionalDouble.empty(), OptionalDouble.empty(), OptionalLong.of(7), OptionalInt.of(5),
                List.of("END"), OptionalInt.of(2));
        try (var server = ScriptedServer.answering(200, "text/event-stream", STOP); var runtime = server.runtime();
                var generation = runtime.generate("m", HELLO, sampling)) {
            generation.forEach(_ -> {});
            assertThat(Json.parse(server.visits.getFirst().body())).isEqualTo(Json.parse("""
                    {"model":"m","messages":[{"role":"user","content":"Hello"}],"stream":true,
                     "stream_options":{"include_usage":true},"temperature":0.0,"top_k":40,"repetition_penalty":1.1,
                     "seed":7,"max_tokens":5,"stop":["END"],"logprobs":true,"top_logprobs":2}"""));
            assertThat(server.visits.getFirst().head()).contains("Authorization: Bearer secret-key")
                    .startsWith("POST /v1/chat/completions ");
        }
    }

    @Test
    void givenAServiceThatTheServerCanDo_itIsSent() throws IOException {
        var schema = Map.<String, Object>of("type", "object");
        var service = new Service(OptionalInt.of(5), false, Optional.of(new AnswerForm.Schema(schema)));
        try (var server = ScriptedServer.answering(200, "text/event-stream", STOP);
                var runtime = new RemoteRuntime(new Server("lab", server.base(), Optional::empty, Limits.DEFAULTS, EnumSet.allOf(Ability.class)))) {
            for (var one : List.of(service, service.withForm(Optional.of(new AnswerForm.AnyObject()))))
                try (var generation = runtime.generate("m", HELLO, Sampling.DEFAULTS, one)) {
                    generation.forEach(_ -> {});
                }
            var body = Json.parse(server.visits.getFirst().body());
            assertThat(body.get("priority").asInt()).isEqualTo(5);
            assertThat(body.get("cache_prompt").asBoolean()).isFalse();
            assertThat(body.get("response_format")).isEqualTo(Json.parse("""
                    {"type":"json_schema","json_schema":{"name":"answer","strict":true,"schema":{"type":"object"}}}"""));
            assertThat(Json.parse(server.visits.getLast().body()).get("response_format")).isEqualTo(Json.parse("{\"type\":\"json_object\"}"));
        }
    }

    @Test
    void givenAServiceThatTheServerCannotDo_itIsRefusedByNameBeforeAnythingIsSent() throws IOException {
        var form = Optional.<AnswerForm>of(new AnswerForm.AnyObject());
        try (var server = ScriptedServer.answering(200, "text/event-stream", STOP);
                var runtime = new RemoteRuntime(new Server("lab", server.base(), Optional::empty, Limits.DEFAULTS, Set.of()))) {
            refused(runtime, new Service(OptionalInt.of(0), true, Optional.empty()), "priority");
            refused(runtime, new Service(OptionalInt.empty(), false, Optional.empty()), "prefix cache");
            refused(runtime, Service.DEFAULTS.withForm(form), "form of the answer");
            assertThat(server.visits).isEmpty();
        }
    }

    private static void refused(RemoteRuntime runtime, Service service, String what) {
        assertThatThrownBy(() -> runtime.generate("m", HELLO, Sampling.DEFAULTS, service)).isInstanceOf(ProblemException.class)
                .hasMessageContaining(what).hasMessageContaining("lab");
    }

    @Test
    void givenToolsAndImages_messagesAreWrittenAsTheWireWantsThem() throws IOException {
        var messages = List.of(
                Message.of(MessageRole.USER, List.of(new Part.Text("See "), new Part.Media("data:image/png;base64,AA==", "image/png"))),
                new Message(MessageRole.ASSISTANT, List.of(), List.of(new ToolCall("c1", "look", "{}")), "", java.util.Map.of()),
                new Message(MessageRole.TOOL, List.of(new Part.Text("a cat")), List.of(), "c1", java.util.Map.of()));
        assertThat(ChatRequest.messages(messages)).isEqualTo(Json.parse("""
                [{"role":"user","content":[{"type":"text","text":"See "},
                   {"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]},
                 {"role":"assistant","content":"","tool_calls":[{"id":"c1","type":"function","function":{"name":"look","arguments":"{}"}}]},
                 {"role":"tool","tool_call_id":"c1","content":"a cat"}]"""));
    }

    @Test
    void givenReasoningAndToolCallsInPieces_theyArePutTogether() {
        var events = stream("""
                data: {"choices":[{"delta":{"role":"assistant","reasoning_content":"Hm. "}}]}

                data: {"choices":[{"delta":{"reasoning":"Yes."}}]}

                data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"add","arguments":"{\\"x\\":"}}]}}]}

                data: {"choices":[{"delta":{"tool_calls":[{"index":1,"id":"b","function":{"name":"sub","arguments":""}}]}}]}

                data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"1}"}},{"index":1,"function":{"arguments":"{}"}}]}}]}

                data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]}

                data: [DONE]

                """);
        assertThat(events).containsExactly(new ReasoningDelta("Hm. "), new ReasoningDelta("Yes."),
                new ToolCalled(new ToolCall("a", "add", "{\"x\":1}")), new ToolCalled(new ToolCall("b", "sub", "{}")),
                new UsageReported(new Usage(0, 2, 0, true)), new Finished(FinishReason.TOOL_CALLS));
    }

    @Test
    void givenToolCallsWithoutIndex_theIdTellsThemApart() {
        var events = stream("""
                data: {"choices":[{"delta":{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"1"}}]}}]}

                data: {"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"2"}}]}}]}

                data: {"choices":[{"delta":{"tool_calls":[{"id":"b","function":{"name":"g","arguments":"3"}}]}}]}

                """ + STOP);
        assertThat(events).contains(new ToolCalled(new ToolCall("a", "f", "12")), new ToolCalled(new ToolCall("b", "g", "3")));
    }

    @Test
    void givenASurrogatePairInTwoChunks_onlyWholeCodePointsAreReported() {
        var events = stream(chunk("a\\ud83d") + chunk("\\ude00b") + STOP + DONE);
        assertThat(events).startsWith(new TextDelta("a"), new TextDelta("😀b"));
    }

    @ParameterizedTest
    @CsvSource({"stop,STOP", "eos_token,STOP", "length,LENGTH", "tool_calls,TOOL_CALLS", "function_call,TOOL_CALLS",
        "content_filter,FILTERED", "abort,CANCELLED", "something_new,STOP"})
    void givenAFinishReason_itIsMapped(String word, FinishReason reason) {
        assertThat(stream(chunk("a") + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"" + word + "\"}]}\n\n" + DONE).getLast())
                .isEqualTo(new Finished(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {DONE, "", DONE + DONE, "data: [DONE]\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"late\"}}]}\n\n",
        "data: [DONE]", ": ping\n\ndata: [DONE]\r\n\r\n"})
    void givenAnyEndOfTheStream_theAnswerIsComplete(String end) {
        assertThat(stream(chunk("a") + STOP + end)).containsExactly(new TextDelta("a"),
                new UsageReported(new Usage(0, 1, 0, true)), new Finished(FinishReason.STOP));
    }

    @Test
    void givenUsageInTheLastChunkWithoutChoices_itIsReported() {
        assertThat(stream(chunk("a") + STOP + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":9}}\n\n" + DONE))
                .contains(new UsageReported(new Usage(3, 9, 0, false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: {\"error\":{\"message\":\"GPU is on fire\",\"code\":500}}\n\ndata: [DONE]\n\n",
        "data: {\"error\":\"GPU is on fire\",\"error_type\":\"generation\"}\n\n",
        "event: error\ndata: {\"message\":\"GPU is on fire\"}\n\n"})
    void givenAnErrorInMidStream_theTokensBeforeItAreKeptAndItIsShown(String error) throws IOException {
        try (var server = ScriptedServer.answering(200, "text/event-stream", chunk("a") + chunk("b") + error);
                var runtime = server.runtime(); var generation = runtime.generate("m", HELLO, Sampling.DEFAULTS)) {
            var seen = new ArrayList<GenerationEvent>();
            assertThatThrownBy(() -> generation.forEach(seen::add)).isInstanceOf(ProblemException.class)
                    .hasMessageContaining("GPU is on fire").hasMessageContaining("lab at http://127.0.0.1");
            assertThat(text(seen)).isEqualTo("ab");
        }
    }

    @Test
    void givenAStreamThatBreaksOff_itIsNoSuccess() throws IOException {
        failing(chunk("a"), "text/event-stream", "before it was complete");
        failing("", "text/event-stream", "before it was complete");
        failing(DONE, "text/event-stream", "before it was complete");
        failing(chunk("a") + "data: {\"choices\":[{\"del", "text/event-stream", "not understood");
    }

    @Test
    void givenAWebPageOrNonsense_theAddressIsDoubted() throws IOException {
        var doubt = "Check that the address is that of";
        failing("<!doctype html><title>Sign in</title>", "text/html", "web page", doubt);
        failing("\n\n <html>", "text/event-stream", "web page", doubt);
        failing("{\"hello\":1}", "application/json", "not understood", doubt);
        failing("{\"error\":{\"message\":\"no such thing\"}}", "application/json", "no such thing");
        failing("{broken", "application/json", "not understood", doubt);
        failing("data: <html>\n\n", "text/event-stream", "web page", doubt);
    }

    @Test
    void givenALineWithoutEnd_itIsRefusedWithoutReadingItAll() throws IOException {
        var piece = "x".repeat(1 << 20);
        try (var server = new ScriptedServer(visit -> {
            visit.begin(200, "text/event-stream");
            visit.send("data: ");
            for (int i = 0; i < 1024; i++) visit.send(piece);
        }); var runtime = server.runtime(); var generation = runtime.generate("m", HELLO, Sampling.DEFAULTS)) {
            assertThatThrownBy(() -> generation.forEach(_ -> {})).isInstanceOf(ServerSentEvents.TooLong.class);
        }
    }

    @Test
    void givenRecordedListsAndCounts_theyAreRead() throws IOException {
        try (var server = ScriptedServer.replaying("vllm-models"); var runtime = server.runtime()) {
            assertThat(runtime.models()).containsExactly(new Model("lab-smollm2", 2048, "", 0));
        }
        try (var server = ScriptedServer.replaying("llama-server-models"); var runtime = server.runtime()) {
            assertThat(runtime.models()).containsExactly(new Model("lab-smollm2", 2048, "", 96576768));
        }
        try (var server = ScriptedServer.replaying("vllm-tokenize"); var runtime = server.runtime()) {
            assertThat(runtime.tokenize("lab-smollm2", "Hello wörld 🌍")).containsExactly(19556, 267, 29989, 400, 15107, 230, 231);
            assertThat(Json.parse(server.visits.getFirst().body())).isEqualTo(Json.parse("""
                    {"model":"lab-smollm2","prompt":"Hello wörld 🌍","add_special_tokens":false,"parse_special":false}"""));
        }
        try (var server = ScriptedServer.replaying("vllm-tokenize-chat"); var runtime = server.runtime()) {
            assertThat(runtime.tokenize("lab-smollm2", HELLO)).hasSize(34).startsWith(1, 9690);
        }
    }

    private static void failing(String body, String type, String... says) throws IOException {
        try (var server = ScriptedServer.answering(200, type, body); var runtime = server.runtime();
                var generation = runtime.generate("m", HELLO, Sampling.DEFAULTS)) {
            assertThatThrownBy(() -> generation.forEach(_ -> {})).as(body).isInstanceOf(ProblemException.class).message().contains(says);
        }
    }

    private static String chunk(String json) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + json + "\"},\"finish_reason\":null}]}\n\n";
    }

    private static List<GenerationEvent> stream(String body) {
        try (var server = ScriptedServer.answering(200, "text/event-stream", body); var runtime = server.runtime()) {
            return events(runtime);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<GenerationEvent> events(RemoteRuntime runtime) {
        var events = new ArrayList<GenerationEvent>();
        try (var generation = runtime.generate("m", HELLO, Sampling.DEFAULTS)) {
            generation.forEach(events::add);
        }
        return events;
    }

    private static String text(List<GenerationEvent> events) {
        return events.stream().filter(TextDelta.class::isInstance).map(event -> ((TextDelta) event).text()).collect(Collectors.joining());
    }
}
