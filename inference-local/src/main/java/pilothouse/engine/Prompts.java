package pilothouse.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import pilothouse.engine.http.ApiError;
import pilothouse.engine.http.RequestFields;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.problems.ProblemException;
import pilothouse.tokens.Specials;
import tools.jackson.databind.JsonNode;

/// Reads prompts out of requests and turns them into ids.
final class Prompts {
    private Prompts() {}

    /// `messages`, by the model's chat template.
    static int[] chat(RequestFields fields, LoadedModel model) {
        var template = model.chat().orElseThrow(() -> ApiError.refused(400, "messages", "no_chat_template",
                "The model \"" + model.name() + "\" has no chat template. Use /v1/completions."));
        var messages = messages(fields);
        boolean prompted = fields.flag("add_generation_prompt", true);
        try {
            return template.encode(messages, prompted);
        } catch (ProblemException e) {
            throw ApiError.refused(400, "messages", "chat_template", e.problem().toString());
        }
    }

    /// `prompt`: text, or ids. Control tokens in a text are ordinary text.
    static int[] plain(RequestFields fields, LoadedModel model) {
        var prompt = fields.node("prompt").orElseThrow(() -> ApiError.badField("prompt", "prompt is missing."));
        if (prompt.isArray() && prompt.size() > 0 && prompt.get(0).isNumber())
            return RequestFields.ids("prompt", prompt, model.tokenizer().size());
        var texts = fields.texts("prompt");
        if (texts.size() != 1) throw ApiError.badField("prompt", "prompt must be one text, or a list of token ids.");
        return text(model, texts.getFirst(), true, Specials.AS_TEXT);
    }

    /// @param begun with the id that the model wants before plain text, if it wants one
    static int[] text(LoadedModel model, String text, boolean begun, Specials specials) {
        var ids = model.tokenizer().encode(text, specials);
        var beginning = model.tokenizer().beginning();
        return begun && beginning.isPresent()
                ? IntStream.concat(IntStream.of(beginning.getAsInt()), IntStream.of(ids)).toArray() : ids;
    }

    private static List<Message> messages(RequestFields fields) {
        var node = fields.node("messages").orElseThrow(() -> ApiError.badField("messages", "messages is missing."));
        var messages = new ArrayList<Message>();
        for (var element : RequestFields.elements("messages", node)) messages.add(message("messages[" + messages.size() + "]", element));
        if (messages.isEmpty()) throw ApiError.badField("messages", "messages is empty.");
        return messages;
    }

    private static Message message(String where, JsonNode node) {
        var name = node.path("role").asString("");
        var role = MessageRole.of(name).orElseThrow(() -> ApiError.badField(where + ".role", where
                + ".role is \"" + name + "\"; it must be system, user, assistant or tool."));
        return Message.of(role, content(where + ".content", node.path("content")));
    }

    private static String content(String where, JsonNode content) {
        if (content.isMissingNode() || content.isNull()) return "";
        if (content.isString()) return content.asString();
        var text = new StringBuilder();
        for (var part : RequestFields.elements(where, content)) {
            if (!part.path("type").asString("").equals("text") || !part.path("text").isString())
                throw ApiError.badField(where, where + " may hold texts only: this model reads nothing else.");
            text.append(part.get("text").asString());
        }
        return text.toString();
    }
}
