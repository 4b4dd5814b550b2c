package pilothouse.app.answers;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import pilothouse.connectors.SentRequest;
import pilothouse.connectors.code.CodeLanguage;
import pilothouse.connectors.code.CodeRequest;
import pilothouse.json.Json;
import pilothouse.messages.Message;
import pilothouse.runs.Run;
import pilothouse.runtime.AnswerForm;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Target;
import tools.jackson.databind.node.ObjectNode;

/// What is sent for an answer, and what came back of it. Secrets are masked in a run, and keys are only named.
///
/// @param answered the run that it belongs to; empty while it is not sent
public record Exchange(Target target, ObjectNode request, Optional<Run> answered) {
    public static Exchange of(Run run, Optional<AnswerForm> form) {
        return new Exchange(run.target(), SentRequest.body(run.target().model(), run.messages(), run.sampling(), form), Optional.of(run));
    }

    public static Exchange of(Target target, List<Message> messages, Sampling sampling, Optional<AnswerForm> form) {
        return new Exchange(target, SentRequest.body(target.model(), messages, sampling, form), Optional.empty());
    }

    /// As a program that sends it.
    public String in(CodeLanguage language) {
        return language.write(new CodeRequest(Optional.empty(), CodeRequest.KEY_VARIABLE, request, note()));
    }

    private String note() {
        return target.isLocal() ? "`pilothouse serve --model " + target.model() + "` prints " + CodeRequest.BASE_VARIABLE + " and " + CodeRequest.KEY_VARIABLE
                : CodeRequest.BASE_VARIABLE + " is the address of " + target.server() + " with /v1 at its end, " + CodeRequest.KEY_VARIABLE + " its key";
    }

    /// Both sides, for people.
    public String text() {
        var text = new StringBuilder("POST /v1/chat/completions to ").append(target.server()).append("\nContent-Type: application/json\nAuthorization: Bearer $")
                .append(CodeRequest.KEY_VARIABLE).append("\n\n").append(Json.pretty(request)).append('\n');
        answered.ifPresent(run -> text.append("\nThe answer, put together from its pieces\n\n").append(Json.pretty(response(run))).append('\n'));
        return text.toString();
    }

    private static ObjectNode response(Run run) {
        var response = Json.MAPPER.createObjectNode().put("model", run.target().model());
        var message = Json.MAPPER.createObjectNode().put("role", "assistant").put("content", run.answer().text());
        if (!run.answer().reasoning().isEmpty()) message.put("reasoning", run.answer().reasoning());
        if (!run.answer().toolCalls().isEmpty()) {
            var calls = message.putArray("tool_calls");
            run.answer().toolCalls().forEach(call -> calls.addObject().put("id", call.id()).put("type", "function").putObject("function").put("name", call.name()).put("arguments", call.arguments()));
        }
        var choice = response.putArray("choices").addObject().put("index", 0);
        choice.set("message", message);
        choice.put("finish_reason", run.answer().finish().map(it -> it.name().toLowerCase(Locale.ROOT)).orElse(""));
        run.usage().ifPresent(usage -> response.putObject("usage").put("prompt_tokens", usage.promptTokens()).put("completion_tokens", usage.outputTokens())
                .put("total_tokens", usage.promptTokens() + usage.outputTokens()));
        run.problem().ifPresent(problem -> response.putObject("error").put("message", problem.what()));
        return response;
    }
}
