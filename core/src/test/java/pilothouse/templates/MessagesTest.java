package pilothouse.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pilothouse.json.Json;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.messages.Part;
import pilothouse.messages.ToolCall;
import pilothouse.problems.ProblemException;

class MessagesTest {
    private static final List<Message> HISTORY = List.of(Message.of(MessageRole.USER, "Hello"),
            Message.of(MessageRole.ASSISTANT, "Hi"));

    @Test
    void givenRoles_eachBeginsAMessageAndBlankTextBetweenThemIsDropped() {
        assertThat(written("\n {{role \"system\"}}Be kind.\n{{role \"user\"}}  {{role \"model\"}}Yes{{role 'tool'}} 3 "))
                .isEqualTo("[{'role':'system','content':[{'text':'Be kind.\\n'}]},{'role':'model','content':[{'text':'Yes'}]},"
                        + "{'role':'tool','content':[{'text':' 3 '}]}]");
    }

    @Test
    void givenARoleWithNotes_theyAreItsMetadata() {
        assertThat(written("{{role \"user\" purpose=\"preamble\"}}x"))
                .isEqualTo("[{'role':'user','content':[{'text':'x'}],'metadata':{'purpose':'preamble'}}]");
    }

    @Test
    void givenBlankTextOnly_thereIsNoMessage() {
        assertThat(written(" \n\u00a0{{role \"system\"}}\n")).isEqualTo("[]");
    }

    @Test
    void givenMediaAndSections_theyAreParts() {
        assertThat(written("Look: {{media url=\"data:image/png;base64,AA==\" contentType=\"image/png\"}} {{section \"code\"}}end"))
                .isEqualTo("[{'role':'user','content':[{'text':'Look: '},{'media':{'url':'data:image/png;base64,AA==',"
                        + "'contentType':'image/png'}},{'metadata':{'pending':true,'purpose':'code'}},{'text':'end'}]}]");
    }

    @Test
    void givenAHistoryMark_theHistoryStandsThereWithItsPurpose() {
        var messages = render("{{role \"system\"}}S{{history}}{{role \"user\"}}U", HISTORY);
        assertThat(messages).extracting(Message::role).containsExactly(MessageRole.SYSTEM, MessageRole.USER,
                MessageRole.ASSISTANT, MessageRole.USER);
        assertThat(messages).extracting(Message::metadata).containsExactly(Map.of(), Map.of("purpose", "history"),
                Map.of("purpose", "history"), Map.of());
    }

    @Test
    void givenNoHistoryMark_theHistoryStandsBeforeTheLastUserMessage() {
        assertThat(render("{{role \"system\"}}S{{role \"user\"}}U", HISTORY)).extracting(Message::text)
                .containsExactly("S", "Hello", "Hi", "U");
        assertThat(render("{{role \"system\"}}S", HISTORY)).extracting(Message::text).containsExactly("S", "Hello", "Hi");
        assertThat(render("", HISTORY)).isEqualTo(HISTORY);
    }

    @Test
    void givenTextAfterAHistoryMarkWithoutARole_itIsTheModels() {
        assertThat(render("{{history}}so:", HISTORY).getLast().role()).isEqualTo(MessageRole.ASSISTANT);
    }

    @Test
    void givenARoleInASnippetWithAMargin_theMessageBeginsThere() {
        var rendering = Template.parse("a\n  {{> s}}\n").render(Map.of(), Map.of(), List.of(),
                Partials.of(Map.of("s", "{{role \"system\"}}b\nc\n")));
        assertThat(Json.write(DotpromptMessages.write(rendering.messages()))).isEqualTo(
                "[{\"role\":\"user\",\"content\":[{\"text\":\"a\\n\"}]},{\"role\":\"system\",\"content\":[{\"text\":\"b\\n  c\\n\"}]}]");
    }

    @Test
    void givenMessagesOfEveryKind_readingWhatWasWrittenGivesThemBack() {
        var call = new Message(MessageRole.ASSISTANT, List.of(), List.of(new ToolCall("c1", "add", "{\"a\":1}")), "", Map.of());
        var answer = new Message(MessageRole.TOOL, List.of(new Part.Text("2")), List.of(), "c1", Map.of());
        var media = Message.of(MessageRole.USER, List.of(new Part.Text("x"), new Part.Media("https://a/b", ""),
                new Part.Pending(Map.of("purpose", "p", "pending", true))));
        var messages = List.of(media, call, answer, HISTORY.getFirst());
        var json = Json.write(DotpromptMessages.write(messages));
        assertThat(DotpromptMessages.read(Json.MAPPER.readValue(json, List.class))).isEqualTo(messages);
    }

    @Test
    void givenSomethingElseThanMessages_theProblemNamesThePlace() {
        assertThatThrownBy(() -> DotpromptMessages.read(List.of(Map.of("role", "user", "content", List.of(Map.of("text", 3))))))
                .isInstanceOf(ProblemException.class).hasMessageContaining("messages[0].content[0].text is a number");
        assertThatThrownBy(() -> DotpromptMessages.read("x")).hasMessageContaining("instead of a list");
        assertThatThrownBy(() -> DotpromptMessages.read(List.of(Map.of("role", "boss", "content", "x"))))
                .hasMessageContaining("no role named \"boss\"");
    }

    private static List<Message> render(String template, List<Message> history) {
        return Template.parse(template).render(Map.of(), Map.of(), history, Partials.NONE).messages();
    }

    private static String written(String template) {
        return Json.write(DotpromptMessages.write(render(template, List.of()))).replace('"', '\'');
    }
}
