package pilothouse.tokens;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import pilothouse.json.Json;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.messages.Part;
import pilothouse.messages.ToolCall;
import pilothouse.problems.ProblemException;
import pilothouse.templates.jinja.JinjaTemplate;
import pilothouse.templates.jinja.MarkedText;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A model's own way to write a conversation as one text. Immutable, for any thread.
public final class ChatTemplate {
    private static final String PROBE = "pilothouse-probe";

    private final JinjaTemplate template;
    private final Clock clock;
    private final boolean wantsParts;   // it loops over the parts of a message and shows nothing of a plain text

    private ChatTemplate(JinjaTemplate template, Clock clock) {
        this.template = template;
        this.clock = clock;
        this.wantsParts = !shows(false) && shows(true);
    }

    /// @throws ProblemException naming line and column, if the template is broken or uses what is not known
    public static ChatTemplate parse(String jinja) {
        return parse(jinja, Clock.systemDefaultZone());
    }

    /// @param clock the date that the template may write
    public static ChatTemplate parse(String jinja, Clock clock) {
        return new ChatTemplate(JinjaTemplate.parse(jinja), clock);
    }

    /// The text of `messages`. Some templates add a system message of their own where there is none.
    ///
    /// @param addGenerationPrompt whether the head of the answer follows
    /// @throws ProblemException if the template refuses the conversation, for instance for its order of roles, or
    ///         if a message has an image
    public ChatText render(List<Message> messages, boolean addGenerationPrompt, String bosToken, String eosToken) {
        var rendered = template.render(values(messages, addGenerationPrompt, bosToken, eosToken, wantsParts), clock);
        return new ChatText(rendered.text(), rendered.content().stream().map(range -> new Span(range.start(), range.end())).toList());
    }

    private boolean shows(boolean asParts) {
        try {
            var values = values(List.of(Message.of(MessageRole.USER, PROBE)), true, "", "", asParts);
            return template.render(values, clock).text().contains(PROBE);
        } catch (ProblemException refused) {
            return false;   // rendering the real messages will say why
        }
    }

    private static Map<String, Object> values(List<Message> messages, boolean addGenerationPrompt, String bosToken,
            String eosToken, boolean asParts) {
        var values = new LinkedHashMap<String, Object>();
        values.put("messages", messages.stream().map(message -> value(message, asParts)).toList());
        values.put("tools", null);       // as transformers passes them: defined, but none
        values.put("documents", null);
        values.put("add_generation_prompt", addGenerationPrompt);
        values.put("bos_token", bosToken);
        values.put("eos_token", eosToken);
        return values;
    }

    private static Map<String, Object> value(Message message, boolean asParts) {
        for (var part : message.parts())
            if (part instanceof Part.Media media)
                throw new ProblemException("The model takes text only, but a message has a part of type "
                        + (media.contentType().isEmpty() ? "image" : media.contentType()), "message of " + message.role().wire(),
                        "Remove it, or choose a model that sees images.");
        var value = new LinkedHashMap<String, Object>();
        value.put("role", message.role().wire());
        value.put("content", asParts ? parts(message) : MarkedText.content(message.text()));
        if (!message.toolCalls().isEmpty()) value.put("tool_calls", message.toolCalls().stream().map(ChatTemplate::value).toList());
        if (!message.toolCallId().isEmpty()) value.put("tool_call_id", MarkedText.content(message.toolCallId()));
        return value;
    }

    private static List<Map<String, Object>> parts(Message message) {
        return message.parts().stream().filter(Part.Text.class::isInstance)
                .map(part -> Map.<String, Object>of("type", "text", "text", MarkedText.content(((Part.Text) part).text()))).toList();
    }

    private static Map<String, Object> value(ToolCall call) {
        var function = new LinkedHashMap<String, Object>();
        function.put("name", MarkedText.content(call.name()));
        function.put("arguments", arguments(call.arguments()));
        var value = new LinkedHashMap<String, Object>();
        value.put("id", MarkedText.content(call.id()));
        value.put("type", "function");
        value.put("function", function);
        return value;
    }

    /// Templates expect a mapping, as transformers passes it; what the model wrote amiss stays a text.
    private static Object arguments(String json) {
        try {
            var node = Json.parse(json);
            return node.isObject() ? value(node) : MarkedText.content(json);
        } catch (JacksonException e) {
            return MarkedText.content(json);
        }
    }

    private static Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                var entries = new LinkedHashMap<MarkedText, Object>();
                node.properties().forEach(e -> entries.put(MarkedText.content(e.getKey()), value(e.getValue())));
                yield entries;
            }
            case ARRAY -> node.valueStream().map(ChatTemplate::value).toList();
            case BOOLEAN -> node.asBoolean();
            case NUMBER -> node.isIntegralNumber() && node.canConvertToLong() ? (Object) node.asLong() : (Object) node.asDouble();
            case NULL -> null;
            default -> MarkedText.content(node.asString());
        };
    }
}
