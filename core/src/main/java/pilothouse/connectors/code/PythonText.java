package pilothouse.connectors.code;

import java.util.Set;
import pilothouse.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// A program for OpenAI's Python package. What the package does not name goes with `extra_body`, as its manual says.
/// Source: github.com/openai/openai-python, `Completions.create`.
final class PythonText {
    private static final Set<String> NAMED = Set.of("model", "messages", "stream", "stream_options", "temperature", "top_p", "presence_penalty", "frequency_penalty",
            "seed", "max_tokens", "stop", "logprobs", "top_logprobs", "response_format", "tools", "tool_choice");

    private PythonText() {}

    static String of(CodeRequest request) {
        var arguments = new StringBuilder();
        var extra = Json.MAPPER.createObjectNode();
        request.body().propertyStream().forEach(it -> {
            if (NAMED.contains(it.getKey())) argument(arguments, it.getKey(), JsonText.PYTHON.of(it.getValue(), "    "));
            else extra.set(it.getKey(), it.getValue());
        });
        if (!extra.isEmpty()) argument(arguments, "extra_body", JsonText.PYTHON.of(extra, "    "));
        var base = request.base().map(it -> Json.quoted(it.toString())).orElse("os.environ[\"" + CodeRequest.BASE_VARIABLE + "\"]");
        return "# pip install openai\n# " + request.note() + "\nimport os\n\nfrom openai import OpenAI\n\n"
                + "client = OpenAI(base_url=" + base + ", api_key=os.environ[\"" + request.keyVariable() + "\"])\n"
                + (streams(request.body()) ? "stream" : "answer") + " = client.chat.completions.create(\n" + arguments + ")\n" + reading(request.body());
    }

    private static boolean streams(ObjectNode body) {
        return body.path("stream").asBoolean(false);
    }

    private static void argument(StringBuilder arguments, String name, String value) {
        arguments.append("    ").append(name).append('=').append(value).append(",\n");
    }

    private static String reading(ObjectNode body) {
        if (!streams(body)) return "print(answer.choices[0].message.content)\n";
        return """
                for chunk in stream:
                    if chunk.choices and chunk.choices[0].delta.content:
                        print(chunk.choices[0].delta.content, end="", flush=True)
                print()
                """;
    }
}
